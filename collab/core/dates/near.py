"""Days and instants near now, in words: today, in 3 days, 5 minutes ago."""

from datetime import date, datetime
from functools import lru_cache
from typing import Final

from ..i18n import _, comma, ngettext, speaking
from ..i18n import locale as spoken
from .clock_time import clock, local_day
from .reckoning import Calendar
from .shown import digits, shown

NEAR: Final = 7
"""Days beyond which a date says more than a distance."""


def near_day(day: date, today: date, *, calendar: Calendar = "gregorian", locale: str | None = None) -> str:
    """ "today", "tomorrow", "in 3 days", "3 days ago" within a week of `today`; else the date, short."""
    distance = (day - today).days
    language = locale or spoken()
    if abs(distance) <= NEAR:
        return _in_days(distance, language)
    return shown(day, "short", calendar=calendar, locale=language)


def near_instant(
    instant: datetime,
    now: datetime,
    time_zone: str,
    *,
    calendar: Calendar = "gregorian",
    locale: str | None = None,
) -> str:
    """ "just now", "5 minutes ago", the time for earlier today, "yesterday, 14:05" for yesterday; else as `near_day`.

    Instants to come are told by day and time.
    """
    language = locale or spoken()
    ago = (now - instant).total_seconds()
    if 0 <= ago < 3600:
        return _minutes_ago(int(ago // 60), language)
    day, today = local_day(instant, time_zone), local_day(now, time_zone)
    at = clock(instant, time_zone, locale=language)
    if day == today:
        return at
    text = near_day(day, today, calendar=calendar, locale=language)
    return f"{text}{comma(language)}{at}" if abs((day - today).days) <= 1 or ago < 0 else text


@lru_cache(maxsize=256)
def _in_days(distance: int, locale: str) -> str:
    with speaking(locale):
        if distance == 0:
            return _("today")
        if distance == 1:
            return _("tomorrow")
        if distance == -1:
            return _("yesterday")
        count = digits(abs(distance), locale)
        if distance > 0:
            return ngettext("in %(count)s day", "in %(count)s days", distance, count=count)
        return ngettext("%(count)s day ago", "%(count)s days ago", -distance, count=count)


@lru_cache(maxsize=256)
def _minutes_ago(minutes: int, locale: str) -> str:
    with speaking(locale):
        if minutes == 0:
            return _("just now")
        count = digits(minutes, locale)
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes, count=count)
