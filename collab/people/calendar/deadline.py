"""Statutory deadlines: from the law's rule and the day it began to the day it ends, with every step's reason.

The ideas, and where they stand:

- The day of the event is not counted, unless the rule says so: Greek Civil Code (AK) 241 ("the term begins
  the day after the event"), Regulation (EEC, Euratom) 1182/71 article 3(1), Iranian Civil Procedure Code
  445.
- Calendar days count holidays in: Regulation 1182/71 article 3(3). Working days count only those worked.
- A term that would end on a day not worked ends with the next working day: AK 242, Regulation 1182/71
  article 3(4), Iranian Civil Procedure Code 444.
- Weeks end on the same weekday; months and years on the same number of day, or on the last of the month
  where that number is missing: AK 243, Regulation 1182/71 article 3(2)(c). In Iran a month is thirty days
  (Code 443).
- Any term of two days or more holds at least two working days: Regulation 1182/71 article 3(5).
- In Iran the day of the act does not count either (Code 445), so the term is one day longer.
- Greek Code of Administrative Procedure (law 2690/1999) article 4(1): fifty days for a case; three days to
  pass on what came to the wrong authority.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from .ordinals import WorkingDays
from .suspension import Suspension, merged

Measure = Literal["days", "working-days", "weeks", "months", "years"]
"""What a term is counted in."""

LONGEST: Final[dict[Measure, int]] = {
    "days": 10_000,
    "working-days": 10_000,
    "weeks": 1_500,
    "months": 360,
    "years": 30,
}

Step = Literal["starts", "counted", "suspended", "standing", "last-day-free", "least-working-days", "rolled"]
"""What was done to reach the end of a term."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long the law gives and how it counts. `basis`: the provision, as people cite it.

    `rolls`: an end on a day not worked moves to the next working day. `suspends`: whether it can stand
    still at all. `least_working_days`: a floor in working days. `last_day_free`: the day of the act is not
    counted.
    """

    length: int
    measure: Measure = "days"
    basis: str = ""
    first_day_counts: bool = False
    last_day_free: bool = False
    rolls: bool = True
    suspends: bool = True
    least_working_days: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.length <= LONGEST[self.measure]:
            raise ValueError(f"a term has 1 to {LONGEST[self.measure]} {self.measure}")


CASE_IN_GREECE: Final = Term(50, basis="ν. 2690/1999, άρθρο 4 παρ. 1")
PASSING_ON_IN_GREECE: Final = Term(3, basis="ν. 2690/1999, άρθρο 4 παρ. 1", suspends=False)


class Reason(NamedTuple):
    """One step of a reckoning: the day it led to, how many days it concerned, a code of its cause.

    A tuple and not a dataclass, since a sweep makes millions of them.
    """

    step: Step
    day: date
    days: int = 0
    code: str = ""


class Deadline(NamedTuple):
    """The last day of a term, or None while the clock stands; the reasons in order explain it."""

    due: date | None
    reasons: tuple[Reason, ...]


def deadline(term: Term, start: date, working: WorkingDays, suspensions: Iterable[Suspension] = ()) -> Deadline:
    """When `term`, begun by what happened on `start`, ends.

    Raises OutOfCalendar beyond the calendar's years.
    """
    working.ordinal(start)
    eve = start - timedelta(days=1) if term.first_day_counts else start
    reasons = [Reason("starts", start, code=term.basis)]
    due = _nominal(term, start, eve, working)
    reasons.append(Reason("counted", due, term.length, term.measure))
    if term.last_day_free:
        due += timedelta(days=1)
        reasons.append(Reason("last-day-free", due, 1))
    if term.least_working_days and working.between(eve, due) < term.least_working_days:
        due = working.add(eve, term.least_working_days)
        reasons.append(Reason("least-working-days", due, term.least_working_days))
    stood = merged(suspensions) if suspensions and term.suspends else []
    if stood:
        standing = _suspended(term, eve, due, working, stood, reasons)
        if standing is None:
            return Deadline(None, tuple(reasons))
        due = standing
    if term.rolls and not working.is_working(due):
        return _rolled(due, working, stood, reasons)
    return Deadline(due, tuple(reasons))


def _rolled(end: date, working: WorkingDays, stood: list[Suspension], reasons: list[Reason]) -> Deadline:
    """The next working day after an end on a day not worked. Where the clock is stopped before that day has come,
    nothing of the term is left to lose, but the last day to act is the first worked after the clock runs again."""
    due = working.add(end, 1)
    reasons.append(Reason("rolled", due, (due - end).days))
    for one in stood:
        if not end <= one.since < due:
            continue
        if one.until is None:
            reasons.append(Reason("standing", one.since, 0, one.code))
            return Deadline(None, tuple(reasons))
        if one.until >= due:
            later = working.add(one.until, 1)
            reasons.append(Reason("rolled", later, (later - due).days))
            due = later
    return Deadline(due, tuple(reasons))


def elapsed(term: Term, start: date, today: date, working: WorkingDays, suspensions: Iterable[Suspension] = ()) -> int:
    """How many days of the term have been used by the end of `today`: working days or calendar days.

    Terms in weeks, months and years are counted here in calendar days.
    """
    eve = start - timedelta(days=1) if term.first_day_counts else start
    if today <= eve:
        return 0
    used = _counted(term, eve, today, working)
    for one in merged(suspensions) if term.suspends else ():
        since = max(one.since, eve)
        until = today if one.until is None else min(one.until, today)
        if until > since:
            used -= _counted(term, since, until, working)
    return used


def _counted(term: Term, after: date, until: date, working: WorkingDays) -> int:
    return working.between(after, until) if term.measure == "working-days" else (until - after).days


def _nominal(term: Term, start: date, eve: date, working: WorkingDays) -> date:
    measure, length = term.measure, term.length
    if measure == "days":
        return eve + timedelta(days=length)
    if measure == "working-days":
        return working.add(eve, length)
    if measure == "weeks":
        return eve + timedelta(weeks=length)
    end, clipped = months_later(start, length * 12 if measure == "years" else length)
    # Counted from the first day itself, a term ends the day before the same number of day.
    return end - timedelta(days=1) if term.first_day_counts and not clipped else end


def months_later(day: date, months: int) -> tuple[date, bool]:
    """The same number of day `months` on, and whether it had to be the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last)), day.day > last


def _suspended(
    term: Term,
    eve: date,
    due: date,
    working: WorkingDays,
    standing: list[Suspension],
    reasons: list[Reason],
) -> date | None:
    """The end after what stood still is added; None while it stands. Days already counted stay counted."""
    for one in standing:
        since = max(one.since, eve)
        if since >= due:
            break
        if one.until is None:
            reasons.append(Reason("standing", since, _counted(term, since, due, working), one.code))
            return None
        lost = _counted(term, since, one.until, working)
        if one.until <= eve or not lost:
            continue
        due = working.add(due, lost) if term.measure == "working-days" else due + timedelta(days=lost)
        reasons.append(Reason("suspended", due, lost, one.code))
    return due
