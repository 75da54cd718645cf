"""My day says of each line why it stands there, and what one does with it stands in words."""

import re

import pytest

from collab.work import commands as work
from collab.work.forms import Ask, Offer
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
    assert {"Put off…", "Hand over", "Wait for…"} <= set(acts), "in words, not as signs"


def test_a_meeting_one_holds_and_is_invited_to_stands_once(cast, api_of, client_of, whys):
    body = {"title": "Winter plan", "unit": cast.PARKS, "on": "2026-11-26", "clock": "10:00", "place": "Room 2"}
    made = api_of("Nikos").post("/api/v1/meetings", json=body | {"secretary": cast.Eleni, "people": [cast.Maria]}).json
    here = f'<bdi class="row-ref">{made["reference"]}</bdi>'
    said, page = whys("Eleni")
    assert page.count(here) == 1
    assert said["Winter plan"] == "you are invited, and you run it"
    api_of("Eleni").put(f"/api/v1/meetings/{made['reference']}/answer", json={"answer": "yes"})
    said, page = whys("Eleni")
    assert page.count(here) == 1
    assert said["Winter plan"].startswith("you run it")
