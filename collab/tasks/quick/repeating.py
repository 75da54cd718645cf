"""Words for what comes again: "every Monday and Thursday", "κάθε 2 εβδομάδες", "اول هر ماه", "monthly on the 1st".

Whatever is not surely a rule is left to stand in the title. The first task is due on the first day of the rule from
today on, unless the line names another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal, cast

from collab.core.dates.said.days import Today, day_at, number_in, starts
from collab.core.dates.said.vocabulary import UNITS, WEEKDAY

from ..recurring import Rule, first_after
from ..recurring.rule import MOST, Every
from .repeating_places import Found, day_of_year, place_at, plural_weekdays_at, weekdays_at
from .repeating_words import (
    ADJECTIVES,
    ADVERBS,
    BETWEEN,
    EVERY,
    FOR,
    LED,
    MONTHS,
    OF,
    ON,
    ON_DATE,
    ON_DONE,
    OTHER,
    THE,
    TIMES,
    UNTIL,
    WORKING,
)
from .times import time_at

SIGNS: Final = "!@#+^~"
MOST_TIMES: Final = 999
Mode = Literal["on-date", "on-done"]
Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Repeat:
    """When it comes again: by date, or counted from when the last one is finished; at most so many more `times`."""

    rule: Rule
    mode: Mode = "on-date"
    times: int | None = None

    def first(self, today: date) -> date | None:
        """The first day of the rule from today on; a rule of every second Monday begins on the next Monday."""
        return first_after(replace(self.rule, interval=1), today, today - timedelta(days=1))


def repeat_at(words: Words, today: Today) -> tuple[int, Repeat] | None:
    """The repetition that begins with the first of these (folded) words, and how many words it takes."""
    for reader in (_every, _placed_every, _dated_every, _between, _adverb, _weekdays):
        found = reader(words, today)
        if found is not None:
            return _with_end(words, found[0], Repeat(found[1]), today)
    return None


def _every(words: Words, today: Today) -> Found:
    """ "every 2 weeks on Monday", "κάθε Δευτέρα", "every first Monday of the month", "هر سال ۱ فروردین"."""
    if not words or words[0] not in EVERY:
        return None
    for reader in (day_of_year, _in_month, _days_of_week, _measured):
        found = reader(words[1:], today)
        if found is not None:
            return found[0] + 1, found[1]
    return None


def _in_month(words: Words, today: Today) -> Found:
    """ "1st of the month", "πρώτη Δευτέρα του μήνα", "last day of the month"."""
    place = place_at(words, today, led=True)
    if place is None or len(words) <= place[0] or words[place[0]] not in OF:
        return None
    count = place[0] + 1
    count += len(words) > count and words[count] in THE
    return (count + 1, place[1]) if len(words) > count and words[count] in MONTHS else None


def _days_of_week(words: Words, _today: Today) -> Found:
    working = starts(words, WORKING)
    if working is not None:
        return working[0], Rule("week", weekdays=tuple(sorted(WORKING[working[1]])))
    # "κάθε δεύτερη Δευτέρα", "every other Monday"; but "هر دو شنبه" is a Monday written in two words.
    count, interval = (0, 1) if starts(words, WEEKDAY, 2) else _interval(words)
    days = weekdays_at(words[count:])
    if days is None or not 1 <= interval <= MOST["week"]:
        return None
    return count + days[0], Rule("week", interval, weekdays=days[1])


def _weekdays(words: Words, _today: Today) -> Found:
    """ "on Mondays", "τις Δευτέρες", "دوشنبه‌ها"."""
    days = plural_weekdays_at(words)
    return (days[0], Rule("week", weekdays=days[1])) if days else None


def _measured(words: Words, today: Today) -> Found:
    """A number of days, weeks, months or years, and where in them."""
    count, interval = _interval(words)
    if len(words) <= count or words[count] not in UNITS:
        return None
    every = cast(Every, UNITS[words[count]])
    if not 1 <= interval <= MOST[every]:
        return None
    return _detailed(words, count + 1, Rule(every, interval), today)


def _interval(words: Words) -> tuple[int, int]:
    if words and words[0] in OTHER:
        return 1, 2
    number = number_in(words[0]) if words else None
    return (1, number) if number is not None else (0, 1)


def _detailed(words: Words, count: int, rule: Rule, today: Today) -> tuple[int, Rule]:
    """With the days of a week, the place in a month or the day of a year that follow, if any do."""
    lead = _lead(words[count:], ON, 2)
    if rule.every == "week":
        days = weekdays_at(words[count + lead :])
        return (count + lead + days[0], replace(rule, weekdays=days[1])) if days else (count, rule)
    if rule.every == "day":
        return count, rule
    for skipped in range(lead, -1, -1):
        rest = words[count + skipped :]
        led = skipped > 0 and words[count + skipped - 1] in LED
        found = place_at(rest, today, led=led) if rule.every == "month" else day_of_year(rest, today)
        if found is not None:
            return count + skipped + found[0], replace(found[1], interval=rule.interval)
    return count, replace(rule, calendar=today.calendar)


def _lead(words: Words, table: frozenset[str], most: int) -> int:
    """How many words at the beginning only lead to what is meant."""
    count = 0
    while count < min(most, len(words)) and words[count] in table:
        count += 1
    return count


def _placed_every(words: Words, today: Today) -> Found:
    """ "on the 1st of every month", "στις 15 κάθε μήνα", "اول هر ماه", "first Monday of each month"."""
    for skipped in range(_lead(words, ON, 2), -1, -1):
        place = place_at(words[skipped:], today, led=skipped > 0 and words[skipped - 1] in LED)
        if place is None:
            continue
        count = skipped + place[0]
        count += len(words) > count and words[count] in OF
        after = _every_unit(words[count:], "month")
        if after is not None:
            return count + after[0], replace(place[1], interval=after[1])
    return None


def _dated_every(words: Words, today: Today) -> Found:
    """ "1 March every year"."""
    lead = _lead(words, ON, 2)
    named = day_of_year(words[lead:], today)
    after = _every_unit(words[lead + named[0] :], "year") if named else None
    return (lead + named[0] + after[0], replace(named[1], interval=after[1])) if named and after else None


def _every_unit(words: Words, unit: Every) -> tuple[int, int] | None:
    """ "every month", "κάθε 2 χρόνια": how many words, and how many of the measure."""
    if not words or words[0] not in EVERY:
        return None
    count, interval = _interval(words[1:])
    fits = len(words) > count + 1 and UNITS.get(words[count + 1]) == unit and 1 <= interval <= MOST[unit]
    return (count + 2, interval) if fits else None


def _between(words: Words, today: Today) -> Found:
    """ "یک هفته در میان": every second week."""
    number = number_in(words[0]) if words else None
    if number is None or len(words) < 4 or words[1] not in UNITS or starts(words[2:], BETWEEN) is None:
        return None
    every = cast(Every, UNITS[words[1]])
    return _detailed(words, 4, Rule(every, number + 1), today) if 1 <= number < MOST[every] else None


def _adverb(words: Words, today: Today) -> Found:
    """ "monthly on the 1st": where nothing follows that it could belong to, as in "the monthly report"."""
    found = starts(words, ADVERBS | ADJECTIVES)
    if found is None:
        return None
    every, interval = (ADVERBS | ADJECTIVES)[found[1]]
    count, rule = _detailed(words, found[0], Rule(every, interval), today)
    if count > found[0]:
        return count, rule
    rest = words[_with_end(words, count, Repeat(rule), today)[0] :]
    alone = not rest or rest[0][0] in SIGNS or time_at(rest) is not None or day_at(rest, today) is not None
    return (count, rule) if alone and found[1] in ADVERBS else None


def _with_end(words: Words, count: int, said: Repeat, today: Today) -> tuple[int, Repeat]:
    """With what may follow: an end, and from when it is counted, which closes the whole."""
    while len(words) > count:
        for phrases, mode in ((ON_DONE, "on-done"), (ON_DATE, "on-date")):
            found = starts(words[count:], phrases, 6)
            if found is not None:
                return count + found[0], replace(said, mode=cast(Mode, mode))
        ended = _ended(words[count:], said, today)
        if ended is None:
            break
        count, said = count + ended[0], ended[1]
    return count, said


def _ended(words: Words, said: Repeat, today: Today) -> tuple[int, Repeat] | None:
    """ "until 31 March", "10 times"."""
    if said.times is not None or said.rule.until is not None:
        return None
    if words[0] in UNTIL:
        found = day_at(words[1:], today)
        return (found[0] + 1, replace(said, rule=replace(said.rule, until=found[1]))) if found else None
    lead = 1 if words[0] in FOR else 0
    number = number_in(words[lead]) if len(words) > lead + 1 else None
    if number is None or words[lead + 1] not in TIMES or not 1 <= number <= MOST_TIMES:
        return None
    return lead + 2, replace(said, times=number)
