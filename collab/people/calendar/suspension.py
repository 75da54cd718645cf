"""Times in which a statutory clock stands still.

A suspension holds from the day after `since` up to and including `until`. The day on which the outside
party was asked still counts, as does the day after the answer, and no day counts twice: the same rule by
which the day of the event that starts a term is not counted (Greek Civil Code 241, Regulation 1182/71
article 3(1)). What does not count while suspended is added at the end (Civil Code 257: the suspended time
is not reckoned in).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Suspension:
    """The clock stands after `since` through `until` (None: still standing). `code` says by what."""

    since: date
    until: date | None
    code: str = ""

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"a suspension from {self.since} cannot end on {self.until}")


def merged(suspensions: Iterable[Suspension]) -> list[Suspension]:
    """The same standing time as intervals in order that neither meet nor overlap; empty ones go.

    The first cause of a joined interval gives it its code.
    """
    suspensions = list(suspensions)
    if len(suspensions) < 2:
        return [one for one in suspensions if one.until != one.since]
    joined: list[Suspension] = []
    for one in sorted(suspensions, key=_since):
        last = joined[-1] if joined else None
        if last is None or (last.until is not None and last.until < one.since):
            if one.until != one.since:
                joined.append(one)
        elif last.until is not None and (one.until is None or one.until > last.until):
            joined[-1] = Suspension(last.since, one.until, last.code)
    return joined


def _since(one: Suspension) -> date:
    return one.since
