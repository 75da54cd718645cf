"""Who waits for whom: every open question and offer that the actor sees, from who asked to who is awaited."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest
from typing import Any, Final, NamedTuple

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
NOBODY: Final = 0
"""Stands for whoever is awaited where one may not know who that is."""


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


class Asked(NamedTuple):
    """What one end asks: of whom, in which wait, on which item; the three go side by side.

    Thousands of waits make a few hundred of these: an object for each wait took longer than to read and to draw them.
    """

    ofs: list[int]
    waits: list[Any]
    items: list[Any]


def waiting(actor: Actor, place: Place, *, people: bool = False) -> Waiting:
    """The waits from or to the place, and the circles that touch it; three queries.

    With `people`, heads read the people of their units one by one, everybody else themselves; whoever is not theirs
    to read stands as the unit.
    """
    found = _found(actor, place, people)
    counts, ours = found.counts, found.ours
    touching = [(-waits, by, of) for by, ofs in counts.items() for of, waits in ofs.items() if by in ours or of in ours]
    told = [(by, of) for _waits, by, of in nsmallest(SHOWN, touching)]
    rings = circles(counts, through=ours)
    wanted = {*told, *(pair for ring in rings for pair in _steps(ring))}
    names = names_of(actor, {party for pair in wanted for party in pair})
    behind = found.behind(wanted)
    times = {row.id: row for row in TIMES.rows(waits=[wait for waits, _items in behind.values() for wait in waits])}
    made = {pair: _edge(pair, *behind[pair], names, times, pair[0] in counts.get(pair[1], ())) for pair in wanted}
    return Waiting(
        edges=tuple(made[pair] for pair in told),
        circles=tuple(Circle(tuple(made[pair] for pair in _steps(ring))) for ring in rings),
        more=max(0, len(touching) - SHOWN),
        inside=found.inside,
        capped=found.looked_at >= MOST,
    )


def waits_between(
    actor: Actor, place: Place, by: int, of: int, window: Window, *, people: bool = False
) -> Page[Expected]:
    """The waits behind an edge of `waiting`, the soonest first; three queries. Raises NotFound where there is none."""
    found = _found(actor, place, people)
    if of not in found.counts.get(by, ()):
        raise NotFound
    waits, _items = found.behind({(by, of)})[by, of]
    return page_of_waits(actor, (Wait.id == any_(bindparam("waits", waits, ARRAY(BigInteger))),), window)


@dataclass(frozen=True, slots=True)
class _Found:
    """What each end asks, and how many waits go from it to each other end. `ours`: the ends that stand in these units,
    the units themselves or their people; `inside`: how many stay within one end here."""

    asked: Mapping[int, Asked]
    counts: Mapping[int, Counter[int]]
    ours: Set[int]
    inside: int
    looked_at: int

    def behind(self, pairs: Set[tuple[int, int]]) -> dict[tuple[int, int], tuple[list[int], list[Any]]]:
        """The waits from one end of each pair to the other, and the item of each. What an end asks is gone through
        once, however many of its pairs are wanted."""
        found: dict[tuple[int, int], tuple[list[int], list[Any]]] = {pair: ([], []) for pair in pairs}
        for by in {by for by, _of in pairs}:
            for of, wait, item in zip(*self.asked[by], strict=True):
                wanted = found.get((by, of))
                if wanted is not None:
                    wanted[0].append(int(wait))
                    wanted[1].append(item)
        return found


def _found(actor: Actor, place: Place, people: bool) -> _Found:
    plan = (people, walks(actor, dense=False, sieved=True))
    rows = WAITS[plan].rows(actor, today=place.days.today, units=list(place.units))
    return _of_people(actor, rows, set(place.units)) if people else _of_units(rows, set(place.units))


def _of_units(rows: Sequence[Any], here: set[int]) -> _Found:
    """Between units: a row for each that asks, with the waits, their items and who is awaited as words."""
    asked = {
        row.by_unit: Asked(list(map(int, row.ofs.split(","))), row.waits.split(","), row.items.split(","))
        for row in rows
    }
    # Sorted, so that of circles as short as one another the same is found, in whatever order the waits are read.
    counts = {by: Counter(sorted(each.ofs)) for by, each in asked.items()}
    looked_at = sum(counter.total() for counter in counts.values())
    inside = 0
    for by, counter in counts.items():
        del counter[NOBODY]
        own = counter.pop(by, 0)
        inside += own if by in here else 0
    counts = {by: counter for by, counter in counts.items() if counter}
    ours = here.intersection({*counts}.union(*counts.values()))
    return _Found(asked, counts, ours, inside, looked_at)


def _of_people(actor: Actor, rows: Sequence[Any], here: set[int]) -> _Found:
    asked: dict[int, Asked] = defaultdict(lambda: Asked([], [], []))
    ours: set[int] = set()
    inside = 0
    for row in rows:
        by = _end(actor, row.by_unit, row.by_id if row.by_kind == "person" else None)
        of = _end(actor, row.of_unit, row.of_id if row.of_kind == "person" else None)
        of = row.of_id if of is None else of
        if by is not None and by == of:
            inside += row.by_unit in here
        elif by is not None and of is not None:
            for column, value in zip(asked[by], (of, row.id, row.item_id), strict=True):
                column.append(value)
            if row.by_unit in here or by in here:
                ours.add(by)
            if row.of_unit in here or of in here:
                ours.add(of)
    counts = {by: Counter(each.ofs) for by, each in asked.items()}
    return _Found(asked, counts, ours, inside, len(rows))


def _end(actor: Actor, unit: int | None, person: int | None) -> int | None:
    """Who stands at an end of a wait for this reader: the person where that is theirs to read, else the unit."""
    readable = person is not None and (unit in actor.headed or person == actor.person_id) and not actor.is_auditor
    return person if readable else unit


def _steps(ring: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def _edge(
    pair: tuple[int, int], waits: list[int], items: list[Any], names: Names, times: dict[int, Any], mutual: bool
) -> Edge:
    rows = [times[wait] for wait in waits if wait in times]
    untils = [row.until for row in rows if row.until is not None]
    return Edge(
        by=names.one(pair[0]),
        of=names.one(pair[1]),
        items=frozenset(items),
        waits=len(waits),
        since=min(row.since for row in rows),
        until=min(untils, default=None),
        mutual=mutual,
    )
