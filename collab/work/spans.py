"""The month or week of a calendar that holds a day, in the calendar a person goes by. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from collab.core.dates import Calendar, month_of

Span = Literal["month", "week"]
WEEK: Final = 7
BEGINS: Final[dict[str, int]] = {"gregorian": 0, "jalali": 5}
"""With which weekday a week begins; Monday is 0."""
EARLIEST, LATEST = date(1901, 1, 1), date(2119, 12, 31)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a calendar shows: whole weeks from `first` to `last`, of which those from `begin` to `end` are meant;
    `before` and `after` are days of the stretches beside it."""

    first: date
    last: date
    begin: date
    end: date
    before: date
    after: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def stretch(span: Span, day: date, calendar: Calendar) -> Stretch:
    """The month or week that holds `day`. Days far off are taken for the first or last that calendars know."""
    day = min(max(day, EARLIEST), LATEST)
    if span == "week":
        begin = _week(day, calendar)
        end = begin + timedelta(days=WEEK - 1)
    else:
        begin, end = month_of(day, calendar)
    first = _week(begin, calendar)
    last = _week(end, calendar) + timedelta(days=WEEK - 1)
    return Stretch(first, last, begin, end, begin - timedelta(days=1), end + timedelta(days=1))


def _week(day: date, calendar: Calendar) -> date:
    return day - timedelta(days=(day.weekday() - BEGINS[calendar]) % WEEK)
