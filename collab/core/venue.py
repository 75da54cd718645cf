"""Where a vote was begun, as the package that knows of it says: decisions know nothing of meetings.

A package that begins votes says so with `Package.venue`, and who is there with `Package.attendance`; the page of a
decision and its commands ask all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .actor import Actor


@dataclass(frozen=True, slots=True)
class Venue:
    """`title` and `href` lead there, and are empty where the actor does not see it; `place`: the part of it.

    `begun`: the vote was begun there, and not only put on its agenda. `keeps`: the actor writes its minutes. `settled`:
    these are approved, and stay as they are. `outcome`: what the approved minutes say came out there, where the actor
    sees them."""

    reference: str
    title: str
    place: str
    href: str
    begun: bool
    keeps: bool
    settled: bool
    outcome: str = ""


Venues = Callable[[Actor, int, bool], Venue | None]

VENUES: list[Venues] = []
"""Who knows of votes (their id) begun somewhere; filled by the app factory from the packages."""


def venue_of(actor: Actor, item_id: int, hold: bool = False) -> Venue | None:
    """Where this vote was begun; at most one query for each package that knows of such places.

    `hold`: the place stays as it is until the transaction ends, for a command that holds the item of the vote already
    and asks whether its minutes are approved; one query more."""
    return next((found for know in VENUES if (found := know(actor, item_id, hold)) is not None), None)


@dataclass(frozen=True, slots=True)
class Attendance:
    """A meeting that runs, to which a vote belongs, and the ids of those who are noted as present in it.

    `caller`: the id of whoever called it. `counts`: the vote was begun in it, or its caller may open the vote; any
    other counts only where whoever opens the vote names it."""

    reference: str
    title: str
    href: str
    people: frozenset[int]
    caller: int
    counts: bool


Attendances = Callable[[Actor, int, bool], Sequence[Attendance]]

ATTENDANCES: list[Attendances] = []
"""Who knows of meetings that run; filled by the app factory from the packages."""


def attendances_of(actor: Actor, item_id: int, hold: bool = False) -> list[Attendance]:
    """The meetings that run at this moment and to which this vote belongs: the one in which it is begun, else those
    on whose agenda it stands and that the actor runs, or that somebody called who may open the vote.

    One query for each package that knows of such places, and what it asks, once, of those who called them. `hold`: who
    is there stays as it is until the transaction ends; one query more."""
    return [found for know in ATTENDANCES for found in know(actor, item_id, hold)]
