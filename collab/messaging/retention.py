"""How long what was said is kept: reckoned in calendar months. Pure."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

GRACE: Final = timedelta(days=7)
"""A stricter rule removes nothing before these days have passed: time to see a mistake and take it back."""


def oldest_kept(day: date, months: int) -> date:
    """The first day whose messages are still kept on `day` under a rule of so many months."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def begins(today: date, months: int, known: tuple[int, date] | None) -> date:
    """The day from which a rule of so many months removes: at once where the one before was as strict already."""
    if known is not None and known[0] <= months:
        return known[1]
    return today + GRACE
