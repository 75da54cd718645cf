"""What time sets off here: tasks that come again, and reminders."""

import logging
from typing import Final

from sqlalchemy import Date, and_, cast, func, or_, select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.people.models import Organisation
from collab.work.models import WorkItem

from .commands.recurring import make_next, try_again_later
from .commands.reminders import follow_due_days, remind
from .recurring_models import Recurrence
from .reminder_models import Reminder

log = logging.getLogger(__name__)

BATCH: Final = 200


def sweep_recurrences() -> None:
    """Every so often: has the day of some series come, or was the last task of one finished?"""
    for series in due_series():
        try:
            make_next(SYSTEM, series)
        except Exception:
            log.exception("making the next task of series %s failed", series)
            try_again_later(SYSTEM, series)


def due_series() -> list[int]:
    """Series whose next task is to be made now, by the day of the organisation; two stretches of small indexes."""
    reading, now = db.session(), clock.now()
    today = select(cast(func.timezone(Organisation.time_zone, now), Date)).scalar_subquery()
    running = and_(Recurrence.ended_at.is_(None), or_(Recurrence.not_before.is_(None), Recurrence.not_before <= now))
    on_date = select(Recurrence.id).where(running, Recurrence.make_on.is_not(None), Recurrence.make_on <= today)
    on_done = (
        select(Recurrence.id)
        .join(WorkItem, WorkItem.id == Recurrence.last_item_id)
        .where(running, Recurrence.mode == "on-done", WorkItem.closed_at.is_not(None))
    )
    found = [
        *reading.scalars(on_date.order_by(Recurrence.make_on).limit(BATCH)),
        *reading.scalars(on_done.limit(BATCH)),
    ]
    reading.rollback()
    return found


def sweep_reminders() -> None:
    """Every few seconds: did a due day move from which some reminder counts, and has the time of any come?"""
    moved = _moved()
    if moved:
        follow_due_days(SYSTEM, moved)
    come = (
        select(Reminder.id)
        .where(Reminder.done_at.is_(None), Reminder.at.is_not(None), Reminder.at <= clock.now())
        .order_by(Reminder.at)
        .limit(BATCH)
    )
    ids = list(db.session().scalars(come))
    db.session().rollback()
    if ids:
        remind(SYSTEM, ids)


def _moved() -> list[int]:
    """Reminders that count from another due day than the item has now; a stretch of a small index."""
    query = (
        select(Reminder.id)
        .join(WorkItem, WorkItem.id == Reminder.item_id)
        .where(
            Reminder.done_at.is_(None), Reminder.before.is_not(None), Reminder.due_on.is_distinct_from(WorkItem.due_on)
        )
        .limit(BATCH)
    )
    found = list(db.session().scalars(query))
    db.session().rollback()
    return found
