"""How far the parts of items are."""

from collections.abc import Sequence

from sqlalchemy import func, select

from collab.core.actor import Actor
from collab.core.db import db

from ..models import WorkItem
from ..policy import among, visible_to


def progress_of(actor: Actor, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Item → how many of its parts within sight are finished, of how many; those given up do not count. One query."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(WorkItem.parent_id, func.count().filter(WorkItem.state_kind == "done"), func.count())
        .where(WorkItem.parent_id == among(frozenset(ids)), WorkItem.state_kind != "cancelled", visible_to(actor))
        .group_by(WorkItem.parent_id)
    )
    return {parent: (done, every) for parent, done, every in rows if parent is not None}
