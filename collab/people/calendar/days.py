"""The days of some years under one calendar, ready to be stored: worked or not, and why not.

Public holidays come from the library `holidays` (github.com/vacanza/holidays): for Greece the fixed feasts
and the movable ones that hang on Orthodox Easter (Clean Monday −48 days, Good Friday −2, Easter Monday +1,
Holy Spirit +50), for Iran the solar and the lunar ones. Lunar dates not yet announced are marked estimated:
the moon decides, and an administrator corrects them by hand.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays

from collab.core.i18n import LOCALES, comma, listed

from .names import ESTIMATED, named
from .rules import BadRule, CalendarRule

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: is it worked, the names (locale → name) of what falls on it, is that date an estimate."""

    day: date
    working: bool
    names: Mapping[str, str]
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of a country; `names`: locale → name."""

    names: Mapping[str, str]
    estimated: bool


def days(rule: CalendarRule, years: Iterable[int]) -> Iterator[CalendarDay]:
    """Every day of `years`, in order. Raises BadRule for a year outside 1990–2100.

    A correction outweighs all; then a public holiday or a local feast; then the weekend. A holiday that
    falls on a weekend keeps its name.
    """
    feasts = {(feast.month, feast.day): feast.names for feast in rule.feasts}
    for year in sorted(set(years)):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadRule(f"calendars run from {FIRST_YEAR} to {LAST_YEAR}, not to {year}")
        public = public_holidays(rule.country, rule.subdivision, year) if rule.country else {}
        day = date(year, 1, 1)
        while day.year == year:
            yield _day(rule, day, public.get(day), feasts.get((day.month, day.day)))
            day += timedelta(days=1)


@lru_cache(maxsize=256)
def public_holidays(country: str, subdivision: str | None, year: int) -> Mapping[date, Holiday]:
    """The public holidays of one year with their names. Raises BadRule for an unknown subdivision."""
    try:
        found = holidays.country_holidays(country, subdiv=subdivision, years=year, language="en_US")
    except NotImplementedError as refusal:
        raise BadRule(str(refusal)) from None
    return {day: _holiday(found.get_list(day)) for day in sorted(found)}


def _holiday(english: list[str]) -> Holiday:
    all_names = [named(name) for name in english]
    together = {code: listed((names[code] for names in all_names), code) for code in LOCALES}
    return Holiday(together, any(name.endswith(ESTIMATED) for name in english))


def _day(rule: CalendarRule, day: date, holiday: Holiday | None, feast: Mapping[str, str] | None) -> CalendarDay:
    correction = rule.corrections.get(day)
    if correction is not None:
        return CalendarDay(day, correction.working, correction.names)
    names: dict[str, str] = dict(holiday.names) if holiday else {}
    for code, name in (feast or {}).items():
        names[code] = f"{names[code]}{comma(code)}{name}" if code in names else name
    working = holiday is None and feast is None and day.weekday() not in rule.weekend
    return CalendarDay(day, working, names, holiday is not None and holiday.estimated)
