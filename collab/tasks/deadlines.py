"""The deadline of a pending item: reckoned from what the law gives, or set by hand and moved when the clock stood.

Pure. The counting itself is `collab.people.calendar.deadline`; here is only what a pending item makes of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from collab.people.calendar.deadline import LONGEST, Deadline, Measure, Term, deadline
from collab.people.calendar.ordinals import WorkingDays
from collab.people.calendar.suspension import Suspension

MOST_DAYS: Final = 3650
LENGTHS: Final[dict[Measure, int]] = {measure: min(most, MOST_DAYS) for measure, most in LONGEST.items()}
"""The longest term that may be entered, by what it is counted in."""

_DAYS_IN: Final[dict[Measure, int]] = {"days": 1, "working-days": 1, "weeks": 7, "months": 31, "years": 366}


class States(Protocol):
    """Whatever states a term: what was entered, a row, a rule. Read only."""

    @property
    def allowed(self) -> int | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def legal_basis(self) -> str | None: ...
    @property
    def first_day_counts(self) -> bool: ...
    @property
    def last_day_free(self) -> bool: ...
    @property
    def rolls(self) -> bool: ...
    @property
    def least_working_days(self) -> int: ...
    @property
    def stopped_by(self) -> str: ...


TERM: Final = (
    "legal_basis", "allowed", "measure", "first_day_counts", "last_day_free", "rolls", "least_working_days",
    "stopped_by",
)  # fmt: skip
"""The names under which a term stands: in forms, in rows, over the API."""


@dataclass(frozen=True, slots=True)
class Statute:
    """What the law gives, and the day from which it counts: that of the protocol."""

    from_on: date
    term: Term

    @property
    def measure(self) -> Measure:
        return self.term.measure

    @property
    def about_days(self) -> int:
        """About how many days of a calendar the reckoning needs."""
        return self.term.length * _DAYS_IN[self.term.measure] + self.term.least_working_days


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline after the clock stood still: the day it ends now, how many days stood still in all, and whether that
    day is the statute's own."""

    due: date
    suspended: int
    by_law: bool


def statute_of(protocol_on: date | None, stated: States) -> Statute | None:
    """The statute that these details state; None while the day it begins or its length is missing."""
    if protocol_on is None or stated.allowed is None:
        return None
    measure: Measure = stated.measure  # type: ignore[assignment]
    return Statute(
        protocol_on,
        Term(
            stated.allowed,
            measure,
            stated.legal_basis or "",
            first_day_counts=stated.first_day_counts,
            last_day_free=stated.last_day_free,
            rolls=stated.rolls,
            suspends=stated.stopped_by != "nobody",
            least_working_days=stated.least_working_days,
        ),
    )


def reckon(statute: Statute, working: WorkingDays, suspensions: Iterable[Suspension] = ()) -> Deadline:
    """The deadline with every step's reason. Raises OutOfCalendar beyond the calendar's years."""
    return deadline(statute.term, statute.from_on, working, list(suspensions))


def suspended_days(reckoned: Deadline) -> int:
    """How many days of the deadline were added because the clock stood still."""
    return sum(reason.days for reason in reckoned.reasons if reason.step == "suspended")


def after_standing(
    due: date,
    statute: Statute | None,
    measure: str,
    suspended_before: int,
    stood: list[Suspension],
    working: WorkingDays,
) -> Moved:
    """Where a deadline stands once the clock runs again after the last of `stood`.

    A deadline that is still the statute's own is reckoned afresh from all that stood still, so that nothing is rounded
    twice; some of it may have come while the item was closed, and moved nothing yet. One that somebody set by hand
    (`statute` None, or another day than it gives) moves by what the last standing took from it: working days where they
    are the measure, else calendar days. What stood still after the deadline had passed moves nothing.
    """
    last = stood[-1]
    if statute is not None and any(reckon(statute, working, stood[:some]).due == due for some in range(len(stood))):
        reckoned = reckon(statute, working, stood)
        if reckoned.due is not None:
            return Moved(reckoned.due, suspended_days(reckoned), by_law=True)
    if last.until is None or last.since >= due:
        return Moved(due, suspended_before, by_law=False)
    if measure == "working-days":
        lost = working.between(last.since, last.until)
        return Moved(working.add(due, lost), suspended_before + lost, by_law=False)
    lost = (last.until - last.since).days
    return Moved(due + timedelta(days=lost), suspended_before + lost, by_law=False)
