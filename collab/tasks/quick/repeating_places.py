"""Where in a week, a month or a year a rule falls, in words. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from collab.core.dates.said.days import Today, day_of_month, starts
from collab.core.dates.said.vocabulary import WEEKDAY

from ..recurring import Rule
from ..recurring.rule import LAST
from .repeating_words import AND, DAY_WORDS, LAST_DAY, NUMBERED, ON, PLACED, WEEKDAYS_LED, WEEKDAYS_MANY

_FIGURE: Final = re.compile(r"(\d{1,2})(st|nd|rd|th|η|ησ|ο|م|ام)?")
Found = tuple[int, Rule] | None


def weekdays_at(words: Sequence[str]) -> tuple[int, tuple[int, ...]] | None:
    """ "Monday, Wednesday and Friday" as numbers from Monday."""
    days: set[int] = set()
    count = 0
    while True:
        joined = 0
        while days and joined < 2 and len(words) > count + joined and words[count + joined] in AND | ON:
            joined += 1
        found = starts(words[count + joined :], WEEKDAY, 2)
        if found is None:
            return (count, tuple(sorted(days))) if days else None
        days.add(WEEKDAY[found[1]][0])
        count += joined + found[0]


def plural_weekdays_at(words: Sequence[str]) -> tuple[int, tuple[int, ...]] | None:
    """ "Mondays", "on Mondays and Fridays", "τις Δευτέρες" as numbers from Monday; Greek ones only behind τις."""
    days: set[int] = set()
    count = 0
    while True:
        joined = 0
        while joined < 3 and len(words) > count + joined and words[count + joined] in _JOINING[bool(days)]:
            joined += 1
        found = starts(words[count + joined :], WEEKDAYS_MANY)
        if found is None or (not days and not joined and WEEKDAYS_MANY[found[1]][1] == "el"):
            return (count, tuple(sorted(days))) if days else None
        days.add(WEEKDAYS_MANY[found[1]][0])
        count += joined + found[0]


_JOINING = {False: WEEKDAYS_LED, True: WEEKDAYS_LED | AND}
"""Before the first weekday, and between two."""


def place_at(words: Sequence[str], today: Today, *, led: bool) -> Found:
    """Where in a month: "1st", "last day", "first Monday", "روز ۵". A bare number is one only where `led` to it."""
    if not words:
        return None
    calendar, placed = today.calendar, PLACED.get(words[0])
    weekday = starts(words[1:], WEEKDAY, 2) if placed is not None else None
    if placed is not None and weekday is not None:
        day = WEEKDAY[weekday[1]][0]
        return 1 + weekday[0], Rule("month", by="weekday", place=placed, weekday=day, calendar=calendar)
    last = starts(words, LAST_DAY)
    if last is not None:
        return last[0], Rule("month", day=LAST, calendar=calendar)
    figure = _FIGURE.fullmatch(words[0])
    if figure is not None and not figure[2] and not led:
        return None
    number = int(figure[1]) if figure else NUMBERED.get(words[0], 0)
    if not 1 <= number <= 31:
        return None
    return 1 + (words[1:2] != [] and words[1] in DAY_WORDS), Rule("month", day=number, calendar=calendar)


def day_of_year(words: Sequence[str], _today: Today) -> Found:
    """ "1 March", "۱ فروردین", each year."""
    named = day_of_month(words)
    if named is None or not 1 <= named[0] <= 31:
        return None
    return 2, Rule("year", day=named[0], month=named[1], calendar=named[2])
