"""The two ways of reckoning years: Gregorian, and Jalali, the solar calendar of Iran.

Jalali years come from the library `jdatetime`; its leap years agree with the official ones (1399, 1403, 1408 …).
"""

from datetime import date, timedelta
from typing import Literal

import jdatetime

Calendar = Literal["gregorian", "jalali"]
Style = Literal["numeric", "day", "short", "long", "month", "weekday"]


def parts(day: date, calendar: Calendar) -> tuple[int, int, int]:
    """Year, month and day of the month in that calendar."""
    if calendar == "gregorian":
        return day.year, day.month, day.day
    jalali = jdatetime.date.fromgregorian(date=day)
    return jalali.year, jalali.month, jalali.day


def day_of(year: int, month: int, number: int, calendar: Calendar) -> date:
    """The day with these parts. Raises ValueError when that calendar has no such day."""
    if calendar == "gregorian":
        return date(year, month, number)
    gregorian: date = jdatetime.date(year, month, number).togregorian()
    return gregorian


def month_of(day: date, calendar: Calendar) -> tuple[date, date]:
    """The first and the last day of the month that holds `day`, as that calendar counts months."""
    year, month, number = parts(day, calendar)
    first = day - timedelta(days=number - 1)
    after = day_of(year + month // 12, month % 12 + 1, 1, calendar)
    return first, after - timedelta(days=1)
