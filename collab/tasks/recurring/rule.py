"""What a rule of recurrence says. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from collab.core.dates import Calendar

Every = Literal["day", "week", "month", "year"]
By = Literal["day", "weekday"]
LAST: Final = -1
"""As a day: the last of the month. As a place: the last such weekday."""
PLACES: Final = (1, 2, 3, 4, LAST)
MOST: Final[dict[Every, int]] = {"day": 366, "week": 104, "month": 60, "year": 20}
"""How far apart two may lie, in each measure."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many days, weeks, months or years, and on which day of them.

    `weekdays` (0 is Monday) of a week; `day` of a month, `LAST` for its last, a day that a month does not have being
    its last one too; or with `by` weekday the `place`-th `weekday`. `month` of a year. Months and years are those of
    `calendar`. `until`: no later than that day.
    """

    every: Every
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    by: By = "day"
    day: int | None = None
    place: int = 1
    weekday: int = 0
    month: int | None = None
    calendar: Calendar = "gregorian"
    until: date | None = None
