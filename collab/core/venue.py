"""Where a vote was begun, as the package that knows of it says: decisions know nothing of meetings.

A package that begins votes says so with `Package.venue`, and who is there with `Package.attendance`; the page of a
decision and its commands ask all of them. What it says of the place is SQL, so that a page has it with what else it
asks around a decision.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, SQLColumnExpression, bindparam, false, func, or_, select

from .actor import Actor
from .prepared import Prepared


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


@dataclass(frozen=True, slots=True)
class Venues:
    """`there`: whether a vote, by its id, was begun or stands on an agenda anywhere. `seen`: the place as JSON, or
    null; `said`: what that is for the actor. `hold`: the place stays as it is until the transaction ends."""

    there: Callable[[SQLColumnExpression[int]], ColumnElement[bool]]
    seen: Callable[[Actor, SQLColumnExpression[int]], ColumnElement[Any]]
    said: Callable[[Actor, Any], Venue | None]
    hold: Callable[[int], None]


VENUES: list[Venues] = []
"""Who knows of votes begun somewhere; filled by the app factory from the packages."""


def belongs_somewhere(item_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether a vote has a place, so that of no other anything is asked about that."""
    return or_(false(), *(one.there(item_id) for one in VENUES))


def venues_seen(actor: Actor, item_id: SQLColumnExpression[int]) -> ColumnElement[Any]:
    """The places of a vote, for `venue_said`."""
    return func.jsonb_build_array(*(one.seen(actor, item_id) for one in VENUES))


def venue_said(actor: Actor, seen: Sequence[Any]) -> Venue | None:
    """The first of these places."""
    known = (one.said(actor, place) for one, place in zip(VENUES, seen, strict=True) if place is not None)
    return next((found for found in known if found is not None), None)


_SEEN: Final = Prepared(lambda actor: select(venues_seen(actor, bindparam("item", type_=BigInteger)).label("seen")))


def venue_of(actor: Actor, item_id: int, hold: bool = False) -> Venue | None:
    """Where this vote was begun, or on which agenda it stands; one query.

    `hold`: the place stays as it is until the transaction ends, for a command that holds the item of the vote already
    and asks whether its minutes are approved; one query more for each package that knows of such places."""
    if hold:
        for one in VENUES:
            one.hold(item_id)
    return venue_said(actor, _SEEN.rows(actor, item=item_id)[0].seen)


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
