"""Which item an address names, and of what kind it is."""

from typing import NamedTuple

from sqlalchemy import select

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound

from ..models import WorkItem
from ..policy import visible_to
from .items import ITEM, is_named, named_by


class Named(NamedTuple):
    """An item found within sight."""

    id: int
    kind: str
    reference: str


def named(actor: Actor, ref: str | int) -> Named:
    """The item with this reference or id; one query, none for what can be neither. Raises NotFound when the actor does
    not see it."""
    if not is_named(str(ref)):
        raise NotFound
    query = select(WorkItem.id, WorkItem.kind, WorkItem.reference).where(named_by(ref), visible_to(actor))
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    readings.note(actor, ITEM, row.id)
    return Named(*row)
