"""Work from a file: numbers and parents, the second run, changes, what is refused."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Invalid
from collab.core.facts import FactRow
from collab.core.outbox import OutboxRow
from collab.feed.models import Notification
from collab.people.models import Person
from collab.tasks.importing.commands import bring_in_work
from collab.tasks.importing.planning import plan_work
from collab.tasks.models import PendingItem
from collab.work.commands import complete, edit
from collab.work.forms import Complete, EditItem
from collab.work.models import Interval, Label, Participant, Series, Wait, WorkItem, WorkItemLabel
from tests.cast import Cast

from .lists import listed

OPENED = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def test_numbers_follow_the_order_of_the_rows_in_each_unit(app: Flask, cast: Cast) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({}, {"unit_code": "ROADS"}, {}, {"unit_code": "ROADS"}, {}))
        found = db.session.execute(select(WorkItem.external_id, WorkItem.reference).order_by(WorkItem.id)).all()
        assert [tuple(row) for row in found] == [
            ("X-2", "PARKS-1"), ("X-3", "ROADS-1"), ("X-4", "PARKS-2"), ("X-5", "ROADS-2"), ("X-6", "PARKS-3"),
        ]  # fmt: skip
        assert sorted(db.session.scalars(select(Series.last_number))) == [2, 3]


def test_pending_items_keep_protocol_number_source_and_age(app: Flask, cast: Cast) -> None:
    row = {"kind": "pending", "protocol": "2026/118", "source": "citizen", "created": "2026-01-05", "due": "2026-02-01"}
    with app.app_context():
        bring_in_work(SYSTEM, listed(row))
        found = db.session.execute(select(PendingItem.protocol_number, PendingItem.source)).one()
        assert tuple(found) == ("2026/118", "citizen")
        created = db.session.scalars(select(WorkItem.created_at)).one()
        assert created == datetime(2026, 1, 4, 22, 0, tzinfo=UTC)  # midnight in Athens


def test_what_is_late_when_it_comes_in_alarms_nobody_also_just_after_midnight(app: Flask, cast: Cast, at: Any) -> None:
    at(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))  # half past midnight in Athens
    with app.app_context():
        bring_in_work(SYSTEM, listed({"due": "2026-11-23"}, {"due": "2026-11-24"}))
        looks = db.session.scalars(select(Wait.next_action_at).where(Wait.sense == "task").order_by(Wait.id)).all()
        assert [look is not None for look in looks] == [False, True]


def test_parents_are_found_in_any_order(app: Flask, cast: Cast) -> None:
    rows = listed(
        {"external_id": "leaf", "parent_external_id": "branch"},
        {"external_id": "branch", "parent_external_id": "root"},
        {"external_id": "root"},
    )
    with app.app_context():
        bring_in_work(SYSTEM, rows)
        bring_in_work(SYSTEM, listed({"external_id": "twig", "parent_external_id": "leaf"}))
        ids = {
            row.external_id: row
            for row in db.session.execute(select(WorkItem.external_id, WorkItem.id, WorkItem.parent_id))
        }
        assert ids["leaf"].parent_id == ids["branch"].id
        assert ids["branch"].parent_id == ids["root"].id
        assert ids["root"].parent_id is None
        assert ids["twig"].parent_id == ids["leaf"].id


def test_one_quiet_fact_for_each_row_and_nobody_is_notified(app: Flask, cast: Cast, tell: Callable[[], int]) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({}, {"holder_email": "eleni@city.example"}))
        kinds = db.session.scalars(select(FactRow.kind).order_by(FactRow.id)).all()
        assert kinds == ["item-imported", "item-imported", "items-imported"]
        assert db.session.scalar(select(func.count()).select_from(OutboxRow)) == 0
        tell()
        assert db.session.scalar(select(func.count()).select_from(Notification)) == 0


def test_the_second_run_changes_nothing_even_when_people_worked_on_the_items(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor]
) -> None:
    rows = listed({"holder_email": "eleni@city.example", "labels": "storm"}, {"state": "active"})
    with app.app_context():
        bring_in_work(SYSTEM, rows)
        item = db.session.scalars(select(WorkItem.id).where(WorkItem.external_id == "X-2")).one()
        edit(actor_of("Eleni"), item, EditItem(title="A better title"))
        complete(actor_of("Eleni"), item, Complete(outcome="done here"))
        before = _everything()
        outcome = bring_in_work(SYSTEM, rows).outcome
        assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 0, 2)
        assert _everything() == before


def _everything() -> list[list[str]]:
    db.session.expire_all()
    tables = (WorkItem, Interval, Wait, Participant, WorkItemLabel, Label, PendingItem, FactRow, Series)
    return [sorted(map(str, db.session.execute(select(*table.__table__.c)).all())) for table in tables]


def test_only_what_the_other_system_changed_is_written(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor]
) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({"holder_email": "eleni@city.example", "body": "old", "labels": "storm"}))
        item = db.session.scalars(select(WorkItem.id)).one()
        edit(actor_of("Eleni"), item, EditItem(title="Ours", body="old", labels=["storm"]))
        again = listed({"holder_email": "eleni@city.example", "body": "new", "labels": "tree", "priority": "2"})
        outcome = bring_in_work(SYSTEM, again).outcome
        assert (outcome.updated, outcome.unchanged) == (1, 0)
        db.session.expire_all()
        found = db.session.get_one(WorkItem, item)
        assert (found.title, found.body, found.priority) == ("Ours", "new", 2)
        labels = select(Label.name).join(WorkItemLabel, WorkItemLabel.label_id == Label.id)
        assert db.session.scalars(labels).all() == ["tree"]
        fact = db.session.execute(select(FactRow.payload).where(FactRow.kind == "item-imported-again")).scalar_one()
        assert fact["fields"] == "body,labels,priority"


def test_a_column_that_the_file_lacks_changes_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({"labels": "storm", "holder_email": "eleni@city.example"}))
        fewer = frozenset({"kind", "external_id", "title", "unit_code"})
        assert bring_in_work(SYSTEM, listed({}, columns=fewer)).outcome.unchanged == 1
        assert bring_in_work(SYSTEM, listed({"title": "New"}, columns=fewer)).outcome.updated == 1
        assert db.session.scalars(select(WorkItem.holder_id)).one() == cast.Eleni
        whole = listed({"labels": "storm", "holder_email": "eleni@city.example", "title": "New"})
        assert bring_in_work(SYSTEM, whole).outcome.unchanged == 1


@pytest.mark.parametrize(
    "change",
    [
        {"holder_email": "maria@city.example"},
        {"holder_email": ""},
        {"state": "active"},
        {"state": "waiting"},
        {"state": "done"},
        {"state": "cancelled"},
        {"due": "2026-12-24"},
    ],
    ids=str,
)
def test_a_changed_ball_moves_as_every_ball_moves(app: Flask, cast: Cast, change: dict[str, str]) -> None:
    first = {"holder_email": "eleni@city.example", "created": OPENED.isoformat()}
    second = {name: cell for name, cell in {**first, **change}.items() if cell}
    with app.app_context():
        bring_in_work(SYSTEM, listed(first))
        outcome = bring_in_work(SYSTEM, listed(second)).outcome
        assert (outcome.updated, outcome.faults) == (1, ())
        item = db.session.scalars(select(WorkItem)).one()
        open_intervals = select(Interval.holder_id, Interval.state_kind).where(Interval.to_at.is_(None))
        intervals = db.session.execute(open_intervals).all()
        tasks = db.session.execute(
            select(Wait.of_id, Wait.until).where(Wait.sense == "task", Wait.ended_at.is_(None))
        ).all()
        if change.get("state") in ("done", "cancelled"):
            assert (intervals, tasks, item.state_kind) == ([], [], change["state"])
            assert item.closed_at is not None
        else:
            assert len(intervals) == len(tasks) == 1
            assert tasks[0].until == item.due_on
            assert tasks[0].of_id == (item.holder_id or item.desk_unit_id)
            assert item.state_kind == intervals[0].state_kind == change.get("state", "new")
        if "holder_email" in change:
            assert item.holder_id == (cast.Maria if change["holder_email"] else None)


def test_back_from_waiting_the_clock_runs_again(app: Flask, cast: Cast) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({"state": "waiting", "created": OPENED.isoformat()}))
        bring_in_work(SYSTEM, listed({"state": "active", "created": OPENED.isoformat()}))
        assert db.session.scalars(select(WorkItem.state_kind)).one() == "active"
        stopping = select(Wait.id).where(Wait.stops_clock, Wait.ended_at.is_(None))
        assert db.session.scalars(stopping).all() == []


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ([{"unit_code": "NONE"}], [(2, "unit_code")]),
        ([{"holder_email": "nobody@city.example"}], [(2, "holder_email")]),
        ([{"created": "2199-01-01"}], [(2, "created")]),
        ([{"state": "done", "created": "2026-02-01", "closed": "2026-01-01"}], [(2, "closed")]),
        ([{"external_id": "A"}, {"external_id": "A"}], [(3, "external_id")]),
        ([{"parent_external_id": "NONE"}], [(2, "parent_external_id")]),
        ([{"external_id": "A", "parent_external_id": "A"}], [(2, "parent_external_id")]),
        (
            [{"external_id": "A", "parent_external_id": "B"}, {"external_id": "B", "parent_external_id": "A"}],
            [(2, "parent_external_id"), (3, "parent_external_id")],
        ),
        (
            [
                {"external_id": "A", "parent_external_id": "B"},
                {"external_id": "B", "unit_code": "NONE"},
                {"external_id": "C", "parent_external_id": "A"},
            ],
            [(2, "parent_external_id"), (3, "unit_code"), (4, "parent_external_id")],
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_row_and_nothing_is_half_saved(
    app: Flask, cast: Cast, cells: list[dict[str, Any]], bad: list[tuple[int, str]]
) -> None:
    with app.app_context():
        good = {"external_id": "GOOD"}
        rows = listed(*cells, good)
        assert [(one.line, one.column) for one in plan_work(db.session(), rows).outcome.faults] == bad
        before = _everything()
        with pytest.raises(Invalid):
            bring_in_work(SYSTEM, rows)
        assert _everything() == before
        outcome = bring_in_work(SYSTEM, rows, skip_bad=True).outcome
        assert outcome.created == len(rows.rows) - outcome.bad_rows
        assert db.session.scalars(select(WorkItem.external_id).where(WorkItem.external_id == "GOOD")).one()


def test_unit_and_creation_stay_as_they_were_brought_in(app: Flask, cast: Cast) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({"created": "2026-01-05"}))
        faults = plan_work(db.session(), listed({"created": "2026-01-06", "unit_code": "ROADS"})).outcome.faults
        assert [fault.column for fault in faults] == ["unit_code", "created"]


def test_a_circle_through_items_that_are_here_is_refused(app: Flask, cast: Cast) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({"external_id": "A"}, {"external_id": "B", "parent_external_id": "A"}))
        faults = plan_work(db.session(), listed({"external_id": "A", "parent_external_id": "B"})).outcome.faults
        assert [(fault.line, fault.column) for fault in faults] == [(2, "parent_external_id")]


def test_somebody_who_left_holds_nothing(app: Flask, cast: Cast) -> None:
    from collab.core.db import writing

    with app.app_context():
        with writing() as open_session:
            open_session.get_one(Person, cast.Eleni).active = False
        faults = plan_work(db.session(), listed({"holder_email": "eleni@city.example"})).outcome.faults
        assert [fault.column for fault in faults] == ["holder_email"]


def test_the_creator_is_the_administrator_who_brings_it_in(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor]
) -> None:
    with app.app_context():
        bring_in_work(actor_of("Kostas"), listed({"external_id": "A"}))
        bring_in_work(SYSTEM, listed({"external_id": "B", "holder_email": "eleni@city.example"}, {"external_id": "C"}))
        by = {
            row.external_id: row.created_by
            for row in db.session.execute(select(WorkItem.external_id, WorkItem.created_by))
        }
        assert by == {"A": cast.Kostas, "B": cast.Eleni, "C": cast.PARKS}


def test_given_to_somebody_and_later_taken_away_they_go_on_reading(app: Flask, cast: Cast) -> None:
    with app.app_context():
        bring_in_work(SYSTEM, listed({"holder_email": "maria@city.example"}))
        bring_in_work(SYSTEM, listed({"holder_email": "eleni@city.example"}))
        parts = db.session.execute(
            select(Participant.party_id, Participant.until.is_(None)).where(Participant.role == "holder")
        ).all()
        assert set(map(tuple, parts)) == {(cast.Maria, False), (cast.ROADS, False), (cast.Eleni, True)}


def test_an_imported_item_reads_in_its_history_where_it_came_from(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor], client_of: Callable[[str], Any]
) -> None:
    with app.app_context():
        bring_in_work(actor_of("Kostas"), listed({"holder_email": "eleni@city.example"}))
        bring_in_work(actor_of("Kostas"), listed({"holder_email": "eleni@city.example", "title": "Another"}))
    page = client_of("Eleni").get("/work-items/PARKS-1")
    assert page.status_code == 200
    words = " ".join(re.sub(r"<[^>]+>", "", page.text).split())
    assert "Another" in words
    assert "brought it in from a file" in words
    assert "brought in changes from a file: title" in words


def test_the_facts_of_an_import_are_known_wherever_the_application_runs() -> None:
    """A web process never loads the verb; it reads the history all the same."""
    program = (
        "from collab.app import PACKAGES; from collab.core.facts import KINDS; "
        "assert {'item-imported', 'item-imported-again'} <= set(KINDS)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
