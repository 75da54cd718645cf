"""The working days of a unit around some day, read from the stored calendar. Called by commands and queries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.people.calendar.days import CalendarDay
from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays
from collab.people.calendar.rules import BadRule
from collab.people.models import Organisation, Unit, UnitClosure, WorkingDay

R = TypeVar("R")

EVE: Final = timedelta(days=8)
AFTER: Final = 60


def calendar_of(reading: Session, unit_id: int) -> int | None:
    """The calendar of a unit: its own, that of the nearest unit above, or the organisation's."""
    own = (
        select(Unit.calendar_id)
        .join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
        .where(UnitClosure.descendant_id == unit_id, Unit.calendar_id.is_not(None))
        .order_by(UnitClosure.depth)
        .limit(1)
    )
    found: int | None = reading.scalar(own)
    return found if found is not None else reading.scalar(select(Organisation.calendar_id))


def with_working_days(reading: Session, unit_id: int, first: date, days: int, count: Callable[[WorkingDays], R]) -> R:
    """What `count` makes of the working days of the unit around `first` and for about `days` after it.

    A few hundred days are read instead of a century; when they turn out too few, more are. Raises OutOfCalendar where
    the stored calendar itself ends.
    """
    calendar = calendar_of(reading, unit_id)
    length = 2 * days + AFTER
    while True:
        found = _read(reading, calendar, first - EVE, first + timedelta(days=length))
        try:
            return count(WorkingDays(found))
        except BadRule as error:
            raise OutOfCalendar(str(error)) from error
        except OutOfCalendar:
            if not found or found[-1].day < first + timedelta(days=length):
                raise
            length *= 4


def _read(reading: Session, calendar: int | None, first: date, last: date) -> list[CalendarDay]:
    rows = reading.execute(
        select(WorkingDay.day, WorkingDay.working)
        .where(WorkingDay.calendar_id == calendar, WorkingDay.day.between(first, last))
        .order_by(WorkingDay.day)
    )
    return [CalendarDay(day, working, {}) for day, working in rows]
