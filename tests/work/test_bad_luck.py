"""What goes wrong by itself: handed to oneself, to a unit that is gone, asked too much. A clear answer, nothing half
done."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from collab.core.db import db
from collab.work.filters import compile as compiling
from collab.work.models import Handover, WorkItem
from collab.work.queries import patience
from collab.work.sweeps import sweep_waits
from tests.work.making import make

TOO_SLOW = "This question takes too long. Ask for open items, or name a holder, a unit or a label."


@pytest.fixture
def item(app, cast, actor_of, at):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Pine")


def test_handed_to_oneself_to_a_closed_unit_or_its_head_it_stays_where_it_is_and_the_reason_is_said(
    app, cast, api_of, client_of, item, at
):
    chief, eleni = api_of("Kostas"), api_of("Eleni")
    closing = {"on": "2026-11-24", "into_id": cast.LEGAL}
    assert chief.post(f"/api/v1/units/{cast.ROADS}/closure", json=closing).status_code == 201
    at(datetime(2026, 11, 24, 9, tzinfo=UTC))
    head = cast.head_posts["ROADS"]
    for to, sentence in (
        (cast.Eleni, "It is there already."),
        (cast.ROADS, "This unit is closed."),
        (head, "This post is no longer there."),
    ):
        refused = eleni.post("/api/v1/work-items/PARKS-1/handovers", json={"to": to})
        assert refused.status_code == 422, to
        [reason] = [one["reason"] for one in refused.get_json()["errors"] if one["field"] == "to"]
        assert reason == sentence
        page = client_of("Eleni").post(
            "/work-items/PARKS-1/handovers", data={"to": str(to), "note": "Please see to it"}
        )
        assert page.status_code == 422
        assert "Please see to it" in page.text
    with app.app_context():
        row = db.session.execute(select(WorkItem.holder_id, WorkItem.desk_unit_id, WorkItem.version)).one()
        assert tuple(row) == (cast.Eleni, cast.PARKS, 1)
        assert db.session.scalar(select(func.count()).select_from(Handover)) == 0


def test_a_question_that_is_deliberately_slow_is_given_up_with_a_sentence_on_the_page_and_over_the_api(
    client_of, api_of, item, monkeypatch
):
    asked_for = compiling.compiled_for

    def slow(asked, tree):
        found = asked_for(asked, tree)
        sleeping = text("(select pg_sleep(8)) is not null")
        return replace(found, criteria=(*found.criteria, sleeping), shape=("slow", *found.shape), anchored=False)

    monkeypatch.setattr(compiling, "compiled_for", slow)
    monkeypatch.setattr(patience, "SHORT", "50ms")
    eleni, question = client_of("Eleni"), "state:any creator:me"
    for layout in ("table", "board", "calendar"):
        page = eleni.get("/work-items", query_string={"query": question, "layout": layout})
        assert (page.status_code, TOO_SLOW in page.text, question in page.text) == (422, True, True), layout
    answer = api_of("Eleni").get("/api/v1/work-items", query_string={"query": question})
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert TOO_SLOW in answer.text
    monkeypatch.undo()
    assert "Pine" in eleni.get("/work-items", query_string={"query": question}).text


def test_a_question_of_ten_thousand_letters_is_refused_with_a_sentence(client_of, api_of, item):
    question = " OR ".join(f"label:storm{number}" for number in range(700))
    assert len(question) > 10_000
    page = client_of("Eleni").get("/work-items", query_string={"query": question})
    answer = api_of("Eleni").get("/api/v1/work-items", query_string={"query": question})
    assert (page.status_code, answer.status_code) == (422, 422)
    assert [one["field"] for one in answer.get_json()["errors"]] == ["query"]
    assert "This is too long: at most 2000 characters." in answer.text
    assert "This is too long: at most 2000 characters." in page.text


def test_two_who_stand_in_for_each_other_and_are_both_away_break_nothing(app, cast, api_of, client_of, item, at):
    """What is asked of the one is reminded to nobody who is away, goes up past both, and their pages answer."""
    days = {"first_day": "2026-11-23", "last_day": "2026-12-31"}
    for name, other in (("Nikos", cast.Babis), ("Babis", cast.Nikos)):
        absent = {**days, "substitute_id": other}
        made = api_of(name).post(f"/api/v1/people/{cast.people[name]}/absences", json=absent)
        assert made.status_code == 201, made.text
    eleni = api_of("Eleni")
    asked = {"of": cast.Babis, "what": "May we?", "until": "2026-11-24", "nudge_every": 1, "nudge_most": 3}
    wait = eleni.post("/api/v1/work-items/PARKS-1/waits", json=asked)
    assert wait.status_code == 201, wait.text
    for moment in (datetime(2026, 11, 25, 9, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC)):
        at(moment)
        with app.app_context():
            sweep_waits()
            db.session.remove()
    assert eleni.get(f"/api/v1/waits/{wait.json['id']}").json["nudges"] == 0
    up = {
        name: len(api_of(name).get("/api/v1/waits?sense=lapse").json["items"]) for name in ("Nikos", "Babis", "Yannis")
    }
    assert up == {"Nikos": 0, "Babis": 0, "Yannis": 1}
    for name in ("Nikos", "Babis", "Eleni"):
        for address in ("/", "/work-items/PARKS-1", "/units/PARKS", "/units/PARKS/overview"):
            assert client_of(name).get(address).status_code == 200, (name, address)
