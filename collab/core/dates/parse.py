"""Days that people type. Years from 1200 to 1499 are Jalali ones, whatever calendar the person reads."""

import re
from datetime import date
from typing import Final

from ..text.fold import fold
from .names import MONTHS, MONTHS_ALONE, SHORT_MONTHS
from .reckoning import Calendar, day_of

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2120, 12, 31)
LONGEST: Final = 60

_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_NAMED: Final = re.compile(r"(?:[^\W\d]+,? )?(\d{1,2})\.? ([^\W\d]+),? (\d{4})")
_MONTH_NUMBERS: Final[dict[tuple[str, Calendar], int]] = {
    (fold(name), calendar): number
    for table in (MONTHS, SHORT_MONTHS, MONTHS_ALONE)
    for (_locale, calendar), names in table.items()
    for number, name in enumerate(names, start=1)
}


class BadDay(ValueError):
    """What was typed is no day. `code`: not-a-day (not understood), no-such-day (31 April), too-far."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_day(text: str, *, calendar: Calendar = "gregorian") -> date:
    """The day meant by 2026-03-05, 5/3/2026, 5.3.26, 1404/12/14, 14/12/1404 or "5 March 2026", in any digits.

    The month is never first. A year of two digits is one of this century; in the Jalali calendar it is refused,
    since 04/05/06 has no sure reading there. Raises BadDay.
    """
    typed = fold(text) if len(text) <= LONGEST else ""
    if match := _YEAR_FIRST.fullmatch(typed):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(typed):
        year = match[3]
        if len(year) == 2 and calendar == "jalali":
            raise BadDay("not-a-day")
        return _day(int(year) + (2000 if len(year) == 2 else 0), int(match[2]), int(match[1]))
    if match := _NAMED.fullmatch(typed):
        year_number = int(match[3])
        month = _MONTH_NUMBERS.get((match[2], _calendar_of(year_number)))
        if month is not None:
            return _day(year_number, month, int(match[1]))
    raise BadDay("not-a-day")


def _calendar_of(year: int) -> Calendar:
    return "jalali" if 1200 <= year < 1500 else "gregorian"


def _day(year: int, month: int, number: int) -> date:
    try:
        day = day_of(year, month, number, _calendar_of(year))
    except ValueError:
        raise BadDay("no-such-day") from None
    if not EARLIEST <= day <= LATEST:
        raise BadDay("too-far")
    return day
