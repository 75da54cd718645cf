"""On which days a series falls, with what is not worked left out. Called by commands and queries."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import takewhile

from sqlalchemy.orm import Session

from collab.people.calendar.ordinals import OutOfCalendar, WorkingDays

from .calendars import with_working_days
from .recurring import Rule, days_after

Roll = Callable[[date], date]
FAR = 40
"""Days in a row that are not worked, at most."""
STEPS = {"next": timedelta(days=1), "previous": timedelta(days=-1)}


def roller(reading: Session, unit_id: int, how: str) -> Roll:
    """What becomes of a day in a unit: itself, or the next or previous one that is worked there. Beyond the stored
    calendar days stay where they are."""
    if how == "no":
        return lambda day: day

    def roll(day: date) -> date:
        def worked(working: WorkingDays) -> date:
            found = day
            while not working.is_working(found):
                found += STEPS[how]
            return found

        try:
            return with_working_days(reading, unit_id, day - timedelta(days=FAR), FAR, worked)
        except OutOfCalendar:
            return day

    return roll


def falling_from(rule: Rule, begin: date, after: date, first: date, roll: Roll) -> Iterator[date]:
    """The days after `after` on which a series falls that are not before `first`. What lies long before is
    counted past in one walk, and no calendar is asked about it."""
    near = max(after, first - timedelta(days=FAR))
    return (day for day in falling(rule, begin, near, roll) if day >= first)


def newest_until(rule: Rule, begin: date, after: date, until: date, roll: Roll) -> date:
    """The last day on which a series falls after `after` and not after `until`; `after` where there is none. The
    calendar is asked about the last few alone."""
    few = deque(takewhile(lambda day: day <= until, days_after(rule, begin, after)), maxlen=FAR)
    near = few[0] if len(few) == FAR else after
    return max(takewhile(lambda day: day <= until, falling(rule, begin, near, roll)), default=after)


def falling(rule: Rule, begin: date, after: date, roll: Roll) -> Iterator[date]:
    """The days after `after` on which a series falls, in order, each once."""
    last = after
    for day in days_after(rule, begin, after):
        rolled = roll(day)
        if rolled > last:
            yield rolled
            last = rolled
