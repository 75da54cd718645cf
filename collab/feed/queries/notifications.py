"""The inbox: what somebody heard of, as far as they may still see it."""

from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.paging import Key, Keyset, Kind, Page
from collab.people.models import Party, Person
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from ..hearing import WORK_ITEM
from ..models import Notification

Which = Literal["all", "unread", "archived"]


class Heard(NamedTuple):
    """One line of the inbox with the item it is about."""

    id: int
    subject_kind: str
    subject_id: int
    reasons: list[str]
    times: int
    at: datetime
    read_at: datetime | None
    archived_at: datetime | None
    actor_id: int
    actor_label: str | None
    actor_names: dict[str, str] | None
    reference: str
    title: str
    state_kind: str


_COLUMNS = (
    Notification.id, Notification.subject_kind, Notification.subject_id, Notification.reasons, Notification.count,
    Notification.at, Notification.read_at, Notification.archived_at, Notification.actor_id, Party.label, Party.names,
    WorkItem.reference, WorkItem.title, WorkItem.state_kind,
)  # fmt: skip

INBOX = Keyset(
    (
        Key("read", Notification.read_at.is_not(None), Kind.TRUTH),
        Key("at", Notification.at, Kind.INSTANT, descending=True),
        Key("id", Notification.id, Kind.INTEGER, descending=True),
    )
)
"""Unread first, then the newest."""

UNREAD = Keyset(INBOX.keys[1:])
"""The order where unread and read are not told apart."""


def mine(actor: Actor) -> Any:
    """Lines of this person whose subject they may still see."""
    return and_(Notification.person_id == actor.person_id, visible_to(actor))


def _lines(actor: Actor) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(WorkItem, and_(Notification.subject_kind == WORK_ITEM, WorkItem.id == Notification.subject_id))
        .outerjoin(Party, Party.id == Notification.actor_id)
        .where(mine(actor))
    )


def _which(which: Which) -> Any:
    if which == "archived":
        return Notification.archived_at.is_not(None)
    there = Notification.archived_at.is_(None)
    return and_(there, Notification.read_at.is_(None)) if which == "unread" else there


def find_page(actor: Actor, which: Which = "all", after: str | None = None, limit: int = 50) -> Page[Heard]:
    """A page of the inbox: unread first, then by time. Raises BadCursor."""
    order = INBOX if which == "all" else UNREAD
    window = order.window(after, limit)
    rows = [Heard(*row) for row in db.session.execute(window.applied(_lines(actor).where(_which(which))))]
    if which == "all":
        return window.page(rows, lambda row: (row.read_at is not None, row.at, row.id))
    return window.page(rows, lambda row: (row.at, row.id))


def since_last_look(actor: Actor, limit: int) -> tuple[datetime | None, list[Heard]]:
    """When this person last looked at their day, and what is unread or happened since, newest first."""
    looked = db.session.scalar(select(Person.looked_at).where(Person.id == actor.person_id))
    new: ColumnElement[bool] = Notification.read_at.is_(None)
    if looked is not None:
        new = or_(new, Notification.at > looked)
    query = _lines(actor).where(Notification.archived_at.is_(None), new)
    rows = db.session.execute(query.order_by(Notification.at.desc(), Notification.id.desc()).limit(limit))
    return looked, [Heard(*row) for row in rows]


def find(actor: Actor, notification_id: int) -> Heard:
    """One line. Raises NotFound when it is somebody else's or its subject is out of sight."""
    row = db.session.execute(_lines(actor).where(Notification.id == notification_id)).one_or_none()
    if row is None:
        raise NotFound
    return Heard(*row)
