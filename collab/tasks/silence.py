"""What it means when nothing comes: until which day something may still come, and what then follows. Pure.

Silence counts from the deadline of the item (the authority says nothing: tacit approval or refusal), or from the
question to its counterpart (they say nothing: the case is closed). The last day is counted like every term: an end on
a day not worked moves to the next working day. The day after it, the rule is carried out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from collab.people.calendar.deadline import Measure, Term, deadline
from collab.people.calendar.ordinals import WorkingDays

Outcome = Literal["approved", "refused", "closed"]
After = Literal["deadline", "asking"]
Standing = Literal["counts", "held", "done"]

SHORTEST: Final[dict[Measure, int]] = {"days": 1, "working-days": 1, "weeks": 7, "months": 28, "years": 365}
"""How many days of a calendar one of these has at least."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What a deadline rule says of silence. `within` counted in `measure`; 0: the day it begins is the last."""

    outcome: Outcome
    after: After
    within: int
    measure: Measure
    basis: str = ""
    template_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question to the counterpart: the day it was asked, and until when an answer was wanted."""

    on: date
    until: date | None = None


def begins(after: After, due_on: date | None, standing_still: bool, asked: Iterable[Asked]) -> date | None:
    """The day from which silence counts; None while it does not: no deadline, a stopped clock, nothing asked.

    Of several open questions the last one counts, and none before the day until which its answer was wanted.
    """
    if after == "deadline":
        return None if standing_still else due_on
    return max((max(one.on, one.until or one.on) for one in asked), default=None)


def last_day(silence: Silence, since: date, working: WorkingDays) -> date:
    """The last day on which something may still come. Raises OutOfCalendar."""
    if silence.within == 0:
        return since
    found = deadline(Term(silence.within, silence.measure), since, working).due
    assert found is not None  # nothing stands still here
    return found


def about_days(silence: Silence) -> int:
    """About how many days of a calendar the counting needs."""
    return silence.within * SHORTEST[silence.measure] + 2
