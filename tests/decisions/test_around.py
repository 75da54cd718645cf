"""What stands around a vote: who may decide and why, what waited for it, what takes its place, how it is given up."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.decisions.sweeps import sweep_awaiting
from collab.work.commands import waits
from collab.work.models import Wait

from .voting import CLOSES, NOW, ballot, drafted, fields, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_who_decides_follows_from_the_tree_with_a_reason_for_everybody_and_stands_fast(cast, api_of):
    electorate = {"unit": cast.TECH, "below": True, "who": "heads", "people": [cast.Eleni, cast.LEGAL], "without": []}
    made = opened(api_of("Nikos"), cast.PARKS, electorate=electorate | {"without": [cast.Petros]})
    roll = api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}/electorate?limit=100").get_json()["items"]
    because = {one["person"]: (one["because"], one["left_out"]) for one in roll}
    assert because[cast.Nikos] == ("head", None)
    assert because[cast.Eleni] == ("named", None)
    assert because[cast.Dimitra][0] == "member", "a unit that is named brings its people"
    assert because[cast.Petros][1] == "without"
    assert cast.Giorgos not in because
    assert api_of("Giorgos").put(ballot(made), json={"vote": "yes"}).status_code in (403, 404)
    everybody = api_of("Nikos").put(
        f"/api/v1/decisions/{made['reference']}", json={"title": "Otherwise", "electorate": {"unit": cast.PARKS}}
    )
    assert everybody.status_code == 409, "opened, the roll stands fast"


def test_options_and_electorate_that_make_no_vote_are_refused_at_their_field(cast, api_of):
    nikos = api_of("Nikos")
    for many in (0, 1):
        options = [{"title": f"Option {each}"} for each in range(many)]
        made = drafted(nikos, cast.PARKS, preset="rank", options=options)
        assert fields(nikos.put(f"/api/v1/decisions/{made['reference']}/opening")) == ["options"]
    crowd = [{"title": f"Option {each}"} for each in range(201)]
    body = {"title": "Which?", "unit": cast.PARKS, "preset": "rank", "options": crowd}
    assert "options" in fields(nikos.post("/api/v1/decisions", json=body))
    nobody = drafted(
        nikos, cast.PARKS, electorate={"unit": cast.PARKS, "who": "heads", "without": [cast.Nikos, cast.Babis]}
    )
    assert fields(nikos.put(f"/api/v1/decisions/{nobody['reference']}/opening")) == ["electorate"]


def _waits(client, task):
    """What the task waits for, and since when it does no more."""
    shown = client.get(f"/api/v1/work-items/{task['reference']}").get_json()["waits"]
    return [(one["for_item_id"], (one["ended_at"] or "")[:16]) for one in shown if one["for_item_id"]]


def test_what_waited_for_the_vote_waits_no_more_once_it_closes(cast, api_of, tell, close):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS)
    task = nikos.post("/api/v1/tasks", json={"title": "Order the trees", "unit": cast.PARKS}).get_json()
    asked = {"item": made["id"], "what": "the vote"}
    wait = nikos.post(f"/api/v1/work-items/{task['reference']}/waits", json=asked)
    assert wait.status_code == 201, wait.get_json()
    assert _waits(nikos, task) == [(made["id"], "")]
    close()
    tell()
    assert _waits(api_of("Nikos"), task) == [(made["id"], "2026-11-25T14:00")]


def test_one_decision_takes_the_place_of_another_and_never_in_a_circle(cast, api_of, client_of, close):
    nikos = api_of("Nikos")
    first, second = (opened(nikos, cast.PARKS, title=title) for title in ("Planes?", "Limes?"))
    given_up = opened(nikos, cast.PARKS, title="Elms?")
    path = f"/api/v1/decisions/{given_up['reference']}"
    assert nikos.put(f"{path}/cancellation", json={"reason": ""}).status_code == 422
    gone = nikos.put(f"{path}/cancellation", json={"reason": "The nursery has none"}).get_json()
    assert (gone["stage"], gone["reason"]) == ("cancelled", "The nursery has none")
    assert api_of("Eleni").put(ballot(given_up), json={"vote": "yes"}).status_code == 409
    for one in (first, second):
        for name in ("Eleni", "Nikos"):
            api_of(name).put(ballot(one), json={"vote": "yes"})
    close()
    nikos = api_of("Nikos")
    for one in (first, second):
        outcome = {"outcome": "Yes.", "revisit_on": "2027-05-01"}
        assert nikos.put(f"/api/v1/decisions/{one['reference']}/outcome", json=outcome).status_code == 200
    vain = nikos.put(f"/api/v1/decisions/{first['reference']}/successor", json={"item": given_up["reference"]})
    assert (vain.status_code, fields(vain)) == (422, ["item"]), "a decision that was cancelled"
    then = nikos.put(f"/api/v1/decisions/{first['reference']}/successor", json={"item": second["reference"]})
    assert (then.status_code, then.get_json()["stage"]) == (200, "superseded")
    back = nikos.put(f"/api/v1/decisions/{second['reference']}/successor", json={"item": first["reference"]})
    assert (back.status_code, fields(back)) == (422, ["item"])
    page = client_of("Eleni").get(f"/decisions/{first['reference']}?tab=result").text
    assert all(words in page for words in ("Another decision took its place:", second["reference"]))


def test_only_a_decision_that_was_taken_takes_the_place_of_another(cast, api_of, client_of, close):
    """Until then it may be given up, and what it took the place of would be superseded by nothing."""
    nikos = api_of("Nikos")
    first = opened(nikos, cast.PARKS, title="Planes?")
    counted = opened(nikos, cast.PARKS, title="Limes?")
    for one in (first, counted):
        assert nikos.put(ballot(one), json={"vote": "yes"}).status_code == 200
    close()
    nikos = api_of("Nikos")
    outcome = f"/api/v1/decisions/{first['reference']}/outcome"
    assert nikos.put(outcome, json={"outcome": "Yes."}).status_code == 200
    draft = drafted(nikos, cast.PARKS, title="Elms?", closes_on="2027-01-15")
    running = opened(nikos, cast.PARKS, title="Oaks?", closes_on="2027-01-15")
    path = f"/decisions/{first['reference']}"
    for other in (draft, running, counted):
        said = {"item": other["reference"]}
        vain = nikos.put(f"/api/v1{path}/successor", json=said)
        assert (vain.status_code, fields(vain)) == (422, ["item"]), other["title"]
        page = client_of("Nikos").put(f"{path}/successor", data=said)
        if other is counted:
            assert "γράψτε πρώτα το αποτέλεσμα" in page.text
            assert other["reference"] in page.text.split('id="f-item-error">')[1].split("</span>")[0]
            continue
        told = page.text.split('id="f-item-error">')[1].split("</span>")[0]
        assert (page.status_code, told.partition(" ακόμη")[0]) == (422, "Εκείνη η απόφαση δεν έχει ληφθεί"), other[
            "title"
        ]
    assert nikos.get(f"/api/v1{path}").get_json()["stage"] == "decided"


def test_many_that_wait_for_a_vote_end_a_few_at_a_time(app, cast, api_of, tell, close, at, monkeypatch):
    monkeypatch.setattr(waits, "AT_ONCE", 2)
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS)
    tasks = [nikos.post("/api/v1/tasks", json={"title": f"Part {n}", "unit": cast.PARKS}).get_json() for n in range(6)]
    *early, late = (f"/api/v1/work-items/{task['reference']}/waits" for task in tasks)
    for path in early:
        assert nikos.post(path, json={"item": made["id"], "what": "the vote"}).status_code == 201

    def left():
        with app.app_context():
            open_ones = select(func.count()).where(Wait.for_item_id == made["id"], Wait.ended_at.is_(None))
            found = db.session.scalar(open_ones)
            db.session.remove()
        return found

    close()
    tell()
    at(CLOSES + timedelta(minutes=1))
    assert left() == 3, "in one transaction only so many"
    assert api_of("Nikos").post(late, json={"item": made["id"], "what": "what comes of it"}).status_code == 201
    with app.app_context():
        sweep_awaiting()
    assert left() == 1, "whoever asked after the close waits for what is decided"
