"""Who waits for whom: between units, between people for those who head them, and the circles in it."""

import re
from functools import partial
from html import unescape

import pytest

from collab.core.prepared import Prepared
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Offer
from collab.work.queries.reports import open_waits
from tests.work.making import make


@pytest.fixture
def circle(app, cast, actor_of):
    """PARKS waits for LEGAL, LEGAL for FINANCE, FINANCE for PARKS; PARKS for an office outside too."""
    with app.app_context():
        eleni, dimitra, katerina = actor_of("Eleni"), actor_of("Dimitra"), actor_of("Katerina")
        parks = make(eleni, cast.PARKS, cast.Eleni, title="Trees", reach="all")
        legal = make(dimitra, cast.LEGAL, cast.Dimitra, title="Opinion", reach="all")
        money = make(katerina, cast.FINANCE, cast.Katerina, title="Money")
        ask(eleni, parks, Ask(of=cast.Dimitra, what="may we?"))
        ask(eleni, parks, Ask(of=cast.forestry, what="photos"))
        ask(eleni, parks, Ask(of=cast.Giorgos, what="how many?"))
        ask(dimitra, legal, Ask(of=cast.FINANCE, what="is there money?"))
        ask(katerina, money, Ask(of=cast.Eleni, what="how much?"))


def waits(client, unit, between="units"):
    answer = client.get(f"/api/v1/units/{unit}/report/waits?between={between}")
    assert answer.status_code == 200, answer.text
    return answer.json


def pairs(found):
    return {(edge["by"]["id"], edge["of"]["id"]) for edge in found["edges"]}


def test_waits_are_drawn_from_who_asked_to_who_is_awaited(api_of, cast, circle):
    found = waits(api_of("Anna"), cast.CITY)
    assert pairs(found) == {
        (cast.PARKS, cast.LEGAL), (cast.PARKS, cast.forestry), (cast.LEGAL, cast.FINANCE), (cast.FINANCE, cast.PARKS),
    }  # fmt: skip
    assert found["within_one_unit"] == 1
    assert found["edges"][0]["waits"] == 1


def test_a_circle_is_told_with_the_items_of_each_step(client_of, api_of, cast, circle):
    [ring] = waits(api_of("Anna"), cast.CITY)["circles"]
    assert ring["items"] == 3
    steps = [(edge["by"]["id"], edge["of"]["id"]) for edge in ring["edges"]]
    assert {by for by, _of in steps} == {cast.PARKS, cast.LEGAL, cast.FINANCE}
    assert [of for _by, of in steps] == [by for by, _of in steps[1:] + steps[:1]]
    page = client_of("Anna").get("/units/CITY/waits").text
    said = unescape(re.sub(r"<[^>]+>", "", page[page.index("Circle:") :])).split()
    assert "on 3 items" in " ".join(said[:40])
    assert page.count('class="wait-arrow wait-circle"') == 3
    assert re.search(r'<div class="stack-small">\s*<p class="section-note">.*?</p>\s*<ul', page, re.S), (
        "with a gap between"
    )


def test_a_circle_is_told_to_those_alone_who_see_all_its_items(api_of, cast, circle):
    assert waits(api_of("Nikos"), cast.PARKS)["circles"] == []  # what FINANCE asks is on an item of FINANCE
    assert len(waits(api_of("Reza"), cast.PARKS)["circles"]) == 1  # an auditor sees all, units only


def test_people_are_drawn_for_their_heads_and_for_themselves(api_of, cast, circle):
    assert (cast.Eleni, cast.Giorgos) in pairs(waits(api_of("Nikos"), cast.PARKS, "people"))
    assert (cast.Eleni, cast.LEGAL) in pairs(waits(api_of("Nikos"), cast.PARKS, "people"))  # Dimitra is Sofia's
    mine = pairs(waits(api_of("Giorgos"), cast.PARKS, "people"))
    assert (cast.PARKS, cast.Giorgos) in mine
    assert not any(cast.Eleni in pair for pair in mine)
    audited = {party for pair in pairs(waits(api_of("Reza"), cast.CITY, "people")) for party in pair}
    assert not audited & set(cast.people.values())


def test_each_step_leads_to_the_waits_behind_it(client_of, cast, circle):
    anna = client_of("Anna")
    links = dict(
        re.findall(
            r'<a class="link" href="(/units/CITY/waits/\d+/\d+[^"]*)">(\d+)</a>', anna.get("/units/CITY/waits").text
        )
    )
    assert len(links) == 4
    for href, number in links.items():
        assert anna.get(unescape(href)).text.count('id="wait-') == int(number)
    # Of a pair that is not theirs to read nobody learns anything.
    path = f"/units/PARKS/waits/{cast.Eleni}/{cast.Giorgos}?between=people"
    assert client_of("Nikos").get(path).status_code == 200
    assert client_of("Babis").get(path).status_code == 200
    assert client_of("Reza").get(path).status_code == 404
    assert client_of("Maria").get(path).status_code == 403
    assert client_of("Nikos").get(f"/units/PARKS/waits/{cast.Eleni}/99999?between=people").status_code == 404


def test_an_offer_is_a_wait_for_the_unit_that_may_accept(app, api_of, actor_of, cast):
    with app.app_context():
        eleni = actor_of("Eleni")
        offer(eleni, make(eleni, cast.PARKS, cast.Eleni), Offer(to=cast.ROADS))
    assert pairs(waits(api_of("Petros"), cast.ROADS)) == {(cast.PARKS, cast.ROADS)}


def test_what_is_for_named_people_is_in_nobody_elses_picture(app, api_of, actor_of, cast):
    with app.app_context():
        eleni = actor_of("Eleni")
        ask(eleni, make(eleni, cast.PARKS, cast.Eleni, reach="named"), Ask(of=cast.Maria, what="quietly"))
    assert pairs(waits(api_of("Nikos"), cast.PARKS)) == set()
    assert pairs(waits(api_of("Eleni"), cast.PARKS)) == {(cast.PARKS, cast.ROADS)}


def test_the_page_says_when_nobody_waits_and_asks_few_questions(client_of, cast, circle, queries):
    assert "Nobody waits" in client_of("Petros").get("/units/ROADS/waits").text
    anna = client_of("Anna")
    anna.get("/units/CITY/waits")
    with queries() as sent:
        anna.get("/units/CITY/waits?between=people")
    assert len(sent) <= 8
    assert anna.get("/units/CITY/waits?between=\x00").status_code == 422


def test_what_is_looked_at_are_the_waits_of_the_place_before_those_of_others(app, api_of, cast, actor_of, monkeypatch):
    monkeypatch.setattr(open_waits, "MOST", 3)
    for walk in (False, True):
        short = Prepared(partial(open_waits._waits, people=False, walk=walk))
        monkeypatch.setitem(open_waits.WAITS, (False, walk), short)
    with app.app_context():
        for number in range(4):
            one = make(actor_of("Sofia"), cast.LEGAL, cast.Sofia, title=f"l{number}")
            ask(actor_of("Sofia"), one, Ask(of=cast.Leila, what="Well?"))
        ask(actor_of("Eleni"), make(actor_of("Eleni"), cast.PARKS, cast.Eleni), Ask(of=cast.ROADS, what="Well?"))
    for who in ("Nikos", "Anna"):
        assert pairs(waits(api_of(who), cast.PARKS)) == {(cast.PARKS, cast.ROADS)}
