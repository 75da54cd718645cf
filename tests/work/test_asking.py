"""A question stands in the talk and its answer under it; whatever waits for itself in the end says so."""

import pytest

from collab.work import commands as work
from collab.work.forms import Ask
from tests.work.making import make


@pytest.fixture
def do(app, actor_of):
    """Run a command as somebody of the cast."""

    def run(command, who, *args, **kwargs):
        with app.app_context():
            return command(actor_of(who), *args, **kwargs)

    return run


@pytest.fixture
def item(cast, do):
    return do(make, "Eleni", cast.PARKS, cast.Eleni)


def said(api_of, item, who="Eleni"):
    return api_of(who).get(f"/api/v1/work-items/{item}/messages").json["items"]


def test_the_question_is_a_message_and_the_answer_replies_to_it(api_of, cast, item):
    asked = api_of("Eleni").post(f"/api/v1/work-items/{item}/waits", json={"of": cast.Maria, "what": "Which pavement?"})
    api_of("Maria").post(f"/api/v1/waits/{asked.json['id']}/answer", json={"text": "The northern one"})
    question, answer = said(api_of, item)
    assert (question["kind"], question["text"]) == ("question", "Which pavement?")
    assert (answer["kind"], answer["text"], answer["reply_to"]) == ("answer", "The northern one", question["id"])


def test_whoever_is_asked_hears_of_it_once(api_of, cast, item, tell):
    api_of("Eleni").post(f"/api/v1/work-items/{item}/waits", json={"of": cast.Maria, "what": "Which pavement?"})
    tell()
    [line] = api_of("Maria").get("/api/v1/notifications").json["items"]
    assert line["reasons"] == ["asked"]


def test_a_refused_question_leaves_no_message(api_of, cast, item):
    refused = api_of("Eleni").post(
        f"/api/v1/work-items/{item}/waits", json={"of": cast.Maria, "what": "x", "until": "2001-01-01"}
    )
    assert refused.status_code == 422
    assert said(api_of, item) == []


def test_an_item_never_waits_for_itself(api_of, item):
    refused = api_of("Eleni").post(f"/api/v1/work-items/{item}/waits", json={"item": item, "what": "x"})
    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "item"


def test_a_circle_of_waits_is_allowed_and_shown_without_telling_of_what_is_not_seen(client_of, cast, do):
    item = do(make, "Eleni", cast.PARKS, cast.Eleni, reach="all")
    second = do(make, "Nikos", cast.PARKS, cast.Giorgos, "Second", reach="all")
    hidden = do(make, "Petros", cast.ROADS, cast.Petros, "Hidden", reach="named")
    do(work.ask, "Nikos", item, Ask(item=second, what="first that"))
    assert "goes in a circle" not in client_of("Eleni").get(f"/work-items/{item}").text
    do(work.ask, "Petros", second, Ask(item=hidden, what="then that"))
    do(work.ask, "Petros", hidden, Ask(item=item, what="then this"))
    page = client_of("Petros").get(f"/work-items/{item}").text
    assert "goes in a circle" in page
    assert "ROADS-1" in page
    others = client_of("Eleni").get(f"/work-items/{item}").text
    assert "goes in a circle" in others
    assert "ROADS-1" not in others


def test_what_was_typed_in_a_fold_stands_open_when_the_form_comes_back(client_of, item):
    typed = {"item_name": "PARKS-1", "what": "x" * 9_000, "nudge_every": "3", "nudge_most": "3"}
    again = client_of("Eleni").post("/work-items/PARKS-1/waits", data=typed)
    assert again.status_code == 422
    open_folds = again.text.split('<details class="more" open>')[1:]
    assert ['value="PARKS-1"' in fold for fold in open_folds] == [True]


@pytest.mark.parametrize(("reach", "who", "status"), [
    ("unit", "Giorgos", 201), ("unit", "Leila", 404), ("all", "Leila", 201), ("all", "Reza", 403),
    ("named", "Giorgos", 404),
])  # fmt: skip
def test_whoever_may_see_it_may_ask_on_it_and_nobody_else(api_of, cast, do, reach, who, status):
    """A colleague who has no part in it, and somebody of another department; an auditor reads and asks nothing."""
    item = do(make, "Eleni", cast.PARKS, cast.Eleni, reach=reach)
    asked = api_of(who).post(f"/api/v1/work-items/{item}/waits", json={"of": cast.Eleni, "what": "Until when?"})
    assert asked.status_code == status, asked.text
    waiting = [one["what"] for one in api_of("Eleni").get("/api/v1/waits").json["items"] if one["sense"] == "answer"]
    assert waiting == (["Until when?"] if status == 201 else [])


def test_an_item_that_waits_for_several_goes_on_when_the_last_has_come(api_of, cast, item):
    """A person, a unit, a post and somebody outside at once, and only one of them answers at a time."""
    eleni = api_of("Eleni")
    ids = []
    for of in (cast.Maria, cast.LEGAL, cast.head_posts["ROADS"], cast.forestry):
        asked = eleni.post(f"/api/v1/work-items/{item}/waits", json={"of": of, "what": "Well?", "stops_clock": True})
        assert asked.status_code == 201, asked.text
        ids.append(asked.json["id"])
    states = []
    for who, wait in zip(("Maria", "Dimitra", "Petros", "Eleni"), ids, strict=True):
        states.append(eleni.get(f"/api/v1/work-items/{item}").json["state"])
        assert api_of(who).post(f"/api/v1/waits/{wait}/answer", json={"text": "Here"}).status_code == 201
    assert states == ["waiting"] * 4
    assert eleni.get(f"/api/v1/work-items/{item}").json["state"] == "active"
