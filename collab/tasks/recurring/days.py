"""The days on which a rule falls. Pure.

Gregorian rules are those of RFC 5545, by `dateutil`. A day that a month does not have (30 February, 30 Esfand in a
common year) is the month's last day, as with SKIP=BACKWARD of RFC 7529; Jalali months and years are counted here, since
no library that we know counts them.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from dateutil import rrule

from collab.core.dates import day_of, month_of, parts

from .rule import LAST, Rule

FREQUENCIES: Final = {"day": rrule.DAILY, "week": rrule.WEEKLY, "month": rrule.MONTHLY, "year": rrule.YEARLY}
WEEK_STARTS: Final = {"gregorian": 0, "jalali": 5}
END: Final = date(2199, 12, 31)
"""Nothing is reckoned beyond."""


def days_after(rule: Rule, begin: date, after: date) -> Iterator[date]:
    """The days of the rule later than `after`, in order. `begin` is where its intervals are counted from."""
    last = min(rule.until or END, END)
    in_months = rule.every in ("month", "year")
    found = _in_months(rule, begin, after) if in_months and rule.calendar == "jalali" else _by_rfc(rule, begin, after)
    for day in found:
        if day > last:
            return
        if day > after:
            yield day


def first_after(rule: Rule, begin: date, after: date) -> date | None:
    """The next day of the rule; None where it comes no more."""
    return next(days_after(rule, begin, after), None)


def _by_rfc(rule: Rule, begin: date, after: date) -> Iterator[date]:
    moments = rrule.rrule(
        FREQUENCIES[rule.every],
        dtstart=datetime.combine(begin, time()),
        interval=rule.interval,
        until=datetime.combine(min(rule.until or END, END), time()),
        wkst=WEEK_STARTS[rule.calendar],
        **_parts_of(rule, begin),
    )
    for moment in moments.xafter(datetime.combine(after, time())):
        yield moment.date()


def _parts_of(rule: Rule, begin: date) -> dict[str, Any]:
    if rule.every == "day":
        return {}
    if rule.every == "week":
        return {"byweekday": sorted(rule.weekdays) or [begin.weekday()]}
    months = {"bymonth": rule.month or begin.month} if rule.every == "year" else {}
    if rule.by == "weekday":
        return {**months, "byweekday": rrule.weekday(rule.weekday)(rule.place)}
    day = rule.day or begin.day
    # Of "the 30th, and the last one" the first in each month: the 30th, or the last where there is none.
    return {**months, "bymonthday": LAST} if day == LAST else {**months, "bymonthday": (day, LAST), "bysetpos": 1}


def _in_months(rule: Rule, begin: date, after: date) -> Iterator[date]:
    """Month by month of the rule's own calendar, from the first that may hold a day after `after`."""
    year, month, number = parts(begin, rule.calendar)
    step = rule.interval * (12 if rule.every == "year" else 1)
    at = year * 12 + (rule.month or month if rule.every == "year" else month) - 1
    later_year, later_month, _number = parts(max(begin, after), rule.calendar)
    at += max(0, (later_year * 12 + later_month - 1 - at) // step) * step
    while True:
        try:
            first = day_of(at // 12, at % 12 + 1, 1, rule.calendar)
        except ValueError:
            return
        if first > END:
            return
        day = _in_month(rule, first, number)
        if day >= begin:
            yield day
        at += step


def _in_month(rule: Rule, first: date, number: int) -> date:
    last = month_of(first, rule.calendar)[1]
    if rule.by == "day":
        day = rule.day or number
        return last if day == LAST else min(first + timedelta(days=day - 1), last)
    if rule.place == LAST:
        return last - timedelta(days=(last.weekday() - rule.weekday) % 7)
    return first + timedelta(days=(rule.weekday - first.weekday()) % 7 + 7 * (rule.place - 1))
