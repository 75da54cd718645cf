"""A decision that took the place of another: both pages say so, nobody looks at the old one again, and it is named by
a word of its title."""

from datetime import UTC, datetime

import pytest

from collab.decisions.sweeps import sweep_revisits, sweep_votes

from .voting import NOW, ballot, drafted, fields, opened

LATER = datetime(2026, 11, 27, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def two(cast, api_of, close, tell):
    """A decision that is looked at again on the 27th, and another that was taken."""

    def run(**said):
        nikos = api_of("Nikos")
        pair = [opened(nikos, cast.PARKS, chair=cast.Eleni, title=title, **said) for title in ("Planes?", "Limes?")]
        for made in pair:
            for name in ("Nikos", "Eleni"):
                assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
        close()
        for made, more in zip(
            pair, ({"revisit_on": "2026-11-27", "revisit_when": "The tram is there"}, {}), strict=True
        ):
            path = f"/api/v1/decisions/{made['reference']}/outcome"
            assert api_of("Nikos").put(path, json={"outcome": "Yes."} | more).status_code == 200
        tell()
        return pair

    return run


@pytest.fixture
def come_back(app, at, tell):
    def run():
        at(LATER)
        with app.app_context():
            sweep_revisits()
        tell()

    return run


def page_of(client, made, tab="result"):
    return client.get(f"/decisions/{made['reference']}?tab={tab}").text


def supersede(client, made, other):
    answer = client.put(f"/api/v1/decisions/{made['reference']}/successor", json={"item": other})
    assert answer.status_code == 200, answer.get_json()


def test_what_took_the_place_of_another_says_so_to_those_who_may_see_the_other(cast, api_of, client_of, two, queries):
    old, new = two(reach="all")
    assert "Takes the place of" not in page_of(client_of("Eleni"), new)
    supersede(api_of("Nikos"), old, new["reference"])
    client = client_of("Eleni")
    page = page_of(client, new)
    said = page.split("Takes the place of:")[1].split("</p>")[0]
    assert f'href="/decisions/{old["reference"]}"' in said
    assert "<bdi>Planes?</bdi>" in said
    assert "Takes the place of:" not in page_of(client, old)
    with queries() as sent:
        page_of(client, new)
    assert len(sent) <= 12, sent.sent


def test_the_page_of_what_another_took_the_place_of_asks_few_questions(api_of, client_of, two, queries):
    old, new = two(reach="all")
    supersede(api_of("Nikos"), old, new["reference"])
    client = client_of("Eleni")
    page_of(client, old)
    with queries() as sent:
        page = page_of(client, old)
    assert "Another decision took its place:" in page
    assert len(sent) <= 12, sent.sent


def test_a_stranger_to_the_old_decision_does_not_read_of_it_on_the_new_one(cast, api_of, client_of, close):
    nikos = api_of("Nikos")
    few = {"reach": "named", "electorate": {"people": [cast.Nikos, cast.Babis]}}
    pair = opened(nikos, cast.PARKS, title="Planes?", **few), opened(nikos, cast.PARKS, title="Limes?", reach="all")
    for made in pair:
        assert nikos.put(ballot(made), json={"vote": "yes"}).status_code == 200
    close()
    nikos = api_of("Nikos")
    for made in pair:
        path = f"/api/v1/decisions/{made['reference']}/outcome"
        assert nikos.put(path, json={"outcome": "Yes."}).status_code == 200
    old, new = pair
    supersede(nikos, old, new["reference"])
    assert old["reference"] in page_of(client_of("Nikos"), new)
    page = page_of(client_of("Eleni"), new)
    assert ("Limes?" in page, old["reference"] in page, "Planes?" in page) == (True, False, False)


def test_a_decision_that_is_to_take_a_place_says_so_until_it_has(app, cast, api_of, client_of, two, at, tell):
    old, _other = two()
    new = drafted(api_of("Eleni"), cast.PARKS, title="Elms?", revises=old["reference"], closes_on="2026-12-01")
    page = page_of(client_of("Eleni"), new, "question")
    assert ("Is to take the place of" in page, "Takes the place of:" in page) == (True, False)
    nikos = api_of("Nikos")
    assert nikos.put(f"/api/v1/decisions/{new['reference']}/opening").status_code == 200
    nikos.put(ballot(new), json={"vote": "yes"})
    at(datetime(2026, 12, 1, 14, tzinfo=UTC))
    with app.app_context():
        sweep_votes()
    taken = api_of("Nikos").put(f"/api/v1/decisions/{new['reference']}/outcome", json={"outcome": "Elms."})
    assert taken.status_code == 200, taken.get_json()
    tell()
    page = page_of(client_of("Eleni"), new)
    assert ("Is to take the place of" in page, "Takes the place of:" in page) == (False, True)


def test_nobody_looks_again_at_what_another_took_the_place_of(cast, api_of, client_of, two, come_back, tell, hinted):
    old, new = two()
    come_back()
    eleni = client_of("Eleni")
    assert "To be looked at again:" in page_of(eleni, old)
    assert "The tram is there" in eleni.get("/").text
    hinted.clear()
    supersede(api_of("Nikos"), old, new["reference"])
    tell()
    assert "my-day" in hinted, "an open day asks again"
    page = page_of(client_of("Eleni"), old)
    assert ("Another decision took its place:" in page, "To be looked at again:" in page) == (True, False)
    assert "The tram is there" not in client_of("Eleni").get("/").text
    come_back()
    assert "The tram is there" not in client_of("Eleni").get("/").text


def test_before_another_takes_the_place_the_page_asks_once(api_of, client_of, two):
    old, _new = two()
    form = page_of(client_of("Nikos"), old).split("/successor?_method=PUT")[1].split("</form>")[0]
    assert "data-confirm=" in form
    assert 'data-combobox="/palette/items?only=kind%3Adecision%20state%3Adone"' in form


def test_the_other_decision_is_offered_by_its_words_among_those_that_were_taken(cast, api_of, client_of, two):
    old, new = two()
    nikos = api_of("Nikos")
    drafted(nikos, cast.PARKS, title="Limes or elms?")
    nikos.post("/api/v1/tasks", json={"title": "Limes to order", "unit": cast.PARKS})
    only = "kind:decision state:done"

    def offered(name, typed):
        found = client_of(name).get("/palette/items", query_string={"q": typed, "only": only}).get_json()["items"]
        return {one["id"] for one in found}

    assert offered("Nikos", "lime") == offered("Nikos", new["reference"].lower()) == {new["reference"]}
    assert offered("Nikos", "") == {old["reference"], new["reference"]}
    assert offered("Leila", "lime") == offered("Leila", "") == set()
    path = f"/decisions/{old['reference']}/successor"
    chosen = {"item": new["reference"], "item_name": f"{new['reference']} Limes?"}
    assert client_of("Nikos").put(path, data=chosen).status_code == 303
    assert nikos.get(f"/api/v1/decisions/{old['reference']}").get_json()["superseded_by"] == new["id"]


def test_words_that_are_no_reference_are_told_so(api_of, client_of, two):
    old, _new = two()
    path = f"/decisions/{old['reference']}/successor"
    for typed in ("limes", "the limes of the square"):
        page = client_of("Nikos").put(path, data={"item": "", "item_name": typed})
        told = page.text.split('id="f-item-error">')[1].split("</span>")[0]
        assert page.status_code == 422
        assert "PARKS-25" in told, told
        assert f'value="{typed}"' in page.text, "what was typed stands there still"
    answer = api_of("Nikos").put(f"/api/v1{path}", json={"item": "limes"})
    assert (answer.status_code, fields(answer)) == (422, ["item"])


def test_the_refusal_leads_to_the_decision_it_speaks_of_where_the_reader_sees_it(cast, api_of, client_of, two):
    old, _new = two()
    path = f"/decisions/{old['reference']}/successor"
    draft = drafted(api_of("Nikos"), cast.PARKS, title="Elms?")
    few = {"reach": "named", "electorate": {"people": [cast.Leila]}}
    hidden = drafted(api_of("Leila"), cast.FINANCE, title="Salaries?", **few)
    for named, seen in ((draft, True), (hidden, False), (old, False)):
        page = client_of("Nikos").put(path, data={"item_name": named["reference"]})
        told = page.text.split('id="f-item-error">')[1].split("</form>")[0]
        assert (page.status_code, f'href="/decisions/{named["reference"]}"' in told) == (422, seen)
    assert "Salaries?" not in client_of("Nikos").put(path, data={"item_name": hidden["reference"]}).text
