"""Changing details, turning one kind into the other, and deadlines that move when the clock stood still."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from collab.core.db import db
from collab.core.envelope import Seen
from collab.core.errors import Conflict, Forbidden, Invalid, Stale
from collab.core.facts import FactRow
from collab.people.calendar.days import days
from collab.people.calendar.deadline import Term
from collab.people.calendar.ordinals import WorkingDays
from collab.people.calendar.rules import CalendarRule
from collab.tasks.commands import change_kind, create_pending_item, create_task, edit_pending_item, edit_task
from collab.tasks.deadlines import Statute, reckon
from collab.tasks.forms import EditPendingItem, EditTask, NewPendingItem, NewTask
from collab.tasks.models import PendingItem
from collab.work.commands import answer, ask, complete, withdraw
from collab.work.forms import Ask, ChangeKind, Complete
from collab.work.models import Wait, WorkItem

NOVEMBER = datetime(2026, 11, 3, 8, tzinfo=UTC)
GREECE = WorkingDays(days(CalendarRule("GR", frozenset({5, 6})), range(2024, 2036)))
PERMIT = {"protocol_number": "2026/11873", "protocol_on": date(2026, 11, 3), "allowed": 50, "source": "citizen"}


@pytest.fixture
def within(app):
    with app.app_context():
        yield


@pytest.fixture
def pending(within, actor_of, cast, at):
    """A pending item in Eleni's hands, with a statutory deadline of 50 days."""
    at(NOVEMBER)
    form = NewPendingItem(title="Permit to fell a pine", unit=cast.PARKS, holder=cast.Eleni, **PERMIT)
    return create_pending_item(actor_of("Eleni"), form)["id"]


def item_of(id_):
    db.session.expire_all()
    return db.session.get_one(WorkItem, id_)


def details_of(id_):
    db.session.expire_all()
    return db.session.get_one(PendingItem, id_)


def facts(id_, kind):
    rows = db.session.scalars(select(FactRow).where(FactRow.subject_id == id_, FactRow.kind == kind))
    return [row.payload for row in rows.all()]


def edited(**changes):
    return EditPendingItem(**({"title": "Permit to fell a pine"} | PERMIT | changes))


def test_details_change_and_say_what_changed(pending, actor_of, cast):
    edit_pending_item(actor_of("Eleni"), pending, edited(source="authority", counterpart=cast.forestry))
    row = details_of(pending)
    assert (row.source, row.counterpart_id) == ("authority", cast.forestry)
    assert facts(pending, "pending-item-edited") == [{"fields": "source,counterpart"}]
    assert facts(pending, "item-edited") == []


def test_a_changed_statute_is_reckoned_again_and_says_why(pending, actor_of):
    edit_pending_item(actor_of("Eleni"), pending, edited(allowed=20, measure="working-days"))
    assert item_of(pending).due_on == date(2026, 12, 1)
    assert facts(pending, "deadline-reckoned")[-1] == {
        "due_on": "2026-12-01", "from_on": "2026-11-03", "days": 20, "measure": "working-days", "cause": "entered",
    }  # fmt: skip
    wait = db.session.scalars(select(Wait).where(Wait.item_id == pending, Wait.sense == "task")).one()
    assert wait.until == date(2026, 12, 1)


def test_a_due_date_by_hand_stays_until_it_is_emptied(pending, actor_of):
    edit_pending_item(actor_of("Eleni"), pending, edited(due_on=date(2026, 12, 5), allowed=60))
    assert item_of(pending).due_on == date(2026, 12, 5)
    edit_pending_item(actor_of("Eleni"), pending, edited(allowed=60))
    assert item_of(pending).due_on == date(2027, 1, 4)  # 2 January 2027 is a Saturday


def test_changing_anything_raises_the_version_and_a_stale_form_is_refused(pending, actor_of):
    before = item_of(pending).version
    edit_pending_item(actor_of("Eleni"), Seen(pending, before), edited(legal_basis="ν. 2690/1999, άρθρο 4"))
    assert item_of(pending).version > before
    with pytest.raises(Stale):
        edit_pending_item(actor_of("Eleni"), Seen(pending, before), edited())


def test_the_same_form_again_changes_nothing(pending, actor_of):
    edit_pending_item(actor_of("Eleni"), pending, edited())
    assert facts(pending, "pending-item-edited") == facts(pending, "item-edited") == []
    assert len(facts(pending, "deadline-reckoned")) == 1


def test_who_may_change_it(pending, actor_of):
    for name in ("Nikos", "Babis", "Yannis", "Anna"):
        edit_pending_item(actor_of(name), pending, edited(legal_basis=f"as {name} says"))
    with pytest.raises(Forbidden):
        edit_pending_item(actor_of("Reza"), pending, edited())


def test_nothing_is_lost_on_the_way_to_a_task_and_back(pending, actor_of, cast):
    eleni = actor_of("Eleni")
    edit_pending_item(eleni, pending, edited(counterpart=cast.forestry))
    before = item_of(pending)
    reference, talk = before.reference, before.created_at
    change_kind(eleni, pending, ChangeKind(kind="task"))
    assert item_of(pending).kind == "task"
    with pytest.raises(Conflict):
        edit_pending_item(eleni, pending, edited())
    edit_task(eleni, pending, EditTask(title="Now a task", due_on=date(2026, 12, 23)))
    change_kind(eleni, pending, ChangeKind(kind="pending"))
    after, row = item_of(pending), details_of(pending)
    assert (after.kind, after.reference, after.created_at, after.title) == ("pending", reference, talk, "Now a task")
    assert (row.protocol_number, row.counterpart_id, row.allowed) == ("2026/11873", cast.forestry, 50)
    assert [fact["item_kind"] for fact in facts(pending, "item-kind-changed")] == ["task", "pending"]


def test_a_task_becomes_a_pending_item_without_details(within, actor_of, cast):
    eleni = actor_of("Eleni")
    made = create_task(eleni, NewTask(title="Call Forestry", unit=cast.PARKS, holder=cast.Eleni))["id"]
    version = item_of(made).version
    change_kind(eleni, made, ChangeKind(kind="pending"))
    assert (item_of(made).kind, details_of(made).source) == ("pending", "other")
    assert item_of(made).version == version + 1
    change_kind(eleni, made, ChangeKind(kind="pending"))
    assert item_of(made).version == version + 1


def stand_still(at, eleni, id_, cast, since, until, end=answer):
    at(since)
    wait = ask(eleni, id_, Ask(of=cast.forestry, what="Photos of the trunk?", stops_clock=True))
    at(until)
    end(eleni, wait)


def test_the_deadline_moves_by_what_stood_still_and_says_why(pending, actor_of, cast, at, tell):
    stand_still(at, actor_of("Eleni"), pending, cast, NOVEMBER + timedelta(days=7), NOVEMBER + timedelta(days=19))
    assert item_of(pending).due_on == date(2026, 12, 23)
    tell()
    assert item_of(pending).due_on == date(2027, 1, 4)
    assert details_of(pending).suspended_days == 12
    assert facts(pending, "deadline-moved") == [
        {
            "before": "2026-12-23", "due_on": "2027-01-04", "days": 12, "measure": "days",
            "stopped_on": "2026-11-10", "resumed_on": "2026-11-22", "by_law": True,
        }
    ]  # fmt: skip
    wait = db.session.scalars(
        select(Wait).where(Wait.item_id == pending, Wait.sense == "task", Wait.ended_at.is_(None))
    ).one()
    assert wait.until == date(2027, 1, 4)


def test_telling_twice_moves_once(pending, actor_of, cast, at, tell):
    stand_still(at, actor_of("Eleni"), pending, cast, NOVEMBER + timedelta(days=7), NOVEMBER + timedelta(days=19))
    tell()
    tell()
    assert item_of(pending).due_on == date(2027, 1, 4)
    assert len(facts(pending, "deadline-moved")) == 1


def test_two_waits_that_take_turns_are_one_standing(pending, actor_of, cast, at, tell):
    eleni = actor_of("Eleni")
    at(NOVEMBER + timedelta(days=2))
    first = ask(eleni, pending, Ask(of=cast.forestry, what="Photos?", stops_clock=True))
    at(NOVEMBER + timedelta(days=4))
    second = ask(eleni, pending, Ask(of=cast.Dimitra, what="Opinion?", stops_clock=True))
    at(NOVEMBER + timedelta(days=6))
    answer(eleni, first)
    tell()
    assert facts(pending, "deadline-moved") == []
    at(NOVEMBER + timedelta(days=12))
    withdraw(eleni, second)
    tell()
    assert details_of(pending).suspended_days == 10


def test_a_deadline_set_by_hand_moves_too(pending, actor_of, cast, at, tell):
    eleni = actor_of("Eleni")
    edit_pending_item(eleni, pending, edited(due_on=date(2026, 12, 1), measure="working-days"))
    stand_still(at, eleni, pending, cast, NOVEMBER + timedelta(days=6), NOVEMBER + timedelta(days=13))
    tell()
    assert item_of(pending).due_on == date(2026, 12, 8)
    assert facts(pending, "deadline-moved")[0]["measure"] == "working-days"


def test_nothing_moves_on_a_finished_item_or_one_without_a_deadline(within, actor_of, cast, at, tell):
    eleni = actor_of("Eleni")
    at(NOVEMBER)
    form = NewPendingItem(title="Open end", unit=cast.PARKS, holder=cast.Eleni)
    open_end = create_pending_item(eleni, form)["id"]
    stand_still(at, eleni, open_end, cast, NOVEMBER, NOVEMBER + timedelta(days=5))
    tell()
    assert item_of(open_end).due_on is None
    finished = create_pending_item(eleni, NewPendingItem(**{**form.model_dump(), **PERMIT}))["id"]
    stand_still(at, eleni, finished, cast, NOVEMBER + timedelta(days=5), NOVEMBER + timedelta(days=8))
    due = item_of(finished).due_on
    complete(eleni, finished, Complete())
    tell()
    assert item_of(finished).due_on == due


def test_a_start_after_the_deadline_that_follows_is_refused(pending, actor_of):
    with pytest.raises(Invalid) as refused:
        edit_pending_item(actor_of("Eleni"), pending, edited(start_on=date(2027, 3, 1)))
    assert set(refused.value.fields) == {"due_on"}
    assert item_of(pending).start_on is None


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 25)), min_size=1, max_size=3),
    length=st.integers(5, 60),
    in_working_days=st.booleans(),
)
def test_whatever_stands_still_the_deadline_is_the_one_reckoned_from_all_of_it(
    within, actor_of, cast, at, tell, steps, length, in_working_days
):
    eleni = actor_of("Eleni")
    at(NOVEMBER)
    form = NewPendingItem(
        title="Permit", unit=cast.PARKS, holder=cast.Eleni, protocol_on=date(2026, 11, 3), allowed=length,
        measure="working-days" if in_working_days else "days",
    )  # fmt: skip
    id_, now, stood = create_pending_item(eleni, form)["id"], NOVEMBER, []
    for pause, standing in steps:
        since = now + timedelta(days=pause, minutes=1)
        now = since + timedelta(days=standing, minutes=1)
        stand_still(at, eleni, id_, cast, since, now)
        tell()
        stood.append((since.date(), now.date()))
    from collab.people.calendar.suspension import Suspension

    law = Statute(date(2026, 11, 3), Term(length, "working-days" if in_working_days else "days"))
    reckoned = reckon(law, GREECE, [Suspension(*one) for one in stood])
    assert item_of(id_).due_on == reckoned.due
    moved = facts(id_, "deadline-moved")
    assert sum(fact["days"] for fact in moved) == details_of(id_).suspended_days
