"""The working days of a unit around some day, read from the stored calendar. Called by commands and queries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collab.people.calendar.days import CalendarDay
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.rules import BadRule
from collab.people.models import Organisation, Unit, UnitClosure, WorkingDay

R = TypeVar("R")

EVE: Final = timedelta(days=8)
AFTER: Final = 60


def with_working_days(reading: Session, unit_id: int, first: date, days: int, count: Callable[[WorkingDays], R]) -> R:
    """What `count` makes of the working days of the unit around `first` and for about `days` after it.

    A few hundred days are read instead of twenty years; when they turn out too few, more are. Raises OutOfCalendar
    where the stored calendar itself ends.
    """
    length = 2 * days + AFTER
    while True:
        found = _read(reading, unit_id, first - EVE, first + timedelta(days=length))
        try:
            return count(WorkingDays(found))
        except BadRule as error:
            raise OutOfCalendar(str(error)) from error
        except OutOfCalendar:
            if found[-1].day < first + timedelta(days=length):
                raise
            length *= 4


def _read(reading: Session, unit_id: int, first: date, last: date) -> list[CalendarDay]:
    """Days of the unit's own calendar, that of the nearest unit above with one, or the organisation's; one query."""
    own = (
        select(Unit.calendar_id)
        .join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
        .where(UnitClosure.descendant_id == unit_id, Unit.calendar_id.is_not(None))
        .order_by(UnitClosure.depth)
        .limit(1)
        .scalar_subquery()
    )
    everybodys = select(Organisation.calendar_id).scalar_subquery()
    rows = reading.execute(
        select(WorkingDay.day, WorkingDay.working)
        .where(WorkingDay.calendar_id == func.coalesce(own, everybodys), WorkingDay.day.between(first, last))
        .order_by(WorkingDay.day)
    )
    return [CalendarDay(day, working, {}) for day, working in rows]


def whole_calendar(reading: Session, calendar_id: int) -> WorkingDays:
    """Every day that is stored of a calendar, for reckoning many deadlines; one query. Raises BadRule when empty."""
    rows = reading.execute(
        select(WorkingDay.day, WorkingDay.working).where(WorkingDay.calendar_id == calendar_id).order_by(WorkingDay.day)
    )
    return WorkingDays(CalendarDay(day, working, {}) for day, working in rows)
