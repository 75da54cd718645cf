"""Tasks that come again: the rule set, changed from here on, stopped; and the next task made, once for each day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select, update

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.envelope import attempt, command, open_command, record, session, system
from collab.core.errors import Conflict, Invalid, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.commands import cancel
from collab.work.desks import organisation_zone
from collab.work.forms import Cancel
from collab.work.models import WorkItem
from collab.work.policy import is_open, items, may_change

from ..copying import copy_of
from ..falling import falling, newest_until, roller
from ..recurring import from_text, to_text
from ..recurring_events import (
    ItemCameAgain,
    RecurrenceChanged,
    RecurrenceFailed,
    RecurrenceOver,
    RecurrenceSet,
    RecurrenceStopped,
)
from ..recurring_forms import NEVER, RecurrenceForm
from ..recurring_models import Recurrence, RecurrenceItem

CLOSED = N_("This item is finished; open it again to let it come again.")
ONLY_TASKS = N_("Only tasks come again.")
OPEN_AGAIN = N_("The one before it was opened again.")


@command(may_change, on=items)
def set_recurrence(actor: Actor, item: WorkItem, form: RecurrenceForm) -> int:
    """Let a task come again, or change from here on when it does. Returns the series."""
    if item.kind != "task":
        raise Conflict(_(ONLY_TASKS))
    if not is_open(item):
        raise Conflict(_(CLOSED))
    today = _today()
    series = _series(item.id)
    made = series is None
    if series is None:
        begin = item.due_on or today
        series = Recurrence(last_item_id=item.id, created_by=actor.person_id, created_at=clock.now(), last_on=begin)
        series.begin_on, series.version = begin, 1
    else:
        series.version += 1
        if form.mode != series.mode or not _falls_alike(series.rule, form):
            series.begin_on = series.last_on
    series.rule, series.mode, series.roll = to_text(form.rule()), form.mode, form.roll
    series.ahead, series.times_left, series.not_before = form.ahead, form.times, None
    _look_ahead(series, item.unit_id, today)
    if series.next_on is None:
        raise wrong("until", _(NEVER))
    if series.mode == "on-done":
        series.next_on = series.make_on = None
    if made:
        session().add(series)
        session().flush()
        session().add(RecurrenceItem(recurrence_id=series.id, day=series.last_on, item_id=item.id))
    session().flush()
    record((RecurrenceSet if made else RecurrenceChanged)(subject=item.id, series=series.id))
    return series.id


@command(may_change, on=items)
def stop_recurrence(_actor: Actor, item: WorkItem) -> int:
    """Let a task come no more. What came already stays. Raises NotFound where it does not come again."""
    series = _series(item.id)
    if series is None:
        raise NotFound
    _end(series, "stopped")
    record(RecurrenceStopped(subject=item.id, series=series.id))
    return series.id


@open_command(system)
def make_next(_actor: Actor, series_id: int) -> int | None:
    """Make the task of a series that is due, if it still is. Returns the task; None where nothing was to be made.

    Several days missed make one task, for the newest of them.
    """
    series = session().scalar(
        select(Recurrence).where(Recurrence.id == series_id, Recurrence.ended_at.is_(None)).with_for_update()
    )
    if series is None:
        return None
    last = (
        session()
        .scalars(select(WorkItem).where(WorkItem.id == series.last_item_id).with_for_update(key_share=True))
        .one()
    )
    today = _today()
    if not _is_due(series, last, today):
        return None
    day = _due_day(series, last, today)
    if day is None:
        _end(series, "over")
        record(RecurrenceOver(subject=last.id, series=series.id))
        return None
    try:
        with attempt():
            made = copy_of(series.created_by, last, day)
    except Invalid:
        _end(series, "failed")
        record(RecurrenceFailed(subject=last.id, series=series.id))
        return None
    session().add(RecurrenceItem(recurrence_id=series.id, day=day, item_id=made.id))
    record(ItemCameAgain(subject=made.id, series=series.id, before=last.id))
    series.last_item_id, series.last_on, series.version = made.id, day, series.version + 1
    series.times_left = None if series.times_left is None else series.times_left - 1
    _look_ahead(series, made.unit_id, today)
    if series.times_left == 0 or (series.mode == "on-date" and series.next_on is None):
        _end(series, "over")
    elif series.mode == "on-done":
        series.next_on = series.make_on = None
    session().flush()
    return made.id


@open_command(system)
def try_again_later(_actor: Actor, series_id: int) -> int:
    """Something went wrong with a series: look at it again in an hour, so that the others need not wait for it."""
    later = clock.now() + timedelta(hours=1)
    session().execute(update(Recurrence).where(Recurrence.id == series_id).values(not_before=later))
    return series_id


@open_command(system)
def take_back_next(_actor: Actor, item_id: int) -> int | None:
    """A task that comes again when it is done is open again: the one made after it is given up, if nobody has touched
    it, and will be made anew. Returns that one; None where there was nothing to take back."""
    series = _series(item_id)
    if series is None or series.mode != "on-done" or series.last_item_id == item_id:
        return None
    days = session().execute(
        select(RecurrenceItem.day, RecurrenceItem.item_id)
        .where(RecurrenceItem.recurrence_id == series.id)
        .order_by(RecurrenceItem.day.desc())
        .limit(2)
    )
    rows = days.all()
    made = (
        session()
        .scalars(select(WorkItem).where(WorkItem.id == series.last_item_id).with_for_update(key_share=True))
        .one()
    )
    if [row.item_id for row in rows] != [made.id, item_id] or made.version > 1 or made.state_kind != "new":
        return None
    cancel(SYSTEM, made.id, Cancel(reason=_(OPEN_AGAIN)))
    gone = session().get_one(RecurrenceItem, (series.id, rows[0].day))
    session().delete(gone)
    series.last_item_id, series.last_on, series.version = item_id, rows[1].day, series.version + 1
    series.times_left = None if series.times_left is None else series.times_left + 1
    session().flush()
    return made.id


def _falls_alike(rule: str, form: RecurrenceForm) -> bool:
    """Whether the days go on as they fell, whenever they end: a series of the 31st stays one, although its last day may
    have been the 30th."""
    return replace(from_text(rule), until=None) == replace(form.rule(), until=None)


def _today() -> date:
    return clock.now().astimezone(organisation_zone()).date()


def _series(item_id: int) -> Recurrence | None:
    """The running series of an item, locked."""
    return session().scalar(
        select(Recurrence)
        .join(RecurrenceItem, RecurrenceItem.recurrence_id == Recurrence.id)
        .where(RecurrenceItem.item_id == item_id, Recurrence.ended_at.is_(None))
        .with_for_update(of=Recurrence)
    )


def _look_ahead(series: Recurrence, unit_id: int, today: date) -> None:
    """When the next one is: after the last, or of one counted from its end as if it were finished today."""
    rule, roll = from_text(series.rule), roller(session(), unit_id, series.roll)
    begin, after = (series.begin_on, series.last_on) if series.mode == "on-date" else (today, today)
    series.next_on = next(falling(rule, begin, after, roll), None)
    series.make_on = series.next_on - timedelta(days=series.ahead) if series.next_on else None


def _is_due(series: Recurrence, last: WorkItem, today: date) -> bool:
    if series.mode == "on-done":
        return last.closed_at is not None
    return series.make_on is not None and series.make_on <= today


def _due_day(series: Recurrence, last: WorkItem, today: date) -> date | None:
    """The day of the task to be made: of those missed the newest; or the first after the last one was finished on
    which the series has none yet."""
    rule, roll = from_text(series.rule), roller(session(), last.unit_id, series.roll)
    if series.mode == "on-date":
        assert series.next_on is not None
        return newest_until(rule, series.begin_on, series.next_on, today + timedelta(days=series.ahead), roll)
    done = (last.closed_at or clock.now()).astimezone(organisation_zone()).date()
    return next(_free(series.id, falling(rule, done, done, roll)), None)


def _free(series_id: int, days: Iterator[date]) -> Iterator[date]:
    taken = set(session().scalars(select(RecurrenceItem.day).where(RecurrenceItem.recurrence_id == series_id)))
    return (day for day in days if day not in taken)


def _end(series: Recurrence, how: str) -> None:
    series.ended_at, series.ended_how, series.next_on, series.make_on = clock.now(), how, None, None
    series.version += 1
    session().flush()
