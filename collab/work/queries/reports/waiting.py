"""Who waits for whom: every open question and offer that the actor sees, from who asked to who is awaited."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    Text,
    any_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
)

from collab.core.actor import Actor
from collab.core.errors import NotFound
from collab.core.paging import Page, Window
from collab.core.prepared import Prepared
from collab.people.models import Membership, Party, Post

from ...circles import circles
from ...models import Wait, WorkItem
from ...policy import visible_to
from ..parties import Names, names_of
from ..shapes import PartyRef
from ..waits import Expected, page_of_waits
from .place import Place

MOST: Final = 5_000
"""Open waits that are looked at."""
SHOWN: Final = 60
"""Pairs that are told, those with most items first."""


@dataclass(frozen=True, slots=True)
class Edge:
    """`by` waits for `of`, on so many items, since when at the longest; `until`: by when at the soonest."""

    by: PartyRef
    of: PartyRef
    items: frozenset[int]
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


_TODAY: Final[Any] = bindparam("today", type_=Date)
_UNITS: Final[Any] = bindparam("units", type_=ARRAY(BigInteger))
_TASK: Final[Any] = literal_column("'task'", Text)


def waiting(actor: Actor, place: Place, *, people: bool = False) -> Waiting:
    """The waits from or to the place, and the circles that touch it; two queries.

    With `people`, heads read the people of their units one by one, everybody else themselves; whoever is not theirs
    to read stands as the unit.
    """
    pairs, ours, inside, capped = _pairs(actor, place, people)
    after: dict[int, list[int]] = defaultdict(list)
    for by, of in pairs:
        after[by].append(of)
    touching = [pair for pair in pairs if pair[0] in ours or pair[1] in ours]
    rings = circles(after, through=ours)
    told = sorted(touching, key=lambda pair: (-len(pairs[pair]), pair))
    wanted = {*told[:SHOWN], *(pair for ring in rings for pair in _steps(ring))}
    names = names_of(actor, {party for pair in wanted for party in pair})
    made = {pair: _edge(pair, pairs, names) for pair in wanted}
    return Waiting(
        edges=tuple(made[pair] for pair in told[:SHOWN]),
        circles=tuple(Circle(tuple(made[pair] for pair in _steps(ring))) for ring in rings),
        more=max(0, len(told) - SHOWN),
        inside=inside,
        capped=capped,
    )


def waits_between(
    actor: Actor, place: Place, by: int, of: int, window: Window, *, people: bool = False
) -> Page[Expected]:
    """The waits behind an edge of `waiting`, the soonest first; three queries. Raises NotFound where there is none."""
    found = _pairs(actor, place, people)[0].get((by, of))
    if not found:
        raise NotFound
    return page_of_waits(
        actor, (Wait.id == any_(bindparam("waits", [row.id for row in found], ARRAY(BigInteger))),), window
    )


def _pairs(actor: Actor, place: Place, people: bool) -> tuple[dict[tuple[int, int], list[Any]], set[int], int, bool]:
    """Waits by their two ends; the ends that stand in these units, the units themselves or their people; how many
    stay within one end here; whether there were more than are looked at."""
    rows = WAITS[people].rows(actor, today=place.days.today, units=list(place.units))
    pairs: dict[tuple[int, int], list[Any]] = defaultdict(list)
    inside, here = 0, set(place.units)
    ours: set[int] = set()
    for row in rows:
        by, of = row.by_unit, row.of_unit
        if people:
            by = _end(actor, by, row.by_id if row.by_kind == "person" else None)
            of = _end(actor, of, row.of_id if row.of_kind == "person" else None)
        of = row.of_id if of is None else of
        if by is not None and by == of:
            inside += row.by_unit in here
        elif by is not None and of is not None:
            pairs[by, of].append(row)
            if row.by_unit in here or by in here:
                ours.add(by)
            if row.of_unit in here or of in here:
                ours.add(of)
    return pairs, ours, inside, len(rows) >= MOST


def _end(actor: Actor, unit: int | None, person: int | None) -> int | None:
    """Who stands at an end of a wait for this reader: the person where that is theirs to read, else the unit."""
    readable = person is not None and (unit in actor.headed or person == actor.person_id) and not actor.is_auditor
    return person if readable else unit


def _steps(ring: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(ring, (*ring[1:], ring[0]), strict=True))


def _edge(pair: tuple[int, int], pairs: dict[tuple[int, int], list[Any]], names: Names) -> Edge:
    rows = pairs[pair]
    untils = [row.until for row in rows if row.until is not None]
    return Edge(
        by=names.one(pair[0]),
        of=names.one(pair[1]),
        items=frozenset(row.item_id for row in rows),
        waits=len(rows),
        since=min(row.since for row in rows),
        until=min(untils, default=None),
        mutual=(pair[1], pair[0]) in pairs,
    )


def _unit_of(party: Any) -> Any:
    """The unit of a party today, as a column: its own, its post's, the person's main one; none of outsiders."""
    post = select(Post.unit_id).where(Post.id == party.id).scalar_subquery()
    main = (
        select(Membership.unit_id)
        .where(Membership.person_id == party.id, Membership.valid_from <= _TODAY)
        .where(or_(Membership.valid_to.is_(None), Membership.valid_to > _TODAY))
        .order_by(Membership.main.desc(), Membership.id)
        .limit(1)
        .scalar_subquery()
    )
    return case((party.kind == "unit", party.id), (party.kind == "post", post), (party.kind == "person", main))


def _waits(actor: Actor, people: bool) -> Any:
    """Open waits with their two ends; `people`: also of what kind these are.

    Many waits have few ends, so each end is looked up once.
    """
    seen = (
        select(
            Wait.id, Wait.item_id, Wait.since, Wait.until, Wait.by_unit_id.label("by_unit"), Wait.by_id, Wait.of_id,
            Wait.taken_by, Wait.for_item_id,
        )
        .where(Wait.ended_at.is_(None), Wait.sense != _TASK, Wait.by_unit_id.is_not(None), _of_seen_item(actor))
        .cte("seen")
    )  # fmt: skip
    awaited = select(seen.c.of_id).distinct().subquery("awaited")
    ends = select(Party.id, Party.kind, _unit_of(Party).label("unit")).join(awaited, awaited.c.of_id == Party.id)
    of = ends.cte("ends").prefix_with("materialized", dialect="postgresql")
    every = select(
        seen.c.id, seen.c.item_id, seen.c.since, seen.c.until, seen.c.by_unit, seen.c.by_id,
        func.coalesce(seen.c.taken_by, seen.c.of_id).label("of_id"),
        func.coalesce(of.c.unit, _other_items_desk(actor, seen.c.for_item_id)).label("of_unit"),
        *((_kind_of_asker(seen.c.by_id), _kind_of_awaited(seen.c.taken_by, of.c.kind)) if people else ()),
    ).select_from(seen.outerjoin(of, of.c.id == seen.c.of_id)).offset(0).subquery("every")  # fmt: skip
    # Those from or to the place come first: what is cut is what may at most lengthen a circle elsewhere.
    here = or_(every.c.by_unit == any_(_UNITS), func.coalesce(every.c.of_unit == any_(_UNITS), false()))
    return select(every).order_by(here.desc(), every.c.since, every.c.id).limit(MOST)


def _kind_of_asker(by_id: Any) -> Any:
    return select(Party.kind).where(Party.id == by_id).scalar_subquery().label("by_kind")


def _kind_of_awaited(taken_by: Any, kind: Any) -> Any:
    return case((taken_by.is_not(None), literal_column("'person'", Text)), else_=kind).label("of_kind")


def _other_items_desk(actor: Actor, item_id: Any) -> Any:
    """Where the other item lies whose end is awaited, if the actor sees that one."""
    return select(WorkItem.desk_unit_id).where(WorkItem.id == item_id, visible_to(actor)).scalar_subquery()


def _of_seen_item(actor: Actor) -> Any:
    return exists(select(WorkItem.id).where(WorkItem.id == Wait.item_id, visible_to(actor)).correlate(Wait))


WAITS: Final = {people: Prepared(partial(_waits, people=people)) for people in (False, True)}
