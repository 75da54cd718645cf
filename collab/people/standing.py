"""Where somebody stands in the organisation today, computed from dated memberships into an Actor.

Rights come from memberships valid today. Head, deputy and acting head reach their unit and all below. Whoever
stands in for somebody absent today reaches what the absent one reaches, except named-only items.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, Final, NamedTuple

from flask import current_app
from sqlalchemy import ARRAY, BigInteger, Date, Integer, bindparam, literal, null, select, text, union_all
from sqlalchemy.orm import Session

from collab.core.actor import Actor

from .models import Absence, Membership, Party, Person, Post, UnitClosure

HEADING: Final = frozenset({"head", "deputy", "acting"})
MOST_REMEMBERED: Final = 2_000


class Stamp(NamedTuple):
    """What an actor was computed from; when any part differs it is computed again."""

    access_version: int
    tree_version: int
    day: date


class Remembered:
    """The actors this process computed last, by person. Bounded: the least recently asked for go first.

    `tree` is the tree of units as it was read last (queries/tree.py); `somebody`: somebody has an account, which
    stays so (queries/house.py).
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self.tree: Any = None
        self.somebody = False
        self._most = most
        self._kept: OrderedDict[int, tuple[Stamp, Actor]] = OrderedDict()
        self._lock = Lock()

    def get(self, person_id: int, stamp: Stamp) -> Actor | None:
        with self._lock:
            found = self._kept.get(person_id)
            if found is None or found[0] != stamp:
                return None
            self._kept.move_to_end(person_id)
            return found[1]

    def put(self, person_id: int, stamp: Stamp, actor: Actor) -> None:
        with self._lock:
            self._kept[person_id] = (stamp, actor)
            self._kept.move_to_end(person_id)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def remembered_here() -> Remembered:
    """What this process remembers for the application that is running."""
    found: Remembered = current_app.extensions.setdefault("collab.actors", Remembered())
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """One membership: in which unit, as what, with which post."""

    unit_id: int
    kind: str
    post_id: int | None


@dataclass(slots=True)
class Standing:
    """Everything the rights of one person come from."""

    person: Any
    own: list[Held] = field(default_factory=list)
    stands_for: dict[int, list[Held]] = field(default_factory=dict)

    def held(self) -> Iterable[Held]:
        yield from self.own
        for others in self.stands_for.values():
            yield from others


def valid_on(model: Any, day: Any) -> Any:
    """The criterion "in force on `day`": from its first day to the day before its end."""
    return (model.valid_from <= day) & (model.valid_to.is_(None) | (model.valid_to > day))


_WHO = bindparam("who", type_=ARRAY(BigInteger))
_DAY = bindparam("day", type_=Date)


def _standings() -> Any:
    """(person, stood-in-for person or own id, membership) for everybody in `who`, with their profile."""
    mine = select(Person.id.label("me"), Person.id.label("other")).where(
        Person.id == text("any(:who)").bindparams(_WHO)
    )
    others = (
        select(Absence.substitute_id.label("me"), Absence.person_id.label("other"))
        .where(Absence.substitute_id == text("any(:who)").bindparams(_WHO))
        .where(Absence.cancelled_at.is_(None), Absence.first_day <= _DAY, Absence.last_day >= _DAY)
    )
    stood = union_all(mine, others).subquery("stood")
    return (
        select(
            stood.c.me, stood.c.other, Membership.unit_id, Membership.kind, Membership.post_id,
            Party.label, Party.names, Person.email, Person.locale, Person.time_zone, Person.calendar, Person.theme,
            Person.roles, Person.kind.label("sort"), Person.shows_presence,
        )
        .join(Person, Person.id == stood.c.me)
        .join(Party, Party.id == stood.c.me)
        .outerjoin(Membership, (Membership.person_id == stood.c.other) & valid_on(Membership, _DAY))
    )  # fmt: skip


def _below() -> Any:
    """(unit, unit below or None, head post or None) for everything under the units in `units`."""
    units = bindparam("units", type_=ARRAY(BigInteger))
    below = select(
        UnitClosure.ancestor_id.label("unit"), UnitClosure.descendant_id.label("below"), null().label("post")
    )
    posts = select(Post.unit_id, literal(None, Integer), Post.id).where(
        Post.unit_id == text("any(:units)").bindparams(units), Post.kind == "head", valid_on(Post, _DAY)
    )
    return union_all(below.where(UnitClosure.ancestor_id == text("any(:units)").bindparams(units)), posts)


STANDINGS: Final = _standings()
BELOW: Final = _below()


def compute(session: Session, people: Iterable[int], day: date) -> dict[int, Actor]:
    """The actors of `people` as they stand on `day`, in two queries whatever their number."""
    wanted = list(people)
    if not wanted:
        return {}
    found: dict[int, Standing] = {}
    for row in session.execute(STANDINGS, {"who": wanted, "day": day}):
        standing = found.setdefault(row.me, Standing(row))
        held = standing.own if row.other == row.me else standing.stands_for.setdefault(row.other, [])
        if row.unit_id is not None:
            held.append(Held(row.unit_id, row.kind, row.post_id))
    roots = {held.unit_id for standing in found.values() for held in standing.held() if held.kind in HEADING}
    below: dict[int, set[int]] = {unit: {unit} for unit in roots}
    head_posts: dict[int, int] = {}
    if roots:
        for unit, lower, post in session.execute(BELOW, {"units": sorted(roots), "day": day}):
            if lower is not None:
                below[unit].add(lower)
            else:
                head_posts[unit] = post
    return {id_: actor_of(id_, standing, below, head_posts) for id_, standing in found.items()}


def actor_of(person_id: int, standing: Standing, below: Mapping[int, set[int]], head_posts: Mapping[int, int]) -> Actor:
    """The actor that follows from a standing. `below`: unit → itself and all under it; `head_posts`: unit → post."""
    stood_in = [held for others in standing.stands_for.values() for held in others]
    own, both = standing.own, [*standing.own, *stood_in]
    standing_for = frozenset(standing.stands_for)
    units = frozenset(held.unit_id for held in own)
    heads = frozenset(held.unit_id for held in both if held.kind in HEADING)
    headed = _all_below(heads, below)
    own_headed = _all_below({held.unit_id for held in own if held.kind in HEADING}, below)
    reach = headed | {held.unit_id for held in both}
    row = standing.person
    return Actor(
        person_id=person_id,
        name=(row.names or {}).get(row.locale) or row.label,
        email=row.email,
        locale=row.locale,
        time_zone=row.time_zone,
        calendar=row.calendar,
        theme=row.theme,
        roles=frozenset(row.roles),
        units=units,
        headed=headed,
        reach=reach,
        parties=frozenset({person_id}) | standing_for | _posts(both, head_posts) | reach,
        named_parties=frozenset({person_id}) | _posts(own, head_posts) | units | own_headed,
        substitutes=standing_for,
        own_headed=own_headed,
        heads=heads,
        bot=row.sort == "bot",
        shows_presence=row.shows_presence,
        rooms=_rooms(person_id, {person_id} | standing_for, {held.unit_id for held in both}, heads),
    )


def _all_below(units: Iterable[int], below: Mapping[int, set[int]]) -> frozenset[int]:
    return frozenset().union(*(below[unit] for unit in units))


def _posts(held: Iterable[Held], head_posts: Mapping[int, int]) -> frozenset[int]:
    """The posts somebody holds; whoever heads a unit, even for a while, acts for its head's post."""
    posts = set()
    for one in held:
        if one.post_id is not None:
            posts.add(one.post_id)
        if one.kind in HEADING and one.unit_id in head_posts:
            posts.add(head_posts[one.unit_id])
    return frozenset(posts)


def _rooms(own: int, people: Iterable[int], units: Iterable[int], heads: Iterable[int]) -> tuple[str, ...]:
    """Rooms of the socket line. In `self:` sits the person alone, in `person:` also whoever stands in for them."""
    return (
        f"self:{own}",
        *(f"person:{person}" for person in sorted(people)),
        *(f"unit:{unit}" for unit in sorted(units)),
        *(f"below:{unit}" for unit in sorted(heads)),
        "all",
    )
