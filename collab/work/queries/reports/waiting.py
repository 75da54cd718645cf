"""Who waits for whom: every open question and offer that the actor sees, from who asked to who is awaited."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, any_, bindparam

from collab.core.actor import Actor
from collab.core.errors import NotFound
from collab.core.paging import Page, Window

from ...circles import circles
from ...models import Wait
from ..parties import Names, names_of
from ..plans import walks
from ..shapes import PartyRef
from ..waits import Expected, page_of_waits
from .open_waits import MOST, TIMES, WAITS
from .place import Place

SHOWN: Final = 60
"""Pairs that are told, those with most items first."""


@dataclass(frozen=True, slots=True)
class Edge:
    """`by` waits for `of`, on so many items, since when at the longest; `until`: by when at the soonest."""

    by: PartyRef
    of: PartyRef
    items: frozenset[Any]
    waits: int
    since: datetime
    until: date | None
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by its edges: the last of them leads back to where the first began. `items`: on how many."""

    edges: tuple[Edge, ...]

    @property
    def items(self) -> int:
        """Items on which somebody of the circle waits for the next."""
        return len(frozenset().union(*(edge.items for edge in self.edges)))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Between units, or between people where the reader may read those. `inside`: waits within one unit (person)."""

    edges: tuple[Edge, ...]
    circles: tuple[Circle, ...]
    more: int
    inside: int
    capped: bool


Pairs = dict[tuple[int, int], list[tuple[int, Any]]]


def waiting(actor: Actor, place: Place, *, people: bool = False) -> Waiting:
    """The waits from or to the place, and the circles that touch it; three queries.

    With `people`, heads read the people of their units one by one, everybody else themselves; whoever is not theirs
    to read stands as the unit.
    """
    found = _pairs(actor, place, people)
    pairs, ours = found.pairs, found.ours
    after: dict[int, list[int]] = defaultdict(list)
    for by, of in pairs:
        after[by].append(of)
    touching = [pair for pair in pairs if pair[0] in ours or pair[1] in ours]
    rings = circles(after, through=ours)
    told = sorted(touching, key=lambda pair: (-len(pairs[pair]), pair))
    wanted = {*told[:SHOWN], *(pair for ring in rings for pair in _steps(ring))}
    names = names_of(actor, {party for pair in wanted for party in pair})
    times = {row.id: row for row in TIMES.rows(waits=[one for pair in wanted for one, _item in pairs[pair]])}
    made = {pair: _edge(pair, pairs, names, times) for pair in wanted}
    return Waiting(
        edges=tuple(made[pair] for pair in told[:SHOWN]),
        circles=tuple(Circle(tuple(made[pair] for pair in _steps(ring))) for ring in rings),
        more=max(0, len(told) - SHOWN),
        inside=found.inside,
        capped=found.looked_at >= MOST,
    )


def waits_between(
    actor: Actor, place: Place, by: int, of: int, window: Window, *, people: bool = False
) -> Page[Expected]:
    """The waits behind an edge of `waiting`, the soonest first; three queries. Raises NotFound where there is none."""
    found = _pairs(actor, place, people).pairs.get((by, of))
    if not found:
        raise NotFound
    return page_of_waits(
        actor, (Wait.id == any_(bindparam("waits", [one for one, _item in found], ARRAY(BigInteger))),), window
    )


@dataclass(slots=True)
class _Found:
    """Waits, each with its item, by their two ends; `ours`: the ends that stand in these units, the units themselves
    or their people; `inside`: how many stay within one end here."""

    pairs: Pairs = field(default_factory=lambda: defaultdict(list))
    ours: set[int] = field(default_factory=set)
    inside: int = 0
    looked_at: int = 0


def _pairs(actor: Actor, place: Place, people: bool) -> _Found:
    plan = (people, walks(actor, dense=False, sieved=True))
    rows = WAITS[plan].rows(actor, today=place.days.today, units=list(place.units))
    return _of_people(actor, rows, set(place.units)) if people else _of_units(rows, set(place.units))


def _of_units(rows: Sequence[Any], here: set[int]) -> _Found:
    """Between units: a row for each that asks, with the waits, their items and who is awaited as words."""
    found = _Found()
    for row in rows:
        by, waits = row.by_unit, row.waits.split(",")
        found.looked_at += len(waits)
        for wait, item, of in zip(map(int, waits), row.items.split(","), map(int, row.ofs.split(",")), strict=True):
            if by == of:
                found.inside += by in here
            elif of:
                found.pairs[by, of].append((wait, item))
    found.ours = here & {end for pair in found.pairs for end in pair}
    return found


def _of_people(actor: Actor, rows: Sequence[Any], here: set[int]) -> _Found:
    found = _Found(looked_at=len(rows))
    for row in rows:
        by = _end(actor, row.by_unit, row.by_id if row.by_kind == "person" else None)
        of = _end(actor, row.of_unit, row.of_id if row.of_kind == "person" else None)
        of = row.of_id if of is None else of
        if by is not None and by == of:
            found.inside += row.by_unit in here
        elif by is not None and of is not None:
            found.pairs[by, of].append((row.id, row.item_id))
            if row.by_unit in here or by in here:
                found.ours.add(by)
            if row.of_unit in here or of in here:
                found.ours.add(of)
    return found


def _end(actor: Actor, unit: int | None, person: int | None) -> int | None:
    """Who stands at an end of a wait for this reader: the person where that is theirs to read, else the unit."""
    readable = person is not None and (unit in actor.headed or person == actor.person_id) and not actor.is_auditor
    return person if readable else unit


def _steps(ring: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def _edge(pair: tuple[int, int], pairs: Pairs, names: Names, times: dict[int, Any]) -> Edge:
    rows = [times[wait] for wait, _item in pairs[pair] if wait in times]
    untils = [row.until for row in rows if row.until is not None]
    return Edge(
        by=names.one(pair[0]),
        of=names.one(pair[1]),
        items=frozenset(item for _wait, item in pairs[pair]),
        waits=len(pairs[pair]),
        since=min(row.since for row in rows),
        until=min(untils, default=None),
        mutual=(pair[1], pair[0]) in pairs,
    )
