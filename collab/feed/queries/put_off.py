"""What somebody put off, and when it comes back."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.people.models import Person
from collab.work.models import Snooze, Wait, WorkItem

from ..prepared import Asked, Prepared
from .waits import sight

MOST: Final = 200


class PutOffWait(NamedTuple):
    """An open wait that is put off. `until`: when it comes back, None when somebody else touches the item."""

    id: int
    sense: str
    what: str
    until: datetime | None
    reference: str | None
    title: str | None


def _put_off(actor: Actor, _asking: Asked) -> Select[Any]:
    found = (
        select(Wait.id, Wait.sense, Wait.what, Snooze.until, WorkItem.reference, WorkItem.title, Snooze.person_id)
        .join(Wait, Wait.id == Snooze.wait_id)
        .outerjoin(WorkItem, WorkItem.id == Wait.item_id)
        .where(Snooze.person_id == actor.person_id, Wait.ended_at.is_(None), sight(actor, Wait))
        .order_by(Snooze.until, Wait.id)
        .limit(MOST)
        .subquery()
    )
    return (
        select(Person.looked_at, *list(found.c)[:-1])
        .outerjoin(found, found.c.person_id == Person.id)
        .where(Person.id == actor.person_id)
        .order_by(found.c.until, found.c.id)
    )


PUT_OFF: Final = Prepared(_put_off)


def looked_and_put_off(actor: Actor) -> tuple[datetime | None, list[PutOffWait]]:
    """When this person last looked at their day, and what they put off of it; what comes back first stands first.

    One question, since My day asks for both.
    """
    rows = PUT_OFF.rows(actor)
    return rows[0][0] if rows else None, [PutOffWait(*row[1:]) for row in rows if row[1] is not None]


def put_off(actor: Actor) -> list[PutOffWait]:
    """What this person put off, what comes back first standing first."""
    return looked_and_put_off(actor)[1]


def put_off_wait(actor: Actor, wait_id: int) -> PutOffWait:
    """A wait as one put it off. Raises NotFound when one did not."""
    row = db.session.execute(
        select(Wait.id, Wait.sense, Wait.what, Snooze.until, WorkItem.reference, WorkItem.title)
        .join(Wait, Wait.id == Snooze.wait_id)
        .outerjoin(WorkItem, WorkItem.id == Wait.item_id)
        .where(Snooze.person_id == actor.person_id, Snooze.wait_id == wait_id)
    ).first()
    if row is None:
        raise NotFound
    return PutOffWait(*row)
