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
from .announced import ToConfirm, asking, read
from .desks import Unsigned, unsigned
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


def _put_off(actor: Actor, asked: Asked) -> Select[Any]:
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
        select(Person.looked_at, unsigned(actor), asking(actor, asked.today), *list(found.c)[:-1])
        .outerjoin(found, found.c.person_id == Person.id)
        .where(Person.id == actor.person_id)
        .order_by(found.c.until, found.c.id)
    )


PUT_OFF: Final = Prepared(_put_off)


class Day(NamedTuple):
    """What stands around the day of a person: when they looked last, what they put off, what they are to sign and to
    confirm."""

    looked: datetime | None
    off: list[PutOffWait]
    signing: list[Unsigned]
    confirming: list[ToConfirm]


def around_day(actor: Actor) -> Day:
    """When this person last looked at their day, what they put off of it, what comes back first standing first, and
    which protocols they are to sign and which messages to confirm. One question, since My day asks for all."""
    rows = PUT_OFF.rows(actor)
    if not rows:
        return Day(None, [], [], [])
    signing = [] if actor.is_auditor else [Unsigned(*one) for one in rows[0][1] or []]
    off = [PutOffWait(*row[3:]) for row in rows if row[3] is not None]
    return Day(rows[0][0], off, signing, read(rows[0][2]))


def put_off(actor: Actor) -> list[PutOffWait]:
    """What this person put off, what comes back first standing first."""
    return around_day(actor).off


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
