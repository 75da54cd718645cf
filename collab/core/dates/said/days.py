"""Days in words: "next Fri", "σε 3 μέρες", "۶ آذر". Each reader looks at the words from some place on.

A reader gives how many words it took and the day meant, or None. What could be read in two ways is read in one,
stated here, and shown to the writer before anything is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ..parse import BadDay, parse_day
from ..reckoning import Calendar, day_of, month_of, parts
from .vocabulary import (
    AGO_AFTER,
    AGO_BEFORE,
    AHEAD_AFTER,
    AHEAD_BEFORE,
    ALSO_WORDS,
    BEFORE,
    BEFORE_DAY,
    BEFORE_DAY_TWO,
    DISTANCES,
    EARLIER,
    END_OF,
    LAST_AFTER,
    LAST_BEFORE,
    MONTH,
    NEXT_AFTER,
    NEXT_BEFORE,
    NUMBERS,
    STRETCHES,
    THIS_BEFORE,
    UNITS,
    WEEKDAY,
    Phrase,
)
from .words import words_of

LATEST: Final = date(2120, 12, 31)
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|η|ης)?")
_SHORT: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Today:
    """The day from which days are counted, and the calendar in which the writer counts months.

    `over`: a day that has come is asked for (of a letter, an answer): 25/11 is then the last one, not the next."""

    day: date
    calendar: Calendar = "gregorian"
    over: bool = False


Found = tuple[int, date] | None


def day_at(words: Sequence[str], today: Today) -> Found:
    """The day that begins with the first of these (folded) words, with what may stand before it."""
    leads = [0]
    while len(leads) < 3 and len(words) > leads[-1]:
        rest = words[leads[-1] :]
        if _so_much_earlier(rest):
            return None
        lead = 2 if tuple(rest[:2]) in BEFORE_DAY_TWO else 1 if rest[0] in BEFORE_DAY else 0
        if not lead:
            break
        leads.append(leads[-1] + lead)
    for skipped in reversed(leads):
        rest = words[skipped:]
        for reader in (*((_ago, _last) if today.over else ()), _near, _ahead, _end, _next, _weekday, _named, _numeric):
            found = reader(rest, today, skipped > 0)
            if found is not None and today.day.year - 100 < found[1].year and found[1] <= LATEST:
                return skipped + found[0], found[1]
    return None


def counted_at(words: Sequence[str], today: Today) -> int:
    """How many words are "day before Friday": a day that is not read, and not that Friday either. 0 for others."""
    lead = _so_much_earlier(words)
    found = day_at(words[lead:], today) if lead else None
    return lead + found[0] if found else 0


def _so_much_earlier(words: Sequence[str]) -> int:
    """How many words are a stretch of time and one that says "before"."""
    found = starts(words[1:], EARLIER) if words and words[0] in STRETCHES else None
    return 1 + found[0] if found else 0


def day_in(text: str, today: Today) -> date | None:
    """The day that a text means as a whole; figures without a year are a day too, since nothing else can be meant."""
    words = [word.folded for word in words_of(text)]
    if not words or not all(words):
        return None
    for led in (words, ["by", *words]):
        found = day_at(led, today)
        if found is not None and found[0] == len(led):
            return found[1]
    return None


def starts(words: Sequence[str], table: object, most: int = 3) -> tuple[int, Phrase] | None:
    """The longest phrase of the table that these words begin with."""
    for length in range(min(most, len(words)), 0, -1):
        phrase = tuple(words[:length])
        if phrase in table:  # type: ignore[operator]
            return length, phrase
    return None


def number_in(word: str) -> int | None:
    """A small number in digits or words."""
    if word.isascii() and word.isdigit() and len(word) <= 3:
        return int(word)
    return NUMBERS.get(word)


def _near(words: Sequence[str], today: Today, _led: bool) -> Found:
    found = starts(words, DISTANCES, 4)
    return (found[0], today.day + timedelta(days=DISTANCES[found[1]])) if found else None


def _ahead(words: Sequence[str], today: Today, _led: bool) -> Found:
    """ "in 3 days", "σε μία εβδομάδα", "سه روز دیگر"."""
    return _away(words, today, 1, AHEAD_BEFORE, AHEAD_AFTER)


def _ago(words: Sequence[str], today: Today, _led: bool) -> Found:
    """ "yesterday", "3 days ago", "πριν 3 μέρες", "سه روز پیش"."""
    found = starts(words, BEFORE, 4)
    if found is not None:
        return found[0], today.day + timedelta(days=BEFORE[found[1]])
    return _away(words, today, -1, AGO_BEFORE, AGO_AFTER)


def _away(words: Sequence[str], today: Today, sign: int, before: frozenset[Phrase], after: frozenset[str]) -> Found:
    """A number of days, weeks, months or years, with a word `before` or `after` it that says which way."""
    led = starts(words, before, 2)
    lead = led[0] if led else 0
    if len(words) < lead + 2:
        return None
    number, unit = number_in(words[lead]), UNITS.get(words[lead + 1])
    said_after = len(words) > lead + 2 and words[lead + 2] in after
    if number is None or unit is None or not (lead or said_after):
        return None
    day = later(today.day, sign * number, unit, today.calendar)
    return (lead + 2 + said_after, day) if day else None


def _last(words: Sequence[str], today: Today, _led: bool) -> Found:
    """ "Friday" or "last Friday": the last one before today."""
    ahead = 1 if words and words[0] in LAST_BEFORE else 0
    found = starts(words[ahead:], WEEKDAY, 2)
    if found is None:
        return None
    count = ahead + found[0]
    after = len(words) > count and words[count] in LAST_AFTER
    weekday = WEEKDAY[found[1]][0]
    return count + after, today.day - timedelta(days=(today.day.weekday() - weekday - 1) % 7 + 1)


def later(day: date, number: int, unit: str, calendar: Calendar) -> date | None:
    """The day so many days, weeks, months or years on; a shorter month gives its last day. None beyond all dates."""
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=number * (7 if unit == "week" else 1))
        year, month, of_month = parts(day, calendar)
        months = year * 12 + month - 1 + number * (12 if unit == "year" else 1)
        first = day_of(months // 12, months % 12 + 1, 1, calendar)
        last = month_of(first, calendar)[1]
    except (ValueError, OverflowError):
        return None
    return min(first + timedelta(days=of_month - 1), last)


def _end(words: Sequence[str], today: Today, _led: bool) -> Found:
    """The end of the month or the year; "آخر هفته" is a week's end in another sense and is left alone."""
    lead = starts(words, END_OF, 4)
    if lead is None or len(words) <= lead[0]:
        return None
    unit = UNITS.get(words[lead[0]])
    if unit == "month":
        return lead[0] + 1, month_of(today.day, today.calendar)[1]
    if unit == "year":
        year = parts(today.day, today.calendar)[0]
        return lead[0] + 1, month_of(day_of(year, 12, 1, today.calendar), today.calendar)[1]
    return None


def _next(words: Sequence[str], today: Today, _led: bool) -> Found:
    """ "next week": its first day (Saturday in Persian); "next month": its first day; "next year" likewise."""
    if len(words) < 2:
        return None
    if words[0] in NEXT_BEFORE:
        unit, starts_on = UNITS.get(words[1]), 0
    elif words[1] in NEXT_AFTER:
        unit, starts_on = UNITS.get(words[0]), 5
    else:
        return None
    if unit == "week":
        return 2, _week(today.day, starts_on) + timedelta(days=7)
    if unit not in ("month", "year"):
        return None
    year = parts(today.day, today.calendar)[0]
    if unit == "year":
        return 2, day_of(year + 1, 1, 1, today.calendar)
    return 2, month_of(today.day, today.calendar)[1] + timedelta(days=1)


def _week(day: date, starts_on: int) -> date:
    return day - timedelta(days=(day.weekday() - starts_on) % 7)


def _weekday(words: Sequence[str], today: Today, led: bool) -> Found:
    """ "Friday": the next one after today. "next Friday": that of next week. "this Friday": that of this week, or
    the next one when it is over."""
    ahead = 1 if words and words[0] in NEXT_BEFORE | THIS_BEFORE else 0
    found = starts(words[ahead:], WEEKDAY, 2)
    if found is None or (found[1][0] in ALSO_WORDS and not (led or ahead)):
        return None
    weekday, language = WEEKDAY[found[1]]
    count = ahead + found[0]
    after = language == "fa" and len(words) > count and words[count] in NEXT_AFTER
    coming = today.day + timedelta(days=(weekday - today.day.weekday() - 1) % 7 + 1)
    starts_on = 5 if language == "fa" else 0
    here = _week(today.day, starts_on) + timedelta(days=(weekday - starts_on) % 7)
    if after or (ahead and words[0] in NEXT_BEFORE):
        return count + after, here + timedelta(days=7)
    if ahead and here >= today.day:
        return count, here
    return count, coming


def _named(words: Sequence[str], today: Today, _led: bool) -> Found:
    """ "27 Nov", "Nov 27, 2026", "27 Νοεμβρίου", "۶ آذر ۱۴۰۵". Without a year the next such day is meant."""
    named = day_of_month(words)
    if named is None:
        return None
    number, month, calendar = named
    if len(words) > 2 and re.fullmatch(r"\d{4}", words[2]):
        try:
            return 3, day_of(int(words[2]), month, number, calendar)
        except ValueError:
            return None
    day = coming(month, number, today.day, calendar, over=today.over)
    return (2, day) if day else None


def day_of_month(words: Sequence[str]) -> tuple[int, int, Calendar] | None:
    """ "27 Nov" or "Nov 27" as the day, the month and whose month it is."""
    for figure, name in ((words[:1], words[1:2]), (words[1:2], words[:1])):
        match = _ORDINAL.fullmatch(figure[0]) if figure else None
        if match and name and name[0] in MONTH:
            return int(match[1]), *MONTH[name[0]]
    return None


def coming(month: int, number: int, today: date, calendar: Calendar, *, over: bool = False) -> date | None:
    """The next such day from today on, or the last one up to today; years without it (29 February, 30 Esfand) are
    passed over."""
    year = parts(today, calendar)[0]
    for step in range(9):
        try:
            day = day_of(year + (-step if over else step), month, number, calendar)
        except ValueError:
            continue
        if day == today or (day < today) is over:
            return day
    return None


def _numeric(words: Sequence[str], today: Today, led: bool) -> Found:
    """A date in figures; without a year only after "on" or "by", since 3/4 may be three quarters. Without a year
    a Jalali writer means month/day, everybody else day/month."""
    if not words or not words[0][:1].isdigit():
        return None
    try:
        return 1, parse_day(words[0], calendar=today.calendar)
    except BadDay:
        match = _SHORT.fullmatch(words[0])
    if match is None or not led:
        return None
    first, second = int(match[1]), int(match[2])
    month, number = (first, second) if today.calendar == "jalali" else (second, first)
    day = coming(month, number, today.day, today.calendar, over=today.over)
    return (1, day) if day else None
