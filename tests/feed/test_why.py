"""My day says of each line why it stands there, and what one does with it stands in words."""

import re
from datetime import UTC, datetime

import pytest

from collab.work import commands as work
from collab.work.forms import Ask, Assign, Offer, Return
from tests.work.making import make


@pytest.fixture
def whys(client_of):
    """Title → why it stands there, of everything on somebody's day."""

    def get(name):
        page = client_of(name).get("/").text
        rows = re.findall(r'class="row-title"[^>]*>([^<]*)<.*?class="row-why"[^>]*>([^<]*)<', page, re.S)
        return dict(rows), page

    return get


def test_each_line_says_why_it_stands_there(cast, do, whys):
    do(make, "Eleni", cast.PARKS, cast.Eleni, "my own")
    do(make, "Nikos", cast.PARKS, cast.Eleni, "from my head")
    do(make, "Nikos", cast.PARKS, None, "for anybody")
    asked = do(make, "Nikos", cast.PARKS, cast.Nikos, "a question")
    do(work.ask, "Nikos", asked, Ask(what="Which saw?", of=cast.Eleni))
    offered = do(make, "Maria", cast.ROADS, cast.Maria, "an offer")
    do(work.offer, "Maria", offered, Offer(to=cast.Eleni, note="Yours, I think"))
    said, page = whys("Eleni")
    assert said["my own"] == "expected of you since 23 Nov"
    assert said["from my head"] == "given by Nikos Pappas on 23 Nov"
    assert said["for anybody"] == "given to the unit by Nikos Pappas on 23 Nov"
    assert said["a question"] == "asked by Nikos Pappas on 23 Nov"
    assert said["an offer"] == "offered to you by Maria Lekka on 23 Nov"
    acts = re.findall(r'row-act-more"[^>]*>([^<]*)<', page)
    assert {"Put off…", "Hand over…", "Wait for…"} <= set(acts), "in words, not as signs"


def test_a_meeting_one_holds_and_is_invited_to_stands_once(cast, api_of, client_of, whys):
    body = {"title": "Winter plan", "unit": cast.PARKS, "on": "2026-11-26", "clock": "10:00", "place": "Room 2"}
    made = api_of("Nikos").post("/api/v1/meetings", json=body | {"secretary": cast.Eleni, "people": [cast.Maria]}).json
    here = f'<bdi class="row-ref">{made["reference"]}</bdi>'
    said, page = whys("Eleni")
    assert page.count(here) == 1
    assert said["Winter plan"] == "you are invited, and you write the minutes"
    api_of("Eleni").put(f"/api/v1/meetings/{made['reference']}/answer", json={"answer": "yes"})
    said, page = whys("Eleni")
    assert page.count(here) == 1
    assert said["Winter plan"].startswith("you run it")


@pytest.mark.parametrize("then", ["offered", "begun", "asked", "given"])
def test_work_that_came_back_says_by_whom_and_why_until_something_follows(cast, do, client_of, at, then):
    item = do(make, "Nikos", cast.PARKS, cast.Eleni)
    offer = do(work.offer, "Eleni", item, Offer(to=cast.ROADS, note="A road"))
    said = "Returned by Petros Vlachos: It stands in a park"
    assert said not in client_of("Eleni").get("/").text
    do(work.return_, "Petros", offer, Return(reason="It stands in a park"))
    page = client_of("Eleni").get("/").text
    assert page.count(said) == 1
    assert "offered to" not in page
    follows = {
        "offered": lambda: do(work.offer, "Eleni", item, Offer(to=cast.LEGAL, note="Yours?")),
        "begun": lambda: do(work.begin, "Eleni", item),
        "asked": lambda: do(work.ask, "Eleni", item, Ask(what="Whose park?", of=cast.Nikos)),
        "given": lambda: do(work.assign, "Nikos", item, Assign(holder=cast.Nikos)),
    }
    at(datetime(2026, 11, 24, 8, tzinfo=UTC))
    follows[then]()
    assert "It stands in a park" not in client_of("Eleni").get("/").text
    assert "It stands in a park" not in client_of("Nikos").get("/").text
