"""Whom a decision affects according to the tree: a proposal for whose advice to ask, each with its reason."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from collab.core.actor import Actor
from collab.people.queries.tree import tree
from collab.work.models import Link, WorkItem
from collab.work.policy import visible_to


@dataclass(frozen=True, slots=True)
class Affected:
    """A unit and why: `about` (it works on an item this is about), `below`, `above` the unit that decides."""

    unit_id: int
    because: str


def affected(session: Session, actor: Actor, item_id: int, unit_id: int) -> list[Affected]:
    """The units of the items this decision is about, as far as the actor sees those; the units right below the one
    that decides; the unit above. Each once, for the first of these reasons; one question to the database."""
    nodes = tree().nodes
    found = dict.fromkeys(_units_of_items(session, actor, item_id), "about")
    here = nodes.get(unit_id)
    if here is not None:
        for unit in here.below:
            found.setdefault(unit, "below")
        if here.parent is not None:
            found.setdefault(here.parent, "above")
    return [Affected(unit, because) for unit, because in found.items() if unit != unit_id and unit in nodes]


def _units_of_items(session: Session, actor: Actor, item_id: int) -> list[int]:
    """Where the linked items and the whole it is a part of lie, and whose they are."""
    own = aliased(WorkItem)
    linked = (
        select(Link.to_id.label("id")).where(Link.from_id == item_id)
        .union(
            select(Link.from_id).where(Link.to_id == item_id),
            select(own.parent_id).where(own.id == item_id, own.parent_id.is_not(None)),
        )
        .subquery()
    )  # fmt: skip
    query = select(WorkItem.unit_id, WorkItem.desk_unit_id).where(
        or_(WorkItem.id.in_(select(linked.c.id)), WorkItem.parent_id == item_id), visible_to(actor)
    )
    units = {unit for row in session.execute(query.limit(500)) for unit in row}
    return sorted(units)
