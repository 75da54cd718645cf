"""What makes a day a working day in one calendar: country, weekend, local feasts, corrections by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

COUNTRIES: Final = ("GR", "IR")
WEEKENDS: Final[Mapping[str, frozenset[int]]] = MappingProxyType(
    {
        # Saturday and Sunday: the five-day week of the public sector (Greek law 1157/1981).
        "GR": frozenset({SATURDAY, SUNDAY}),
        # Friday by law everywhere; offices that also close on Thursday or Saturday say so in their rule.
        "IR": frozenset({FRIDAY}),
    }
)


class BadRule(ValueError):
    """A calendar that cannot be: an unknown country, a week without work, a day of no year."""


@dataclass(frozen=True)
class LocalFeast:
    """A feast of the place, the same day each year: Thessaloniki keeps Saint Demetrius on 26 October.

    `names`: locale → name. A feast of 29 February is kept in leap years only.
    """

    month: int
    day: int
    names: Mapping[str, str]

    def __post_init__(self) -> None:
        try:
            date(2024, self.month, self.day)
        except ValueError:
            raise BadRule(f"no year has a day {self.month}-{self.day}") from None


@dataclass(frozen=True)
class Correction:
    """What was decided by hand for one day; it outweighs everything else."""

    working: bool
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CalendarRule:
    """One working calendar. `weekend`: weekdays not worked, Monday = 0.

    Raises BadRule. Corrections: day → working or not, with a name.
    """

    country: str | None = None
    weekend: frozenset[int] = WEEKENDS["GR"]
    subdivision: str | None = None
    feasts: tuple[LocalFeast, ...] = ()
    corrections: Mapping[date, Correction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.country is not None and self.country not in COUNTRIES:
            raise BadRule(f"no holidays are known for {self.country!r}")
        if not self.weekend <= frozenset(range(7)) or len(self.weekend) == 7:
            raise BadRule("a week has one to seven working days, numbered from Monday = 0")
