"""A decision comes back to whoever answers for it, once; it stands, waits, or another takes its place."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from collab.decisions.sweeps import sweep_revisits

from .voting import NOW, ballot, drafted, fields, opened

SPRING = datetime(2027, 5, 3, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def decided(cast, api_of, close):
    """A decision of the Parks that Eleni chairs, with its outcome."""

    def run(**outcome):
        nikos = api_of("Nikos")
        made = opened(nikos, cast.PARKS, chair=cast.Eleni)
        for name in ("Nikos", "Eleni"):
            api_of(name).put(ballot(made), json={"vote": "yes"})
        close()
        path = f"/api/v1/decisions/{made['reference']}/outcome"
        taken = api_of("Nikos").put(path, json={"outcome": "Yes."} | outcome)
        assert taken.status_code == 200, taken.get_json()
        return made

    return run


@pytest.fixture
def sweep(app, tell):
    def run():
        with app.app_context():
            sweep_revisits()
        tell()

    return run


def due(client, made):
    """Whether it stands on somebody's day to be looked at again."""
    items = client.get("/api/v1/waits?sense=revisit").get_json()["items"]
    return [one["item"]["reference"] for one in items].count(made["reference"])


def test_on_its_day_a_decision_comes_to_the_chair_once_and_stands(cast, api_of, client_of, at, decided, sweep):
    made = decided(revisit_on="2027-05-03", revisit_when="The tram line is open")
    path = f"/decisions/{made['reference']}"
    at(datetime(2027, 5, 2, 20, 59, tzinfo=UTC))  # one minute before midnight in Athens
    sweep()
    assert due(api_of("Eleni"), made) == 0
    at(SPRING)
    sweep()
    sweep()
    assert (due(api_of("Eleni"), made), due(api_of("Nikos"), made)) == (1, 0), "once, and to the chair"
    desk = client_of("Yannis").get(f"/people/{cast.Eleni}/desk").text
    assert desk.count("The tram line is open") == 1, "asked of them once, by nobody who could hand it on"
    day = client_of("Eleni").get("/").text
    assert "To be looked at again: does it stand, is it revised, or is it too early?</bdi>" in day
    assert ">The tram line is open</bdi>" in day, "by themselves: they may be of another direction"
    assert ">Look again<" in day
    assert client_of("Eleni").get("/inbox").text.count("to be looked at again") == 1
    page = client_of("Eleni").get(path).text
    assert "The time has come to look at it again" in page
    assert f'href="/decisions/new?revises={made["reference"]}"' in page
    assert 'id="again"' not in client_of("Giorgos").get(path).text
    eleni = api_of("Eleni")
    assert api_of("Giorgos").put(f"/api/v1{path}/review", json={"verdict": "stands"}).status_code == 403
    assert fields(eleni.put(f"/api/v1{path}/review", json={"verdict": "later"})) == ["revisit_on"]
    early = {"verdict": "stands", "revisit_on": "2027-05-03"}
    assert fields(eleni.put(f"/api/v1{path}/review", json=early)) == ["revisit_on"]
    later = client_of("Eleni").put(f"{path}/review", data={"verdict": "later", "revisit_on": "2027-06-01"})
    assert later.status_code in (200, 204, 303)
    sweep()
    assert due(api_of("Eleni"), made) == 0
    at(datetime(2027, 6, 1, 6, tzinfo=UTC))
    sweep()
    assert due(api_of("Eleni"), made) == 1
    stands = {"verdict": "stands", "note": "All forty grow"}
    after = api_of("Eleni").put(f"/api/v1{path}/review", json=stands).get_json()
    assert (after["revisit_due"], after["revisit_on"], after["looked_note"]) == (False, None, "All forty grow")
    sweep()
    assert due(api_of("Eleni"), made) == 0
    assert "All forty grow" in client_of("Giorgos").get(path).text


def test_what_waits_for_my_review_stands_in_a_list_of_its_own_and_says_since_when(
    api_of, client_of, at, decided, sweep
):
    made, list_ = decided(revisit_on="2027-05-03"), "/decisions?whose=my-review"
    assert "Nothing waits to be looked at again by you" in client_of("Eleni").get(list_).text
    at(SPRING)
    sweep()
    at(SPRING + timedelta(days=3))
    row = client_of("Eleni").get(list_).text.partition(made["reference"])[2].partition("</li>")[0]
    assert re.search(r'<time datetime="2027-05-03T[^>]*>asked 3 days ago</time>', row), row
    listed = [api_of(name).get(f"/api/v1{list_}").get_json()["items"] for name in ("Eleni", "Nikos")]
    assert [[one["reference"] for one in items] for items in listed] == [[made["reference"]], []]
    stands = api_of("Eleni").put(f"/api/v1/decisions/{made['reference']}/review", json={"verdict": "stands"})
    assert stands.status_code == 200, stands.get_json()
    assert made["reference"] not in client_of("Eleni").get(list_).text


def test_the_outcome_names_a_day_to_come_and_another_matter(cast, api_of, client_of, decided):
    made = decided(revisit_on="2027-05-03")
    path, past = f"/decisions/{made['reference']}/outcome", {"outcome": "Yes.", "revisit_on": "2026-11-20"}
    itself = {"outcome": "Yes.", "revisit_after": made["reference"]}
    for sent, field in ((past, "revisit_on"), (itself, "revisit_after")):
        answer = api_of("Nikos").put(f"/api/v1{path}", json=sent)
        assert (answer.status_code, fields(answer)) == (422, [field])
        assert client_of("Nikos").put(path, data=sent).status_code == 422


def test_fields_of_days_that_are_to_come_say_of_a_past_one_that_it_is_past(cast, api_of, client_of, decided):
    draft = drafted(api_of("Nikos"), cast.PARKS, closes_on="2027-01-15")
    made = decided()
    client = client_of("Nikos")
    page, asking = (
        client.get(f"/decisions/{path}").text for path in (made["reference"], f"{draft['reference']}/advice/new")
    )
    for shown, field in ((page, "f-revisit_on"), (page, "f-again-on"), (asking, "f-until")):
        before = shown.split(f'id="{field}"')[0]
        assert before.rsplit("data-date", 1)[1].startswith('="ahead"'), field


def test_an_outcome_is_worded_otherwise_after_its_day_has_come(api_of, at, decided):
    made = decided(revisit_on="2027-05-03")
    at(datetime(2027, 6, 1, 6, tzinfo=UTC))
    said = {"outcome": "Yes, forty.", "revisit_on": "2027-05-03"}
    assert api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/outcome", json=said).status_code == 200


def test_a_decision_comes_back_once_another_matter_is_finished(cast, api_of, client_of, decided, sweep):
    nikos = api_of("Nikos")
    tram = nikos.post("/api/v1/tasks", json={"title": "Tram line", "unit": cast.PARKS, "holder": cast.Nikos}).get_json()
    made = decided(revisit_after=tram["reference"])
    sweep()
    assert due(api_of("Eleni"), made) == 0
    assert tram["reference"] in client_of("Eleni").get(f"/decisions/{made['reference']}").text
    assert api_of("Nikos").post(f"/api/v1/work-items/{tram['reference']}/completion", json={}).status_code in (
        200,
        201,
        204,
    )
    sweep()
    assert due(api_of("Eleni"), made) == 1


def test_a_decision_that_is_revised_gives_its_place_up_once_the_new_one_is_taken(
    cast, api_of, client_of, at, decided, sweep, close
):
    made = decided(revisit_on="2026-11-26")
    at(datetime(2026, 11, 26, 6, tzinfo=UTC))
    sweep()
    form = client_of("Eleni").get(f"/decisions/new?revises={made['reference']}").text
    assert 'value="Shall we plant plane trees?"' in form
    assert f'name="revises" value="{made["reference"]}"' in form
    assert f'Filled in as <bdi class="ref">{made["reference"]}</bdi> was.' in form
    at(NOW)
    body = {"title": "Limes?", "unit": cast.PARKS, "revises": made["reference"]}
    assert fields(api_of("Giorgos").post("/api/v1/decisions", json=body)) == ["revises"], "only who runs or chairs it"
    new = drafted(api_of("Eleni"), cast.PARKS, title="Shall we plant limes?", revises=made["reference"])
    at(datetime(2026, 11, 26, 7, tzinfo=UTC))
    sweep()
    at(NOW)
    assert due(api_of("Eleni"), made) == 0, "it is being revised"
    path = f"/api/v1/decisions/{made['reference']}"
    assert api_of("Eleni").get(path).get_json()["stage"] == "decided", "it stands until the new one is taken"
    assert new["reference"] in client_of("Giorgos").get(f"/decisions/{made['reference']}").text
    assert made["reference"] in client_of("Giorgos").get(f"/decisions/{new['reference']}").text
    nikos = api_of("Nikos")
    assert nikos.put(f"/api/v1/decisions/{new['reference']}/opening").status_code == 200
    nikos.put(ballot(new), json={"vote": "yes"})
    close()
    taken = api_of("Nikos").put(f"/api/v1/decisions/{new['reference']}/outcome", json={"outcome": "Limes."})
    assert taken.status_code == 200, taken.get_json()
    sweep()
    old = api_of("Eleni").get(path).get_json()
    assert (old["stage"], old["superseded_by"]) == ("superseded", new["id"])


def test_what_revises_a_decision_for_named_people_is_for_named_people(api_of, cast, close):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, reach="named", electorate={"people": [cast.Nikos, cast.Eleni]})
    for name in ("Nikos", "Eleni"):
        api_of(name).put(ballot(made), json={"vote": "yes"})
    close()
    assert nikos.put(f"/api/v1/decisions/{made['reference']}/outcome", json={"outcome": "Yes."}).status_code == 200
    body = {"title": "Again?", "unit": cast.PARKS, "revises": made["reference"], "preset": "simple"}
    assert fields(nikos.post("/api/v1/decisions", json=body)) == ["reach"], "its explanations go along"
    assert nikos.post("/api/v1/decisions", json=body | {"reach": "named"}).status_code == 201
