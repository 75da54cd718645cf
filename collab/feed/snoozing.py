"""When a line of the inbox that is put off comes back. Pure."""

from datetime import date, datetime, time, timedelta
from typing import Final

from collab.core import dates

MORNING: Final = time(8)
HOURS: Final = timedelta(hours=3)
LATEST: Final = 17
"""From this hour on nothing is put off to later today."""


def morning_of(day: date, time_zone: str) -> datetime:
    """When the working day begins on the wall clock of `time_zone`."""
    return dates.instant_of(day, MORNING, time_zone)


def moments(now: datetime, time_zone: str, *, week_begins: int = 0) -> dict[str, datetime]:
    """The usual moments after `now`: later today, tomorrow, the beginning of next week (Monday is 0), in a month."""
    today = dates.local_day(now, time_zone)
    to_next_week = (week_begins - today.weekday() - 1) % 7 + 1
    found = {}
    if int(dates.clock(now, time_zone, locale="en")[:2]) < LATEST:
        found["today"] = (now + HOURS).replace(second=0, microsecond=0)
    for code, days in (("tomorrow", 1), ("week", to_next_week), ("month", 30)):
        found[code] = morning_of(today + timedelta(days=days), time_zone)
    return found
