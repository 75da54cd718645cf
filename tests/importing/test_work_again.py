"""A list brought in a second time: closed on the day it says, and its mistakes are told row by row."""

from datetime import date

import pytest
from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.tasks.importing.commands import bring_in_work
from collab.tasks.importing.planning import plan_work
from collab.work.models import Interval, Wait, WorkItem
from tests.importing.lists import listed

FIRST = {"external_id": "A", "created": "2026-03-01", "state": "active"}


@pytest.fixture(autouse=True)
def inside(app, cast):
    with app.app_context():
        bring_in_work(SYSTEM, listed(FIRST))
        yield


def test_what_was_open_ends_on_the_day_the_list_says():
    bring_in_work(SYSTEM, listed(FIRST | {"state": "done", "closed": "2026-05-05"}))
    item = db.session.scalars(select(WorkItem)).one()
    interval, wait = db.session.scalars(select(Interval)).one(), db.session.scalars(select(Wait)).one()
    assert item.closed_at == interval.to_at == wait.ended_at
    assert interval.to_at - interval.from_at == item.closed_at - item.created_at, "time by holder sums up to its age"


def test_a_list_without_the_day_of_making_can_close():
    columns = frozenset({"kind", "external_id", "title", "unit_code", "state", "closed"})
    again = {"external_id": "A", "state": "done", "closed": "2026-05-05"}
    outcome = plan_work(db.session(), listed(again, columns=columns)).outcome
    assert (outcome.updated, outcome.faults) == (1, ())
    before = plan_work(db.session(), listed(again | {"closed": "2026-02-05"}, columns=columns)).outcome
    assert [fault.column for fault in before.faults] == ["closed"]


def test_a_due_date_before_the_start_that_was_set_here_is_the_fault_of_its_row():
    with writing() as session:
        session.scalars(select(WorkItem)).one().start_on = date(2026, 12, 10)
    db.session.remove()
    both = listed(FIRST | {"due": "2026-12-01"}, {"external_id": "B"})
    assert [(fault.line, fault.column) for fault in plan_work(db.session(), both).outcome.faults] == [(2, "due")]
    bring_in_work(SYSTEM, both, skip_bad=True)
    assert set(db.session.scalars(select(WorkItem.external_id))) == {"A", "B"}
