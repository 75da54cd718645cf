"""On which day and at which hour a list comes by mail. Pure."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from collab.core import dates
from collab.core.dates import Calendar

from ..manner import Manner, WorksOn, digest_from

MONDAY: Final = 0
SATURDAY: Final = 5
FARTHEST: Final = 62


def next_letter(
    rhythm: str, hour: int, after: datetime, time_zone: str, calendar: Calendar, manner: Manner, works_on: WorksOn
) -> datetime:
    """The first instant after `after` at which a list of this rhythm (workday, week, month) is due.

    What falls on a free day, or on one on which its reader is away, waits for the next day on which they work; what
    falls into quiet hours for their end.
    """
    day = dates.local_day(after, time_zone)
    for ahead in range(FARTHEST):
        asked = day + timedelta(days=ahead)
        at = dates.instant_of(asked, time(hour), time_zone)
        if at > after and _begins(rhythm, asked, calendar):
            return held_back(hour, at, time_zone, manner, works_on)
    raise AssertionError(f"no day of {rhythm} within {FARTHEST} days")  # pragma: no cover


def held_back(hour: int, moment: datetime, time_zone: str, manner: Manner, works_on: WorksOn) -> datetime:
    """The first instant from `moment` on at which the letter may come: its reader works on that day."""
    return digest_from(replace(manner, digest_hour=hour, working_days=True), moment, time_zone, works_on)


def first_of_week(calendar: Calendar) -> int:
    """On which day of the week (0 is Monday) a list of the week comes."""
    return SATURDAY if calendar == "jalali" else MONDAY


def _begins(rhythm: str, day: date, calendar: Calendar) -> bool:
    if rhythm == "week":
        return day.weekday() == first_of_week(calendar)
    return rhythm == "workday" or dates.parts(day, calendar)[2] == 1
