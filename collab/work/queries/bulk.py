"""The items of a bulk edit, as far as they are seen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound

from ..filters.compile import Compiled
from ..models import WorkItem
from ..policy import visible_to
from .patience import patience
from .plans import walks, within_sight
from .rows import LABELS


def many_items(actor: Actor, ids: Sequence[int]) -> Sequence[Any]:
    """These items in the order of their ids, each once; one query. Raises NotFound when one of them is not seen."""
    return sorted_or_missing(db.session.execute(subjects(actor, ids)).all(), ids)


def subjects(actor: Actor, ids: Sequence[int]) -> Any:
    """The columns of `collab.work.bulk.Subject`."""
    wanted = any_(bindparam("ids", sorted(set(ids)), type_=ARRAY(BigInteger), unique=True))
    return (
        select(
            WorkItem.id, WorkItem.kind, WorkItem.reference, WorkItem.title, WorkItem.body, WorkItem.state_kind,
            WorkItem.holder_id, WorkItem.desk_unit_id, WorkItem.unit_id, WorkItem.created_by, WorkItem.priority,
            WorkItem.start_on, WorkItem.due_on, WorkItem.reach, WorkItem.parent_id, LABELS.label("labels"),
        )
        .where(WorkItem.id == wanted, visible_to(actor))
        .order_by(WorkItem.id)
    )  # fmt: skip


def sorted_or_missing(rows: Sequence[Any], ids: Sequence[int]) -> Sequence[Any]:
    if len(rows) != len(set(ids)):
        raise NotFound
    return rows


def matching(actor: Actor, wanted: Compiled, most: int) -> list[int]:
    """The ids of what a query finds, at most `most` and one more; one query."""
    query = select(WorkItem.id).where(*wanted.criteria)
    walk = walks(actor, dense=wanted.dense, sieved=wanted.sieved)
    seen = within_sight(actor, query, only_open=wanted.only_open, walk=walk, sieve=wanted.sieve)
    with patience(short=not wanted.anchored):
        return list(db.session.scalars(seen.order_by(WorkItem.id).limit(most + 1), wanted.given))


def seen_among(actor: Actor, ids: Sequence[int]) -> Sequence[Any]:
    """Those of these items that the actor sees, as a bulk edit looks at them."""
    return db.session.execute(subjects(actor, ids)).all()
