"""Moving the deadline of a pending item after its clock stood still."""

from datetime import date, datetime

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session, system
from collab.core.facts import FactRow
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.suspension import Suspension
from collab.work.ball import settle
from collab.work.desks import organisation_day
from collab.work.models import WorkItem
from collab.work.policy import is_open, items
from collab.work.undoing import CLOSING

from ..calendars import with_working_days
from ..deadlines import Moved, after_standing
from ..details import statute_in, stood_still
from ..events import DeadlineMoved
from ..models import PendingItem


@command(system, on=items)
def move_deadline(_actor: Actor, item: WorkItem, resumed_at: datetime, *, opened_again: bool = False) -> bool:
    """The clock had run again by `resumed_at`: what stood still is added to the deadline. Whether it moved.

    An item without a due date, or one that is a task by now, has nothing to move. One that is finished is looked at
    when it is opened again, lest its closing could not be undone any more.
    """
    row = session().scalar(select(PendingItem).where(PendingItem.item_id == item.id).with_for_update())
    if row is None or item.kind != "pending" or item.due_on is None or not is_open(item):
        return False
    standings = stood_still(item.id, resumed_at)
    if not standings:
        return False
    if opened_again and (standings[-1].until != _closed_on(item.id) or _moved_for(item.id, standings[-1])):
        return False
    before, last = item.due_on, standings[-1]

    def count(working: WorkingDays) -> Moved:
        return after_standing(before, statute_in(row), row.measure, row.suspended_days, standings, working)

    first = min(before, row.protocol_on or before, standings[0].since)
    span = (max(before, last.until or before) - first).days
    try:
        moved = with_working_days(session(), item.unit_id, first, span, count)
    except OutOfCalendar:
        return False  # a calendar that ends says nothing about this deadline; it stays where it is
    if moved.due == before:
        return False
    _write(item, row, moved, before, (last.since, last.until or before))
    settle(item, item.created_by, clock.now())
    return True


def _closed_on(item_id: int) -> date | None:
    """The day on which an item that is open again was closed last."""
    at = session().scalar(
        select(FactRow.at)
        .where(FactRow.subject_kind == "work-item", FactRow.subject_id == item_id, FactRow.kind.in_(CLOSING))
        .order_by(FactRow.id.desc())
        .limit(1)
    )
    return organisation_day(at) if at is not None else None


def _moved_for(item_id: int, standing: Suspension) -> bool:
    """Whether the deadline moved for this standing before: the item may have been closed and opened again since."""
    moved = session().scalar(
        select(FactRow.payload)
        .where(FactRow.subject_kind == "work-item", FactRow.subject_id == item_id, FactRow.kind == DeadlineMoved.kind)
        .order_by(FactRow.id.desc())
        .limit(1)
    )
    ends = str(standing.since), str(standing.until)
    return moved is not None and (moved["stopped_on"], moved["resumed_on"]) == ends


def _write(item: WorkItem, row: PendingItem, moved: Moved, before: date, standing: tuple[date, date]) -> None:
    record(
        DeadlineMoved(
            subject=item.id,
            before=before.isoformat(),
            due_on=moved.due.isoformat(),
            days=moved.suspended - row.suspended_days,
            measure="working-days" if row.measure == "working-days" else "days",
            stopped_on=standing[0].isoformat(),
            resumed_on=standing[1].isoformat(),
            by_law=moved.by_law,
        )
    )
    item.due_on, row.suspended_days = moved.due, moved.suspended
