"""Instants and local time. An instant is kept in UTC; a person's time zone says what the clock on the wall shows.

Twice a year the wall clock jumps. An hour that does not exist is moved forward by the jump, as clocks are; of an
hour that comes twice the first is meant (PEP 495, fold = 0).
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ..i18n import comma
from ..i18n import locale as spoken
from .reckoning import Calendar, Style
from .shown import digits, shown


def local_day(instant: datetime, time_zone: str) -> date:
    """The calendar day of an aware instant in `time_zone` (an IANA name)."""
    return _local(instant, time_zone).date()


def clock(instant: datetime, time_zone: str, *, locale: str | None = None) -> str:
    """The wall clock at an aware instant, 24 hours: 14:05."""
    return digits(f"{_local(instant, time_zone):%H:%M}", locale)


def shown_instant(
    instant: datetime,
    time_zone: str,
    style: Style = "short",
    *,
    calendar: Calendar = "gregorian",
    locale: str | None = None,
) -> str:
    """Day and wall clock of an aware instant: 5 Mar 2026, 14:05."""
    here = _local(instant, time_zone)
    language = locale or spoken()
    return (
        shown(here.date(), style, calendar=calendar, locale=language)
        + comma(language)
        + digits(f"{here:%H:%M}", language)
    )


def instant_of(day: date, wall: time, time_zone: str) -> datetime:
    """The UTC instant at which the wall clock in `time_zone` shows `wall` on `day`."""
    return datetime.combine(day, wall.replace(tzinfo=None, fold=0), ZoneInfo(time_zone)).astimezone(UTC)


def _local(instant: datetime, time_zone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant is aware")
    return instant.astimezone(ZoneInfo(time_zone))
