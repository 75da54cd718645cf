"""To whom something overdue goes next: up the tree of units, by post, to whoever answers for the post today. Pure.

It always goes up, never twice to the same unit, never to somebody who is awaited themselves; so it ends at the top.
"""

from collections.abc import Sequence, Set
from typing import Final, NamedTuple

ORDER: Final = {"acting": 0, "head": 1, "deputy": 2}
"""Who answers for a head's post first: the acting head, the head, the deputy."""


class Seat(NamedTuple):
    """Somebody who heads a unit. `answers`: themselves while present, their substitute while they are away, nobody
    where the substitute is away too or none was named."""

    person: int
    kind: str
    answers: int | None


class Office(NamedTuple):
    """A unit on the way up, its head's post (None where it has none) and who heads it."""

    unit: int
    post: int | None
    seats: tuple[Seat, ...] = ()


class Step(NamedTuple):
    """Where it goes: the unit, the party on whose day it stands (the post, else the person), who answers today."""

    unit: int
    party: int
    person: int


def answering(office: Office) -> Seat | None:
    """Who answers for the unit today; None while its post is empty or everybody is away and nobody stands in."""
    present = [seat for seat in office.seats if seat.answers is not None]
    return min(present, key=lambda seat: (ORDER.get(seat.kind, len(ORDER)), seat.person), default=None)


def next_step(way: Sequence[Office], awaited: Set[int], passed: Set[int] = frozenset()) -> Step | None:
    """The next step up, or None where nobody is left.

    `way`: the unit of whoever is late, then every unit above it to the top. `awaited`: people and posts of whom
    something is expected on the item. `passed`: the units that heard of it already.
    """
    heard = [place for place, office in enumerate(way) if office.unit in passed]
    for office in way[max(heard) + 1 if heard else 0 :]:
        seat = answering(office)
        if seat is None or seat.answers is None:
            continue
        if not awaited.isdisjoint({seat.person, seat.answers, office.post}):
            continue
        return Step(office.unit, office.post or seat.person, seat.answers)
    return None
