"""A unit that becomes several, on its day: new units, posts and memberships. The work follows from the floor above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..models import Membership, Party, Post, Unit, UnitEdge, UnitSplit, UnitSplitLine, UnitSplitPart
from ..standing import valid_on
from . import members, units
from .parties import Naming

KEPT_KINDS = ("deputy", "member")


@dataclass(frozen=True, slots=True)
class Plan:
    """A split with its parts in order, and its lines: (sort, id) → the part, None where it stays. Single items, which
    may be thousands, are asked for where they go."""

    split: UnitSplit
    parts: list[UnitSplitPart]
    lines: dict[tuple[str, int], UnitSplitLine]

    @classmethod
    def of(cls, session: Session, split: UnitSplit) -> "Plan":
        """As it is written down."""
        parts = select(UnitSplitPart).where(UnitSplitPart.split_id == split.id).order_by(UnitSplitPart.position)
        lines = select(UnitSplitLine).where(UnitSplitLine.split_id == split.id, UnitSplitLine.sort != "item")
        return cls(
            split, list(session.scalars(parts)), {(one.sort, one.thing_id): one for one in session.scalars(lines)}
        )

    def part(self, sort: str, id_: int) -> UnitSplitPart | None:
        """Where a thing goes; None: it stays."""
        line = self.lines.get((sort, id_))
        return next((each for each in self.parts if line is not None and each.id == line.part_id), None)

    def unit(self, sort: str, id_: int) -> int | None:
        """The unit to which a thing goes."""
        part = self.part(sort, id_)
        return part.unit_id if part is not None else None


def make_units(session: Session, plan: Plan, locale: str) -> list[UnitSplitPart]:
    """The new units, beside the one that is split: under the same unit, by the same calendar. Those made."""
    split = plan.split
    unit = session.get_one(Unit, split.unit_id)
    above = session.scalar(
        select(UnitEdge.parent_id).where(UnitEdge.unit_id == unit.id, valid_on(UnitEdge, split.on_day))
    )
    new = [part for part in plan.parts if part.new and part.unit_id is None]
    made = units.add_units(
        session,
        [
            units.NewUnit(
                part.code or "", Naming(part.name or "", part.names), split.on_day, above, None, unit.level,
                unit.calendar_id,
            )
            for part in new
        ],
        locale,
    )  # fmt: skip
    for part, id_ in zip(new, made, strict=True):
        part.unit_id = id_
    session.flush()
    return new


def move_posts(session: Session, plan: Plan) -> dict[int, int]:
    """Posts that go end here and begin there under the same name. Old post → new one."""
    on, made = plan.split.on_day, {}
    for (sort, id_), line in plan.lines.items():
        into = plan.unit(sort, id_)
        post = session.get(Post, id_) if sort == "post" and into is not None else None
        if post is None or into is None or post.unit_id != plan.split.unit_id or not _reaches(post.valid_to, on):
            continue
        party = session.get_one(Party, post.id)
        begins, ends = max(on, post.valid_from), post.valid_to
        [line.made_id] = units.add_posts(
            session, [units.NewPost(into, post.kind, Naming(party.label, dict(party.names)), begins, ends)]
        )
        made[post.id] = line.made_id
    units.close_posts(session, Post.id.in_(list(made)), on)
    return made


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who goes: to which unit and as what."""

    person: int
    unit: int
    kind: str
    since: date


def move_people(session: Session, plan: Plan, posts: dict[int, int]) -> list[Moved]:
    """Memberships end here and begin there; whoever held a post that goes and stays behind, stays without it."""
    split, on = plan.split, plan.split.on_day
    query = (
        select(Membership)
        .where(Membership.unit_id == split.unit_id, or_(Membership.valid_to.is_(None), Membership.valid_to > on))
        .order_by(Membership.person_id, Membership.main.desc(), Membership.id)
    )
    rows = list(session.scalars(query))
    new: list[members.NewMembership] = []
    moved: list[Moved] = []
    for person in dict.fromkeys(row.person_id for row in rows):
        mine = [row for row in rows if row.person_id == person]
        part = plan.part("person", person)
        if part is None:
            new += [_again(row, on) for row in mine if row.post_id in posts]
            _end(session, [row for row in mine if row.post_id in posts], on)
            continue
        into = part.unit_id or 0
        leads = part.head_id == person
        if leads or not _there(session, person, into, on):
            one = _there_as(mine, into, leads, on, posts)
            new.append(one)
            moved.append(Moved(person, into, one.kind, one.valid_from))
        _end(session, mine, on)
    session.flush()
    members.add_memberships(session, new)
    members.touch_people(session, {row.person_id for row in rows})
    return moved


def _there_as(
    mine: Sequence[Membership], into: int, leads: bool, on: date, posts: dict[int, int]
) -> members.NewMembership:
    """What somebody is where they go: what they were, but head only where they were chosen to lead."""
    best = mine[0]
    kind = "head" if leads else best.kind if best.kind in KEPT_KINDS else "member"
    post = None if leads else next((posts[row.post_id] for row in mine if row.post_id in posts), None)
    since, until = max(on, min(row.valid_from for row in mine)), best.valid_to
    return members.NewMembership(best.person_id, into, kind, since, until, post, main=any(row.main for row in mine))


def _again(row: Membership, on: date) -> members.NewMembership:
    return members.NewMembership(
        row.person_id, row.unit_id, row.kind, max(on, row.valid_from), row.valid_to, main=row.main
    )


def _end(session: Session, rows: Sequence[Membership], on: date) -> None:
    for row in rows:
        if row.valid_from >= on:
            session.delete(row)
        else:
            row.valid_to = on


def _there(session: Session, person: int, unit: int, on: date) -> bool:
    there = select(Membership.id).where(
        Membership.person_id == person, Membership.unit_id == unit, valid_on(Membership, on)
    )
    return session.scalar(there.limit(1)) is not None


def _reaches(until: date | None, on: date) -> bool:
    return until is None or until > on


def standing(session: Session, unit_id: int, on: date) -> dict[str, Any]:
    """Who and which posts can go when a unit is split on a day: {"person": …, "post": …} with their ids."""
    reaching = or_(Membership.valid_to.is_(None), Membership.valid_to > on)
    there = select(Membership.person_id).where(Membership.unit_id == unit_id, reaching)
    running = or_(Post.valid_to.is_(None), Post.valid_to > on)
    posts = select(Post.id).where(Post.unit_id == unit_id, Post.kind != "head", running)
    return {"person": set(session.scalars(there)), "post": set(session.scalars(posts))}
