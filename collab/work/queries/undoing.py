"""Which act can be undone, and on which item a line of the ledger is."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.facts import FactRow

from ..models import WorkItem
from ..policy import visible_to
from ..undoing import can_be_undone, last_act
from .history import SUBJECT


class Subject(NamedTuple):
    """The item of a line of the ledger."""

    id: int
    reference: str


def subject_of(actor: Actor, fact_id: int) -> Subject:
    """The item that a line of the ledger is about. Raises NotFound when the actor does not see it."""
    row = db.session.execute(
        select(WorkItem.id, WorkItem.reference)
        .join(FactRow, FactRow.subject_id == WorkItem.id)
        .where(FactRow.id == fact_id, FactRow.subject_kind == SUBJECT, visible_to(actor))
    ).one_or_none()
    if row is None:
        raise NotFound
    return Subject(row.id, row.reference)


_NEWEST: Any = (
    select(FactRow.id, FactRow.at, FactRow.kind, FactRow.actor_id, FactRow.payload)
    .where(FactRow.subject_kind == SUBJECT)
    .order_by(FactRow.id.desc())
    .limit(20)
)


def undoable(actor: Actor, item_id: int, since: datetime | None = None) -> int | None:
    """The line that tells the last act (not before `since`) on an item found within sight, if this actor may undo it.

    One query.
    """
    act: Any = last_act(db.session.execute(_NEWEST.where(FactRow.subject_id == item_id)).all())
    if act is not None and since is not None and act.at < since:
        return None
    return act.id if can_be_undone(act, actor.person_id, clock.now()) else None
