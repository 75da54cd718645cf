"""What somebody last worked on: what an empty search begins with. From the ledger; nobody's reading is kept for it."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Select, case, false, func, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.facts import FactRow
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from .documents import WORK_ITEM
from .found import ItemByName

LOOKED_AT: Final = 60
"""Newest acts of somebody among which their items are looked for."""
MOST: Final = 6
# What was said in the talk of an item is work on it.
_ITEM: Any = case(
    (FactRow.subject_kind == WORK_ITEM, FactRow.subject_id),
    (FactRow.payload["owner_kind"].astext == WORK_ITEM, FactRow.payload["owner"].astext.cast(BigInteger)),
)


def recent_items(actor: Actor, most: int = MOST) -> list[ItemByName]:
    """The items this person last did something on, newest first, as far as they still see them; one query."""
    acts = (
        select(FactRow.id, _ITEM.label("item_id"))
        .where(FactRow.actor_id == actor.person_id)
        .order_by(FactRow.id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    last: Any = (
        select(acts.c.item_id, func.max(acts.c.id).label("act"))
        .where(acts.c.item_id.is_not(None))
        .group_by(acts.c.item_id)
        .subquery()
    )
    rows = db.session.execute(
        select(WorkItem.kind, WorkItem.reference, WorkItem.title, WorkItem.state_kind)
        .join(last, last.c.item_id == WorkItem.id)
        .where(visible_to(actor))
        .order_by(last.c.act.desc())
        .limit(most)
    )
    return [ItemByName(*row) for row in rows]


def items_seen(actor: Actor, called: Sequence[Select[int]], most: int) -> list[ItemByName]:
    """The items that one of the statements names, as far as somebody sees them, the newest first; one query."""
    chosen = select(WorkItem.kind, WorkItem.reference, WorkItem.title, WorkItem.state_kind)
    named = or_(false(), *(WorkItem.id.in_(each) for each in called))
    seen = chosen.where(named, visible_to(actor)).order_by(WorkItem.id.desc()).limit(most)
    return [ItemByName(*row) for row in db.session.execute(seen)]
