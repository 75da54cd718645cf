"""The inbox: what somebody heard of, as far as they may still see it.

Unread and read lines are walked apart, each along its own index, so that an inbox of thousands costs one page.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, and_, case, cast, exists, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import TEXT
from sqlalchemy.orm import Session, aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.facts import FactRow
from collab.core.paging import Key, Keyset, Kind, Page, Window
from collab.messaging.models import Conversation, Message, MessageToSend
from collab.messaging.owners import own_visible_to as talk_visible_to
from collab.people.models import Party
from collab.work.models import WorkItem
from collab.work.policy import visible_to

from ..forms import Which
from ..hearing import CONVERSATION, LATER, WORK_ITEM
from ..models import Notification
from ..prepared import Asked, Prepared, asked
from ..topics import SOUGHT

PAGE: Final = 50
NEWS: Final = 8
"""How many lines stand on My day."""


class Heard(NamedTuple):
    """One line of the inbox with the item it is about; of a conversation `reference`, `kind` and `state_kind` are
    empty."""

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
    kind: str
    state_kind: str
    snoozed_until: datetime | None
    muted_at: datetime | None
    unit_id: int
    unit_label: str | None
    unit_names: dict[str, str] | None
    for_id: int | None
    for_label: str | None
    for_names: dict[str, str] | None
    reach: str


_UNIT, _FOR = aliased(Party, name="unit_party"), aliased(Party, name="for_party")
# The unit an item lies in, or whose conversation it is.
_IN_UNIT: Any = func.coalesce(WorkItem.unit_id, case((Conversation.owner_kind == "unit", Conversation.owner_id)))
_COLUMNS = (
    Notification.id, Notification.subject_kind, Notification.subject_id, Notification.reasons, Notification.count,
    Notification.at, Notification.read_at, Notification.archived_at, Notification.actor_id, Party.label, Party.names,
    func.coalesce(WorkItem.reference, ""), func.coalesce(WorkItem.title, Conversation.title, ""),
    func.coalesce(WorkItem.kind, ""), func.coalesce(WorkItem.state_kind, ""), Notification.snoozed_until,
    Notification.muted_at, func.coalesce(_IN_UNIT, 0), _UNIT.label, _UNIT.names, Notification.for_id, _FOR.label,
    _FOR.names, func.coalesce(WorkItem.reach, case((Conversation.kind == "direct", "named"), else_="unit")),
)  # fmt: skip

NEWEST: Final = Keyset(
    (
        Key("at", Notification.at, Kind.INSTANT, descending=True),
        Key("id", Notification.id, Kind.INTEGER, descending=True),
    )
)
UNREAD_FIRST: Final = Keyset((Key("read", Notification.read_at.is_not(None), Kind.TRUTH), *NEWEST.keys))

_THERE = and_(Notification.archived_at.is_(None), Notification.snoozed_until.is_(None))
_UNREAD, _READ = Notification.read_at.is_(None), Notification.read_at.is_not(None)


def mine(actor: Actor) -> ColumnElement[bool]:
    """Lines of this person whose subject they may still see."""
    of_item = and_(Notification.subject_kind == WORK_ITEM, visible_to(actor))
    of_talk = and_(Notification.subject_kind == CONVERSATION, talk_visible_to(actor))
    own = exists(select(MessageToSend.id).where(MessageToSend.id == Notification.subject_id, _is_of(actor)))
    of_later = and_(Notification.subject_kind == LATER, own)
    return and_(Notification.person_id == actor.person_id, or_(of_item, of_talk, of_later))


def _is_of(actor: Actor) -> ColumnElement[bool]:
    return MessageToSend.person_id == actor.person_id


def with_subjects(query: Select[Any]) -> Select[Any]:
    """`query` with the items and the conversations that lines are about, whichever it is."""
    about_item = and_(Notification.subject_kind == WORK_ITEM, WorkItem.id == Notification.subject_id)
    about_talk = and_(Notification.subject_kind == CONVERSATION, Conversation.id == Notification.subject_id)
    return query.outerjoin(WorkItem, about_item).outerjoin(Conversation, about_talk)


def _ids(actor: Actor, *criteria: Any) -> Select[Any]:
    return with_subjects(select(Notification.id)).where(mine(actor), *criteria)


def _lines() -> Select[Any]:
    return (
        with_subjects(select(*_COLUMNS))
        .outerjoin(Party, Party.id == Notification.actor_id)
        .outerjoin(_UNIT, _UNIT.id == _IN_UNIT)
        .outerjoin(_FOR, _FOR.id == Notification.for_id)
    )


def _of(*parts: Any) -> Select[Any]:
    """The lines with the ids that `parts` give."""
    chosen = union_all(*(select(part.subquery().c.id) for part in parts)).subquery("chosen")
    return _lines().where(Notification.id.in_(select(chosen.c.id)))


def _inbox(actor: Actor, window: Window) -> Select[Any]:
    """The unread lines in their order, then the read ones: each walked from where the page begins."""
    walk = NEWEST.reversed() if window.backward else NEWEST
    parts = []
    for is_read, criterion in ((False, _UNREAD), (True, _READ)):
        here: list[Any] = [_THERE, criterion]
        if window.position is not None:
            begins, *rest = window.position
            if is_read != begins and is_read == window.backward:
                continue
            if is_read == begins:
                here.append(walk.beyond(tuple(rest)))
        ordered = _ids(actor, *here).order_by(*(key.order() for key in walk.keys))
        parts.append(ordered.limit(window.limit + 1))
    return window.applied(_of(*parts))


def _news(actor: Actor, asking: Asked) -> Select[Any]:
    """Unread lines, and those since a moment, the newest of both."""
    order = [key.order() for key in NEWEST.keys]
    parts = [_ids(actor, _THERE, _UNREAD).order_by(*order).limit(NEWS)]
    if asking.moment is not None:
        parts.append(_ids(actor, _THERE, _READ, Notification.at > asking.moment).order_by(*order).limit(NEWS))
    return _of(*parts).order_by(*order).limit(NEWS)


FIRST_PAGE: Final = Prepared(lambda actor, _asking: _inbox(actor, UNREAD_FIRST.window(limit=PAGE)))
LATEST: Final = Prepared(_news)


def find_page(actor: Actor, which: Which = "all", after: str | None = None, limit: int = PAGE) -> Page[Heard]:
    """A page of the inbox: unread first, then by time. Raises BadCursor."""
    if which == "all":
        window = UNREAD_FIRST.window(after, limit)
        first = after is None and limit == PAGE
        rows = FIRST_PAGE.rows(actor) if first else db.session.execute(_inbox(actor, window)).all()
        return window.page([Heard(*row) for row in rows], lambda row: (row.read_at is not None, row.at, row.id))
    window = NEWEST.window(after, limit)
    criterion = _criterion(which)
    found = db.session.execute(window.applied(_of(window.applied(_ids(actor, criterion))))).all()
    return window.page([Heard(*row) for row in found], lambda row: (row.at, row.id))


def _criterion(which: Which) -> ColumnElement[bool]:
    """The lines that a view of the inbox shows."""
    if which == "archived":
        return Notification.archived_at.is_not(None)
    if which == "snoozed":
        return and_(Notification.archived_at.is_(None), Notification.snoozed_until.is_not(None))
    if which == "unread":
        return and_(_THERE, _UNREAD)
    return and_(_THERE, Notification.reasons.op("&&")(cast(list(SOUGHT[which]), ARRAY(TEXT))))


def since_last_look(actor: Actor, looked: datetime | None) -> list[Heard]:
    """What is unread or happened since this person last looked at their day, newest first."""
    return [Heard(*row) for row in LATEST.rows(actor, asked(actor, looked))]


def lines_among(reading: Session, actor: Actor, ids: Iterable[int]) -> list[Heard]:
    """Those of these lines whose subject the actor may still see, the newest first."""
    chosen = _lines().where(mine(actor), Notification.id.in_(list(ids))).order_by(*(key.order() for key in NEWEST.keys))
    return [Heard(*row) for row in reading.execute(chosen)]


def find(actor: Actor, notification_id: int) -> Heard:
    """One line. Raises NotFound when it is somebody else's or its subject is out of sight."""
    row = db.session.execute(_lines().where(mine(actor), Notification.id == notification_id)).one_or_none()
    if row is None:
        raise NotFound
    return Heard(*row)


class Told(NamedTuple):
    """The message that a line is about, and its number in its conversation."""

    id: int
    seq: int


def message_of(heard: Heard) -> Told | None:
    """Of a line about what was said: which message; of several the first, from where one reads on. None for any other.
    The line was found by its reader."""
    of = case((Notification.count == 1, Notification.last_fact_id), else_=Notification.first_fact_id)
    row = db.session.execute(
        select(Message.id, Message.seq)
        .join(FactRow, Message.id == FactRow.payload["message"].astext.cast(BigInteger))
        .join(Notification, FactRow.id == of)
        .where(Notification.id == heard.id, FactRow.subject_kind == "conversation")
    ).one_or_none()
    return Told(row.id, row.seq) if row else None
