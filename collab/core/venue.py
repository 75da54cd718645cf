"""Where a vote was begun, as the package that knows of it says: decisions know nothing of meetings.

A package that begins votes says so with `Package.venue`; the page of a decision and its commands ask all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .actor import Actor


@dataclass(frozen=True, slots=True)
class Venue:
    """`title` and `href` lead there, and are empty where the actor does not see it; `place`: the part of it.

    `begun`: the vote was begun there, and not only put on its agenda. `keeps`: the actor writes its minutes. `settled`:
    these are approved, and stay as they are."""

    reference: str
    title: str
    place: str
    href: str
    begun: bool
    keeps: bool
    settled: bool


Venues = Callable[[Actor, int, bool], Venue | None]

VENUES: list[Venues] = []
"""Who knows of votes (their id) begun somewhere; filled by the app factory from the packages."""


def venue_of(actor: Actor, item_id: int, hold: bool = False) -> Venue | None:
    """Where this vote was begun; at most one query for each package that knows of such places.

    `hold`: the place stays as it is until the transaction ends, for a command that holds the item of the vote already
    and asks whether its minutes are approved; one query more."""
    return next((found for know in VENUES if (found := know(actor, item_id, hold)) is not None), None)
