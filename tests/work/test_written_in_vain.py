"""Whoever writes a reason while somebody else ends it keeps what they wrote; one's own repeated act is told calmly."""

import json

import pytest

from collab.work import commands
from collab.work.forms import Ask, Cancel, Complete, Offer, Return
from tests.work.making import make

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
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
def offer(cast, do, item):
    return do(commands.offer, "Eleni", item, Offer(to=cast.LEGAL))


def kept(page, said):
    """The form stands again with what was typed and why it was not done, also where it stands in an open page."""
    assert page.status_code == 409, page.get_data(as_text=True)
    assert said in page.text
    assert WORDS in page.text
    assert page.headers["HX-Reswap"] == "innerHTML"


def told(page):
    """What an open page is told after an act on it."""
    assert page.status_code == 204, page.get_data(as_text=True)
    return json.loads(page.headers["HX-Trigger"])["toast"]["text"].split(" · ")[-1]


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


def test_where_nothing_was_written_it_is_told_calmly(client_of, do, item):
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
