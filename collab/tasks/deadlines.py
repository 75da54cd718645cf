"""The deadline of a pending item: reckoned from what the law gives, or set by hand and moved when the clock stood.

Pure. The counting itself is `collab.people.calendar.deadline`; here is only what a pending item makes of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from collab.people.calendar.deadline import Deadline, Measure, Term, deadline
from collab.people.calendar.ordinals import WorkingDays
from collab.people.calendar.suspension import Suspension

MOST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class Statute:
    """What the law gives: `days` from the day of the protocol, working days or calendar days, and where it says so."""

    from_on: date
    days: int
    in_working_days: bool = False
    basis: str = ""

    @property
    def measure(self) -> Measure:
        return "working-days" if self.in_working_days else "days"

    def term(self) -> Term:
        return Term(self.days, self.measure, self.basis)


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline after the clock stood still: the day it ends now, and how many days stood still in all."""

    due: date
    suspended: int


def statute_of(
    protocol_on: date | None, allowed_days: int | None, in_working_days: bool, basis: str | None
) -> Statute | None:
    """The statute that these details state; None while the day it begins or its length is missing."""
    if protocol_on is None or allowed_days is None:
        return None
    return Statute(protocol_on, allowed_days, in_working_days, basis or "")


def reckon(statute: Statute, working: WorkingDays, suspensions: Iterable[Suspension] = ()) -> Deadline:
    """The deadline with every step's reason. Raises OutOfCalendar beyond the calendar's years."""
    return deadline(statute.term(), statute.from_on, working, list(suspensions))


def suspended_days(reckoned: Deadline) -> int:
    """How many days of the deadline were added because the clock stood still."""
    return sum(reason.days for reason in reckoned.reasons if reason.step == "suspended")


def after_standing(
    due: date,
    statute: Statute | None,
    in_working_days: bool,
    suspended_before: int,
    stood: list[Suspension],
    working: WorkingDays,
) -> Moved:
    """Where a deadline stands once the clock runs again after the last of `stood`.

    A deadline that is still the statute's own is reckoned afresh from all that stood still, so that nothing is
    rounded twice. One that somebody set by hand moves by what the last standing took from it. What stood still
    after the deadline had passed moves nothing.
    """
    *earlier, last = stood
    if statute is not None and reckon(statute, working, earlier).due == due:
        reckoned = reckon(statute, working, stood)
        if reckoned.due is not None:
            return Moved(reckoned.due, suspended_days(reckoned))
    if last.until is None or last.since >= due:
        return Moved(due, suspended_before)
    if in_working_days:
        lost = working.between(last.since, last.until)
        return Moved(working.add(due, lost), suspended_before + lost)
    lost = (last.until - last.since).days
    return Moved(due + timedelta(days=lost), suspended_before + lost)
