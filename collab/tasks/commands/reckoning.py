"""Deadlines reckoned again in bulk: a rule was changed, or the working calendar was.

A batch is one transaction, and its last line asks for the next one: a long transaction would keep thousands of items
locked, and hold back everything that the teller has to tell.

Only deadlines that are still the law's own move: those whose day is the one the ledger last said that it followed. Each
move leaves a line saying why; nobody is notified of it (a bulk verb), but pages on which such a day stands ask again.
That is said here and not by a reaction to each line: of thousands the teller would tell nothing else meanwhile.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, DateTime, and_, cast, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import afterwards, command, open_command, record, session, system, take_long
from collab.core.facts import FactRow
from collab.core.realtime import hint
from collab.feed.reactions import MINE, MY_DAY
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.suspension import Suspension
from collab.people.queries.calendars import calendars_of
from collab.work.audience import rooms_of_many
from collab.work.lapsing import settle_lapses
from collab.work.models import OPEN_STATES, Wait, WorkItem
from collab.work.models.wait import EARLIEST
from collab.work.policy import among, is_open, items

from ..calendars import whole_calendar
from ..deadlines import reckon, suspended_days
from ..details import standings_of, statute_in
from ..events import CalendarFollowed, DeadlineMoved, DeadlineReckoned, DeadlineRuleFollowed
from ..models import DeadlineRule, PendingItem
from .rules import terms_for

BATCH = 500
FOLLOWED = (DeadlineReckoned.kind, DeadlineMoved.kind)


@dataclass(frozen=True, slots=True)
class _Due:
    """A deadline that moves."""

    item: WorkItem
    case: PendingItem
    due: date
    suspended: int


@open_command(system)
def follow_rule(_actor: Actor, rule_id: int, after: int = 0) -> int:
    """The next open items that follow a rule take its terms as they are now. Returns how many deadlines moved."""
    rule = session().get_one(DeadlineRule, rule_id)
    rows = _batch(PendingItem.rule_id == rule_id, after)
    if len(rows) == BATCH:
        record(DeadlineRuleFollowed(subject=rule_id, reached=rows[-1][0].id))
    return _reckon_again(rows, "rule", rule)


@command(system, on=items)
def follow_reopened(_actor: Actor, item: WorkItem) -> int:
    """An item that is open again takes the terms that its rule has now, as those did that were open when it changed."""
    row = session().scalar(select(PendingItem).where(PendingItem.item_id == item.id).with_for_update())
    rule = session().get(DeadlineRule, row.rule_id) if row is not None and row.rule_id is not None else None
    if row is None or rule is None or rule.retired_at is not None or item.kind != "pending" or not is_open(item):
        return 0
    return _reckon_again([(item, row)], "rule", rule)


@open_command(system)
def follow_calendar(_actor: Actor, calendar_id: int, after: int = 0) -> int:
    """The next open items of units that go by a calendar are reckoned by its days as they are now. Returns how many
    deadlines moved."""
    units = session().scalars(select(WorkItem.unit_id).where(_open()).distinct()).all()
    going = frozenset(unit for unit, calendar in calendars_of(units).items() if calendar == calendar_id)
    stated = and_(PendingItem.allowed.is_not(None), PendingItem.protocol_on.is_not(None))
    rows = _batch(and_(WorkItem.unit_id == among(going), stated), after) if going else []
    if len(rows) == BATCH:
        record(CalendarFollowed(subject=calendar_id, reached=rows[-1][0].id))
    return _reckon_again(rows, "calendar")


def _open() -> ColumnElement[bool]:
    return and_(WorkItem.kind == "pending", WorkItem.state_kind.in_(OPEN_STATES))


def _reckon_again(rows: list[tuple[WorkItem, PendingItem]], cause: str, rule: DeadlineRule | None = None) -> int:
    take_long()
    calendars: dict[int, WorkingDays] = {}
    by_law = _still_the_laws(rows)
    calendar_of = calendars_of({item.unit_id for item, _case in rows})
    stood = standings_of([item.id for item, _case in rows])
    found = []
    for item, case in rows:
        for name, value in (terms_for(rule, case.source) if rule is not None else {}).items():
            setattr(case, name, value)
        calendar = calendar_of.get(item.unit_id)
        if item.id not in by_law or calendar is None:
            continue
        if calendar not in calendars:
            calendars[calendar] = whole_calendar(session(), calendar)
        due = _due(item, case, calendars[calendar], stood.get(item.id, []))
        if due is not None and due.due != item.due_on:
            found.append(due)
    _move(found, cause)
    session().flush()
    return len(found)


def _batch(which: ColumnElement[bool], last: int) -> list[tuple[WorkItem, PendingItem]]:
    """The next items with their cases, locked in the order of their ids."""
    rows = session().execute(
        select(WorkItem, PendingItem)
        .join(PendingItem, PendingItem.item_id == WorkItem.id)
        .where(which, _open())
        .where(WorkItem.id > last)
        .order_by(WorkItem.id)
        .limit(BATCH)
        .with_for_update(of=WorkItem, key_share=True)
        .execution_options(populate_existing=True)
    )
    return [(item, case) for item, case in rows]


def _still_the_laws(rows: Iterable[tuple[WorkItem, PendingItem]]) -> set[int]:
    """Of these items, those whose due date is the day the ledger last said that it followed from the law."""
    due = {item.id: item.due_on for item, _case in rows}
    said = session().execute(
        select(FactRow.subject_id, FactRow.payload)
        .where(
            FactRow.subject_kind == "work-item",
            FactRow.subject_id == among(frozenset(due)),
            FactRow.kind.in_(FOLLOWED),
        )
        .order_by(FactRow.subject_id, FactRow.id.desc())
        .ext(distinct_on(FactRow.subject_id))
    )
    return {id_ for id_, last in said if last["due_on"] == str(due[id_]) and last.get("by_law", True)}


def _due(item: WorkItem, case: PendingItem, working: WorkingDays, stood: list[Suspension]) -> _Due | None:
    """Where the deadline of an item lies now; None where the calendar ends before it."""
    statute = statute_in(case)
    if statute is None:
        return None
    try:
        found = reckon(statute, working, stood)
    except OutOfCalendar:
        return None
    if found.due is None or (item.start_on is not None and found.due < item.start_on):
        return None
    return _Due(item, case, found.due, suspended_days(found))


def _move(found: list[_Due], cause: str) -> None:
    at = clock.now()
    for one in found:
        one.item.due_on, one.case.suspended_days = one.due, one.suspended
        one.item.changed_at, one.item.version = at, one.item.version + 1
        statute = statute_in(one.case)
        assert statute is not None
        record(
            DeadlineReckoned(
                subject=one.item.id,
                due_on=one.due.isoformat(),
                from_on=statute.from_on.isoformat(),
                days=statute.term.length,
                measure=statute.measure,
                cause=cause,
            ),
            quiet=True,
        )
    session().flush()
    if found:
        moved = frozenset(one.item.id for one in found)
        session().execute(
            update(Wait)
            .where(Wait.item_id == WorkItem.id, WorkItem.id == among(moved))
            .where(Wait.sense == "task", Wait.ended_at.is_(None))
            .values(until=WorkItem.due_on, next_action_at=cast(WorkItem.due_on, DateTime(timezone=True)) - EARLIEST)
            .execution_options(synchronize_session=False)
        )
        settle_lapses(moved, clock.now())
        _hint_readers(moved)


def _hint_readers(moved: frozenset[int]) -> None:
    found = rooms_of_many(session(), moved)

    def say() -> None:
        for item, rooms in found.items():
            hint(rooms, "work-item", item)
        hint({room for rooms in found.values() for room in rooms}, MY_DAY, MINE)

    afterwards(say)
