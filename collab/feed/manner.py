"""When letters may come to somebody: the hour of the digest, quiet hours, working days. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from collab.core import dates

WorksOn = Callable[[date], bool]

SETTLE: Final = timedelta(minutes=2)
"""How long a letter that goes out at once waits: what is read meanwhile is not told again, a burst is one letter."""
FARTHEST: Final = 60
"""Days ahead after which a calendar without work no longer holds a letter back."""


@dataclass(frozen=True, slots=True)
class Manner:
    """Hours of the person's own clock. From `quiet_from` to `quiet_until` letters wait; the same hour twice means that
    there are no quiet hours. With `working_days` they wait over free days and absences as well."""

    mails: bool = True
    digest_hour: int = 8
    quiet_from: int = 19
    quiet_until: int = 7
    working_days: bool = True
    inbox_by: str = "day"

    def is_quiet(self, hour: int) -> bool:
        """Whether letters wait at this hour of the day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def next_digest(manner: Manner, now: datetime, time_zone: str) -> datetime:
    """The next instant after `now` at which the clock on this person's wall shows the hour of their digest."""
    day = dates.local_day(now, time_zone)
    at = dates.instant_of(day, time(manner.digest_hour), time_zone)
    return at if at > now else dates.instant_of(day + timedelta(days=1), time(manner.digest_hour), time_zone)


def free_from(manner: Manner, moment: datetime, time_zone: str, works_on: WorksOn) -> datetime:
    """The first instant from `moment` on at which a letter may come: on a working day, outside quiet hours."""
    here = moment.astimezone(ZoneInfo(time_zone))
    if not _is_free_day(manner, here.date(), works_on) and not manner.is_quiet(here.hour):
        return moment
    for ahead in range(FARTHEST):
        day = here.date() + timedelta(days=ahead)
        if _is_free_day(manner, day, works_on):
            continue
        for hour in range(here.hour if not ahead else 0, 24):
            if not manner.is_quiet(hour):
                return max(moment, dates.instant_of(day, time(hour), time_zone))
    return moment


def digest_from(manner: Manner, moment: datetime, time_zone: str, works_on: WorksOn) -> datetime:
    """The first instant from `moment` on for a digest: at its hour on a working day, or when quiet hours end on it."""
    day = dates.local_day(moment, time_zone)
    for ahead in range(FARTHEST):
        at = dates.instant_of(day + timedelta(days=ahead), time(manner.digest_hour), time_zone)
        if at >= moment and not _is_free_day(manner, day + timedelta(days=ahead), works_on):
            return free_from(manner, at, time_zone, works_on)
    return moment


def _is_free_day(manner: Manner, day: date, works_on: WorksOn) -> bool:
    return manner.working_days and not works_on(day)
