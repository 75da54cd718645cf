"""A rule as RFC 5545 writes it, with the RSCALE and SKIP of RFC 7529 for other calendars. Pure."""

import re
from datetime import date
from typing import Final

from .rule import MOST, PLACES, Every, Rule

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final[dict[Every, str]] = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_PLACED: Final = re.compile(r"(-?\d)(MO|TU|WE|TH|FR|SA|SU)")


class BadRule(ValueError):
    """Not a rule that this application writes."""


def to_text(rule: Rule) -> str:
    """`FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU`; what follows from the first day is left out."""
    said = ["RSCALE=PERSIAN"] if rule.calendar == "jalali" else []
    said.append(f"FREQ={FREQUENCIES[rule.every]}")
    if rule.interval > 1:
        said.append(f"INTERVAL={rule.interval}")
    if rule.every == "week" and rule.weekdays:
        said.append("BYDAY=" + ",".join(DAYS[day] for day in sorted(rule.weekdays)))
    if rule.every == "year" and rule.month:
        said.append(f"BYMONTH={rule.month}")
    if rule.every in ("month", "year"):
        if rule.by == "weekday":
            said.append(f"BYDAY={rule.place}{DAYS[rule.weekday]}")
        elif rule.day is not None:
            said.append(f"BYMONTHDAY={rule.day}")
            if rule.day > 28:
                said += ["SKIP=BACKWARD"] if rule.calendar == "jalali" else ["RSCALE=GREGORIAN", "SKIP=BACKWARD"]
    if rule.until is not None:
        said.append(f"UNTIL={rule.until:%Y%m%d}")
    return ";".join(said)


def from_text(text: str) -> Rule:
    """The rule that `to_text` wrote. Raises BadRule."""
    try:
        said = dict(part.split("=", 1) for part in text.strip().upper().removeprefix("RRULE:").split(";") if part)
        frequency = said.pop("FREQ")
        every = next(code for code, name in FREQUENCIES.items() if name == frequency)
        until = said.pop("UNTIL", None)
        days, numbers = said.pop("BYDAY", ""), said.pop("BYMONTHDAY", None)
        months, scale = said.pop("BYMONTH", None), said.pop("RSCALE", "GREGORIAN")
        said.pop("SKIP", None)
        interval = int(said.pop("INTERVAL", "1"))
        placed = _PLACED.fullmatch(days) if every in ("month", "year") else None
        rule = Rule(
            every=every,
            interval=interval,
            weekdays=tuple(sorted({DAYS.index(day) for day in days.split(",")})) if days and not placed else (),
            by="weekday" if placed else "day",
            day=int(numbers) if numbers else None,
            place=int(placed[1]) if placed else 1,
            weekday=DAYS.index(placed[2]) if placed else 0,
            month=int(months) if months else None,
            calendar="jalali" if scale == "PERSIAN" else "gregorian",
            until=date(int(until[:4]), int(until[4:6]), int(until[6:8])) if until else None,
        )
    except (KeyError, ValueError, StopIteration, IndexError) as error:
        raise BadRule(text) from error
    fits = 1 <= rule.interval <= MOST[every] and rule.place in PLACES and (rule.day or 1) in (-1, *range(1, 32))
    if said or not fits or not 1 <= (rule.month or 1) <= 12 or (rule.weekdays and every != "week"):
        raise BadRule(text)
    return rule
