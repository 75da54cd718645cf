"""An item that, in the end, waits for itself: allowed, and told on its page."""

from typing import Final

from sqlalchemy import select, text

from collab.core.actor import Actor
from collab.core.db import db

from ..models import WorkItem
from ..policy import among, visible_to

DEEPEST: Final = 12
# Breadth first, each item once on a way, a bounded number of ways: a knot of a thousand waits costs no more than this.
_WAY: Final = text(
    f"""
    with recursive way(item, path) as (
      select for_item_id, array[item_id, for_item_id] from wait
      where item_id = :item and ended_at is null and for_item_id is not null
      union all
      (select w.for_item_id, way.path || w.for_item_id
       from way join wait w on w.item_id = way.item and w.ended_at is null and w.for_item_id is not null
       where way.item <> :item and cardinality(way.path) < {DEEPEST} and not w.for_item_id = any(way.path[2:])
       limit 500))
    select path from way where item = :item order by cardinality(path) limit 1
    """  # noqa: S608 only constants of this file
)


def circle_of(actor: Actor, item_id: int) -> list[str]:
    """The references of the shortest circle of waits through an item, beginning and ending with it; an item that the
    actor does not see is an empty name. Nothing where there is no circle; two queries where there is."""
    path = db.session.scalar(_WAY, {"item": item_id})
    if path is None:
        return []
    rows = db.session.execute(
        select(WorkItem.id, WorkItem.reference).where(WorkItem.id == among(frozenset(path)), visible_to(actor))
    )
    seen = {row.id: row.reference for row in rows}
    return [seen.get(id_, "") for id_ in path]
