"""Reminders: set and taken away by each for themselves, come at their time, and follow a due day that moves."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session, system
from collab.core.errors import Conflict, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Person
from collab.work.desks import organisation_day
from collab.work.models import WorkItem
from collab.work.policy import is_open, items
from collab.work.reminder_events import ReminderCame

from ..policy import may_set_reminder
from ..quick import Today
from ..quick.moments import Moment, moment_in
from ..reminder_forms import ReminderForm
from ..reminder_models import Reminder

MOST = 20
CLOSED = N_("This item is finished; there is nothing to be reminded of.")
OVER = N_("This moment is over.")
NOT_READ = N_("Say it like “tomorrow 9:00”, “Friday at 10”, “3 days before due” or “in 2 hours”.")
NO_DUE = N_("This item has no due day to count from.")
TOO_MANY = N_("You have %(most)s reminders of this item already.")


@command(may_set_reminder, on=items, lock=False)
def set_reminder(actor: Actor, item: WorkItem, form: ReminderForm) -> int:
    """Be reminded of an item. The same moment twice is one. Returns the reminder."""
    if not is_open(item):
        raise Conflict(_(CLOSED))
    moment, field = _moment(actor, form)
    now = clock.now()
    at = _instant(actor, moment, item.due_on, now)
    if moment.before is not None and item.due_on is None:
        raise wrong(field, _(NO_DUE))
    if at is None or at <= now:
        raise wrong(field, _(OVER))
    own = (Reminder.person_id == actor.person_id, Reminder.item_id == item.id, Reminder.done_at.is_(None))
    standing = session().scalar(select(Reminder.id).where(*own, Reminder.at == at))
    if standing is not None:
        return standing
    if (session().scalar(select(func.count()).select_from(Reminder).where(*own)) or 0) >= MOST:
        raise wrong(field, _(TOO_MANY, most=MOST))
    relative = moment.before is not None
    made = Reminder(
        person_id=actor.person_id, item_id=item.id, at=at, before=moment.before,
        clock=moment.clock if relative else None, due_on=item.due_on if relative else None, created_at=now,
    )  # fmt: skip
    session().add(made)
    session().flush()
    return made.id


@command(may_set_reminder, on=items, lock=False)
def remove_reminder(actor: Actor, item: WorkItem, reminder_id: int) -> int:
    """Not be reminded any more. Raises NotFound for a reminder that is not one's own."""
    found = session().scalar(
        select(Reminder).where(
            Reminder.id == reminder_id, Reminder.item_id == item.id, Reminder.person_id == actor.person_id,
            Reminder.done_at.is_(None),
        )
    )  # fmt: skip
    if found is None:
        raise NotFound
    session().delete(found)
    session().flush()
    return item.id


@open_command(system)
def remind(_actor: Actor, ids: list[int]) -> int:
    """Tell those reminders whose time has come; what is closed by now is told of no more. Returns how many."""
    now, told = clock.now(), 0
    rows = session().execute(
        select(Reminder, WorkItem.closed_at)
        .join(WorkItem, WorkItem.id == Reminder.item_id)
        .where(Reminder.id.in_(ids), Reminder.done_at.is_(None), Reminder.at <= now)
        .order_by(Reminder.id)
        .with_for_update(of=Reminder, skip_locked=True)
    )
    for reminder, closed in rows.all():
        reminder.done_at = now
        if closed is None:
            record(ReminderCame(subject=reminder.id, person=reminder.person_id, about=reminder.item_id))
            told += 1
    session().flush()
    return told


@open_command(system)
def follow_due_days(_actor: Actor, ids: list[int]) -> int:
    """Reminders before a due day that moved go with it. Returns how many."""
    now = clock.now()
    rows = session().execute(
        select(Reminder, WorkItem.due_on, Person.time_zone)
        .join(WorkItem, WorkItem.id == Reminder.item_id)
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.id.in_(ids), Reminder.done_at.is_(None))
        .order_by(Reminder.id)
        .with_for_update(of=Reminder)
    )
    moved = rows.all()
    for reminder, due, zone in moved:
        reminder.due_on = due
        at = _before_due(due, reminder.before, reminder.clock, zone) if due is not None else None
        # A due day that moved to the past, or near, is told at once rather than never.
        reminder.at = max(at, now) if at is not None else None
    session().flush()
    return len(moved)


def _moment(actor: Actor, form: ReminderForm) -> tuple[Moment, str]:
    if form.day is not None:
        return Moment(day=form.day, clock=form.wall), "day"
    if form.before is not None:
        return Moment(before=form.before, clock=form.wall), "before"
    today = organisation_day()
    found = moment_in(form.text, Today(today, actor.calendar))  # type: ignore[arg-type]
    if found is None:
        raise wrong("text", _(NOT_READ))
    return found, "text"


def _instant(actor: Actor, moment: Moment, due: date | None, now: datetime) -> datetime | None:
    zone = actor.time_zone
    if moment.minutes is not None:
        return (now + timedelta(minutes=moment.minutes)).replace(second=0, microsecond=0)
    if moment.before is not None:
        return _before_due(due, moment.before, moment.clock, zone) if due is not None else None
    if moment.day is not None:
        return dates.instant_of(moment.day, moment.clock, zone)
    today = dates.local_day(now, zone)
    at = dates.instant_of(today, moment.clock, zone)
    return at if at > now else dates.instant_of(today + timedelta(days=1), moment.clock, zone)


def _before_due(due: date, before: Any, wall: Any, zone: str) -> datetime:
    return dates.instant_of(due - timedelta(days=before or 0), wall, zone)
