"""What somebody has in hand besides work, on the page on which their desk is handed over: votes, chairs, talks, rights.

A package that knows of such things says so with `Package.in_hand`; the page asks all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .actor import Actor

MOST: Final = 30
"""Things of one sort that are listed; whoever has more is told that there are more."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One of them: what it is called and where its page is. `said`: as what it is theirs; `until`: what is near."""

    href: str
    title: str
    reference: str = ""
    said: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class InHand:
    """Things of one sort, at most `MOST`. `note`: who hands them on, and how."""

    title: str
    note: str
    things: list[Thing]
    more: bool = False


InHands = Callable[[Actor, int], list[InHand]]
"""What a person (their id) has in hand, as far as the actor may see it; sorts without anything are left out."""

IN_HAND: list[InHands] = []
"""Who knows of such things; filled by the app factory from the packages."""


DeskCounts = Callable[[Actor, int], list[tuple[str, int]]]
"""What lies open on a person's desk (their id) in numbers, for administrators: what it is and how many; without what
there is none of."""

DESK_COUNTS: list[DeskCounts] = []
"""Who counts it; filled by the app factory from the packages."""


def listed(title: str, note: str, things: list[Thing]) -> list[InHand]:
    """One sort, bounded; nothing where there is nothing. `things` may be one more than `MOST`."""
    return [InHand(title, note, things[:MOST], len(things) > MOST)] if things else []
