"""Who comes second is told that it is over and by whom, and not that they lack a right; what they wrote stays."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from collab.core.db import writing
from collab.people.models import Party
from collab.work import commands
from collab.work.forms import Ask, Cancel, Complete, Offer, Return
from tests.work.making import make

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
ANSWERED = "It was answered already, by Nikos Pappas."
WORDS = "The pine is protected"


@pytest.fixture
def do(app, actor_of):
    """Run a command as somebody of the cast."""

    def run(command, who, *args):
        with app.app_context():
            return command(actor_of(who), *args)

    return run


@pytest.fixture
def item(cast, do):
    return do(make, "Eleni", cast.PARKS, cast.Eleni)


@pytest.fixture
def asked(cast, do, item):
    """Awaited of somebody outside: whoever is of the unit that asked writes down the answer."""
    return do(commands.ask, "Eleni", item, Ask(of=cast.forestry, what="Is the tree protected?"))


@pytest.fixture
def offer(cast, do, item):
    return do(commands.offer, "Eleni", item, Offer(to=cast.LEGAL))


def refused(answer):
    """The sentence of a conflict, over the API."""
    assert answer.status_code == 409, answer.get_data(as_text=True)
    return answer.json["detail"]


def told(answer):
    """What an open page is told after an act on it."""
    assert answer.status_code == 204, answer.get_data(as_text=True)
    return json.loads(answer.headers["HX-Trigger"])["toast"]["text"].split(" · ")[-1]


def test_an_answer_that_comes_second_over_the_api(app, api_of, cast, do, asked):
    with app.app_context(), writing() as session:  # whose name is written otherwise in the organisation's own language
        session.execute(update(Party).where(Party.id == cast.Nikos).values(label="Νίκος", names={"en": "Nikos Pappas"}))
    do(commands.answer, "Nikos", asked)
    assert refused(api_of("Eleni").post(f"/api/v1/waits/{asked}/answer", json={"text": WORDS})) == ANSWERED
    again = refused(api_of("Nikos").post(f"/api/v1/waits/{asked}/answer", json={"text": WORDS}))
    assert again == "Έχετε ήδη απαντήσει."


@pytest.mark.parametrize("headers", [{}, PART])
def test_the_form_keeps_an_answer_that_comes_second(client_of, do, asked, headers):
    do(commands.answer, "Nikos", asked)
    page = client_of("Eleni").post(f"/waits/{asked}/answer", data={"text": WORDS, "nonce": "n"}, headers=headers)
    assert page.status_code == 409
    assert ANSWERED in page.text
    assert WORDS in page.text


@pytest.mark.parametrize("headers", [{}, PART])
def test_the_form_keeps_why_it_was_to_go_up(client_of, do, asked, headers):
    do(commands.answer, "Nikos", asked)
    page = client_of("Eleni").post(f"/waits/{asked}/escalations", data={"reason": WORDS}, headers=headers)
    assert page.status_code == 409
    assert ANSWERED in page.text
    assert WORDS in page.text


def test_what_is_no_longer_expected_says_so(api_of, client_of, do, asked):
    do(commands.withdraw, "Nikos", asked)
    said = "It is no longer expected: Nikos Pappas ended it."
    eleni, href = api_of("Eleni"), f"/api/v1/waits/{asked}"
    assert refused(eleni.post(f"{href}/answer", json={"text": WORDS})) == said
    assert refused(eleni.post(f"{href}/nudges")) == said
    assert refused(eleni.post(f"{href}/escalations", json={"reason": "x"})) == said
    assert refused(eleni.delete(href)) == said
    assert api_of("Nikos").delete(href).status_code == 204, "it is as they wanted it"
    page = client_of("Eleni")
    assert told(page.delete(f"/waits/{asked}", headers=PART)) == said
    assert told(page.post(f"/waits/{asked}/nudges", headers=PART)) == said


def test_an_offer_taken_back_is_neither_accepted_nor_taken_back_again(api_of, client_of, do, offer):
    do(commands.take_back, "Nikos", offer)
    said, href = "Nikos Pappas took the offer back already.", f"/api/v1/handovers/{offer}"
    assert refused(api_of("Dimitra").post(f"{href}/acceptance", json={})) == said
    assert refused(api_of("Dimitra").post(f"{href}/return", json={"reason": "x"})) == said
    assert refused(api_of("Eleni").delete(href)) == said
    assert api_of("Nikos").delete(href).status_code == 204
    assert told(client_of("Eleni").delete(f"/handovers/{offer}", headers=PART)) == said
    assert told(client_of("Dimitra").post(f"/handovers/{offer}/acceptance", headers=PART)) == said


def test_what_is_open_again_is_not_opened_twice(api_of, client_of, do, item):
    do(commands.complete, "Eleni", item, Complete())
    do(commands.reopen, "Nikos", item)
    said, href = "Nikos Pappas opened it again already.", f"/api/v1/work-items/{item}/completion"
    assert refused(api_of("Eleni").delete(href)) == said
    assert api_of("Nikos").delete(href).status_code == 200
    assert told(client_of("Eleni").delete("/work-items/PARKS-1/completion", headers=PART)) == said


def test_what_is_finished_is_not_begun_handed_over_or_finished_again(api_of, client_of, cast, do, item):
    do(commands.complete, "Nikos", item, Complete())
    said, href = "Nikos Pappas finished it already.", f"/api/v1/work-items/{item}"
    eleni = api_of("Eleni")
    assert refused(eleni.post(f"{href}/completion", json={})) == said
    assert refused(eleni.post(f"{href}/cancellation", json={"reason": "x"})) == said
    assert refused(eleni.post(f"{href}/beginning")) == said
    assert refused(eleni.post(f"{href}/handovers", json={"to": cast.LEGAL})) == said
    page = client_of("Eleni").post("/work-items/PARKS-1/handovers", data={"to": cast.LEGAL, "note": WORDS})
    assert page.status_code == 409
    assert said in page.text
    assert WORDS in page.text


def test_a_question_is_taken_out_of_a_tray_once(api_of, client_of, cast, do, item):
    wait = do(commands.ask, "Eleni", item, Ask(of=cast.LEGAL, what="May we?"))
    do(commands.take_wait, "Sofia", wait)
    said, href = "It is with Sofia Rigas already.", f"/api/v1/waits/{wait}/taking"
    assert refused(api_of("Dimitra").post(href)) == said
    assert api_of("Sofia").post(href).status_code == 200
    assert told(client_of("Dimitra").post(f"/waits/{wait}/taking", headers=PART)) == said


def test_of_eight_at_once_one_opens_it_again_and_nobody_lacks_a_right(api_of, do, item):
    do(commands.complete, "Eleni", item, Complete())
    people = [api_of(name) for name in ("Eleni", "Nikos") * 4]
    with ThreadPoolExecutor(8) as pool:
        href = f"/api/v1/work-items/{item}/completion"
        answers = list(pool.map(lambda api: api.delete(href).status_code, people))
    assert set(answers) <= {200, 409}
    lines = api_of("Eleni").get(f"/api/v1/work-items/{item}/history").json["items"]
    assert [each["kind"] for each in lines].count("item-reopened") == 1


def test_whoever_has_no_right_hears_no_more_than_that(api_of, cast, do):
    item = do(
        make,
        "Eleni",
        cast.PARKS,
        cast.Eleni,
    )
    wait = do(commands.ask, "Eleni", item, Ask(of=cast.forestry, what="x"))
    do(commands.withdraw, "Nikos", wait)
    do(commands.complete, "Nikos", item, Complete())
    auditor, stranger = api_of("Reza"), api_of("Leila")
    for path, method in ((f"waits/{wait}", "delete"), (f"work-items/{item}/completion", "delete")):
        assert getattr(auditor, method)(f"/api/v1/{path}").status_code == 403
        assert getattr(stranger, method)(f"/api/v1/{path}").status_code == 404


def kept(page, said):
    """The form stands again with what was typed and why it was not done, also where it stands in an open page."""
    assert page.status_code == 409, page.get_data(as_text=True)
    assert said in page.text
    assert WORDS in page.text
    assert page.headers["HX-Reswap"] == "innerHTML"


@pytest.mark.parametrize("headers", [{}, PART])
def test_the_reason_of_a_return_outlives_the_offer(client_of, do, offer, headers):
    do(commands.take_back, "Eleni", offer)
    page = client_of("Sofia").post(f"/handovers/{offer}/return", data={"reason": WORDS}, headers=headers)
    kept(page, "Eleni Markou took the offer back already.")


@pytest.mark.parametrize("headers", [{}, PART])
@pytest.mark.parametrize(("act", "field"), [("completion", "outcome"), ("cancellation", "reason")])
def test_what_came_of_an_item_outlives_its_end(client_of, do, item, act, field, headers):
    do(commands.complete, "Nikos", item, Complete())
    page = client_of("Eleni").post(f"/work-items/PARKS-1/{act}", data={field: WORDS}, headers=headers)
    kept(page, "Nikos Pappas finished it already.")


def test_an_item_merged_with_another_meanwhile_says_so_in_the_form(client_of, cast, do, item):
    other = do(make, "Eleni", cast.PARKS, cast.Eleni)
    do(commands.complete, "Nikos", other, Complete())
    page = client_of("Eleni").post("/work-items/PARKS-2/merger", data={"item": WORDS}, headers=PART)
    kept(page, "Nikos Pappas finished it already.")


def test_a_question_on_what_was_finished_meanwhile_is_not_thrown_away(client_of, cast, do, item):
    do(commands.complete, "Nikos", item, Complete())
    typed = {"of": cast.Sofia, "what": WORDS}
    page = client_of("Eleni").post("/work-items/PARKS-1/waits", data=typed, headers=PART)
    kept(page, "This item is finished; nothing more can be asked on it.")


def test_where_nothing_was_written_it_is_told_told(client_of, do, item):
    do(commands.complete, "Nikos", item, Complete())
    page = client_of("Eleni").post("/work-items/PARKS-1/completion", data={"outcome": " "}, headers=PART)
    assert told(page) == "Nikos Pappas finished it already."


def test_ones_own_second_press_stays_calm(client_of, do, cast, item):
    other = do(make, "Eleni", cast.PARKS, cast.Eleni)
    mine = do(commands.offer, "Eleni", other, Offer(to=cast.LEGAL))
    do(commands.return_, "Sofia", mine, Return(reason=WORDS))
    do(commands.cancel, "Eleni", item, Cancel(reason=WORDS))
    again = client_of("Eleni").post("/work-items/PARKS-1/cancellation", data={"reason": WORDS}, headers=PART)
    assert told(again) == "You cancelled it already."
    again = client_of("Sofia").post(f"/handovers/{mine}/return", data={"reason": WORDS}, headers=PART)
    assert told(again) == "You returned it already."


def test_the_same_answer_again_is_one_answer(client_of, api_of, cast, do, item):
    wait = do(commands.ask, "Eleni", item, Ask(of=cast.Sofia, what="Is the tree protected?"))
    page, typed, at = client_of("Sofia"), {"text": WORDS, "nonce": "once-and-again"}, f"/waits/{wait}/answer"
    assert told(page.post(at, data=typed, headers=PART)) == "Answered."
    assert told(page.post(at, data=typed, headers=PART)) == "Answered."
    kept(page.post(at, data=typed | {"nonce": "another"}, headers=PART), "You answered it already.")
    other = page.post(at, data=typed | {"text": "It is not"}, headers=PART)
    assert (other.status_code, "It is not" in other.text) == (409, True)
    talk = api_of("Eleni").get(f"/api/v1/work-items/{item}/messages").json["items"]
    assert [each["text"] for each in talk].count(WORDS) == 1
