"""What follows when something was said: open pages ask again."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock, realtime
from collab.core.envelope import record, session
from collab.core.facts import FactRow
from collab.core.prepared import Fixed
from collab.core.reactions import Told, reacts
from collab.people.events import TreeTurned, UnitClosed
from collab.people.models import Party, Unit, UnitEdge
from collab.people.organisation.founding import today

from .events import (
    ChatImported,
    ConversationArchived,
    ConversationChanged,
    ConversationOpened,
    ConversationReopened,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessageFileRemoved,
    MessageHidden,
    MessagePinned,
    MessagePosted,
    MessageReceiptGiven,
    MessageShownAgain,
    MessageSigned,
    MessageSignRemoved,
    MessagesRemoved,
    MessageUnpinned,
    TopicSet,
)
from .models import Conversation, Message, MessageMention
from .owners import Owner, rooms

LIST = "conversations"
MINE = "mine"
PINS = "pins"
MESSAGE = "message"
"""One message, for pages on which it stands above what they ask for anew."""

_SAID: Final = Fixed(
    lambda: (
        select(
            Message.kind,
            Message.text,
            Message.author_id,
            Message.reply_to_id,
            Message.root_id,
            Message.created_at,
            Message.urgent,
            Message.text.contains("](party:").label("calls"),
            Party.label,
        )
        .join(Party, Party.id == Message.author_id)
        .where(Message.id == bindparam("message", type_=BigInteger))
        .where(Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
    )
)


_CALLED: Final = Fixed(
    lambda: (
        select(Party.id, Party.label, Party.names)
        .join(MessageMention, MessageMention.party_id == Party.id)
        .where(MessageMention.message_id == bindparam("message", type_=BigInteger))
        .order_by(Party.id)
    )
)


def _called(message_id: int, calls: bool) -> Sequence[Any]:
    return _CALLED.rows(message=message_id) if calls else ()


def talk_kind(owner_kind: str) -> str:
    """The kind of hint by which pages know the talk of an owner: `data-live="work-item-talk:7"`."""
    return f"{owner_kind}-talk"


@reacts(MessageEdited, MessageDeleted, MessageHidden, MessageShownAgain, lane="now")
def hint_readers(told: Told) -> None:
    """Everybody who has this talk open asks for what is new in it."""
    happened = told.fact
    assert isinstance(happened, MessageEdited | MessageDeleted | MessageHidden | MessageShownAgain)
    if happened.owner_kind and happened.owner:
        owner = Owner(happened.owner_kind, happened.owner)
        where = rooms(owner)
        realtime.hint(where, talk_kind(owner.kind), owner.id)
        realtime.hint(where, LIST, MINE)
        realtime.hint(where, PINS, happened.subject)
        realtime.hint(where, MESSAGE, happened.message)


@reacts(
    MessageSigned, MessageSignRemoved, MessagePinned, MessageUnpinned, MessageReceiptGiven, MessageFileRemoved,
    lane="now",
)  # fmt: skip
def hint_open_pages(told: Told) -> None:
    """A sign, a pin, a file taken off: whoever has the talk open asks again; nothing is unread because of it."""
    happened = told.fact
    assert isinstance(
        happened,
        MessageSigned | MessageSignRemoved | MessagePinned | MessageUnpinned | MessageReceiptGiven | MessageFileRemoved,
    )
    if happened.owner_kind and happened.owner:
        where = rooms(Owner(happened.owner_kind, happened.owner))
        realtime.hint(where, talk_kind(happened.owner_kind), happened.owner)
        realtime.hint(where, MESSAGE, happened.message)
        if isinstance(happened, MessagePinned | MessageUnpinned):
            realtime.hint(where, PINS, happened.subject)


@reacts(MessagePosted, lane="now")
def send_message(told: Told) -> None:
    """What was said goes down the line itself, at once, to the rooms of those who may read it over HTTP. A line that
    was cut misses it: whoever comes back asks for what follows the number they have. An open page takes it for a hint
    as well, so that none need be sent beside it."""
    said = told.fact
    assert isinstance(said, MessagePosted)
    rows = _SAID.rows(message=said.message) if said.owner_kind and said.owner else []
    if not rows or not said.owner_kind or not said.owner:
        return
    [row] = rows
    # One frame serves readers of every language, so whoever is called comes with the names they have.
    called = [{"id": one.id, "name": one.label, "names": one.names or {}} for one in _called(said.message, row.calls)]
    realtime.emit(
        "message",
        {
            "conversation": said.subject, "owner": {"kind": said.owner_kind, "id": said.owner},
            "id": said.message, "seq": said.seq, "kind": row.kind, "text": row.text,
            "author": {"id": row.author_id, "name": row.label}, "reply_to": row.reply_to_id,
            "root": row.root_id, "urgent": row.urgent, "called": called, "created_at": row.created_at.isoformat(),
        },
        rooms(Owner(said.owner_kind, said.owner)),
    )  # fmt: skip


@reacts(
    ConversationOpened, ConversationChanged, TopicSet, MemberJoined, MemberLeft, ConversationArchived,
    ConversationReopened, ChatImported, MessagesRemoved,
)  # fmt: skip
def hint_members(told: Told) -> None:
    """The list of those who take part, and of whoever came or went, is asked again."""
    kind, owner = (
        session()
        .execute(select(Conversation.owner_kind, Conversation.owner_id).where(Conversation.id == told.fact.subject))
        .one()
    )
    member = getattr(told.fact, "member", None)
    where = rooms(Owner(kind or "", owner or 0)) + ([f"self:{member}"] if member else [])
    realtime.hint(where, LIST, MINE)
    realtime.hint(where, talk_kind(kind or ""), owner or 0)


@reacts(UnitClosed, TreeTurned)
def close_talks(_told: Told) -> None:
    """The talk of a unit that is no more takes nothing more, and leads to the unit that took over, or to the one
    above. What led to the closed unit leads there as well."""
    current = session()
    day = today(current)
    mine = (Conversation.owner_kind == "unit") & (Conversation.owner_id == Unit.id)
    closed = current.execute(
        select(Unit.id, Unit.valid_to, Conversation.id.label("talk"))
        .outerjoin(Conversation, mine)
        .where(Unit.valid_to <= day, or_(Conversation.id.is_(None), Conversation.archived_at.is_(None)))
        .order_by(Unit.valid_to, Unit.id)
    ).all()
    at = clock.now()
    for unit_id, last, talk in closed:
        into = _successor(unit_id, last)
        values = {"archived_at": at, "into_id": into}
        if talk is None:
            row = {"kind": "unit", "owner_kind": "unit", "owner_id": unit_id, "created_at": at, **values}
            current.execute(insert(Conversation).values(row))
        else:
            current.execute(update(Conversation).where(Conversation.id == talk).values(values))
            record(ConversationArchived(subject=talk, into=into))
        current.execute(update(Conversation).where(Conversation.into_id == unit_id).values(into_id=into))


def _successor(unit_id: int, last: object) -> int | None:
    """Who took over from a unit: as it was said when it was closed, else the unit above; the last in a row of such."""
    current = session()
    said = current.scalar(
        select(FactRow.payload["into"].as_integer())
        .where(FactRow.subject_kind == "unit", FactRow.subject_id == unit_id, FactRow.kind == UnitClosed.kind)
        .order_by(FactRow.id.desc())
        .limit(1)
    )
    above = select(UnitEdge.parent_id).where(UnitEdge.unit_id == unit_id, UnitEdge.valid_to == last).limit(1)
    into = said or current.scalar(above)
    after = select(Conversation.into_id).where(
        Conversation.owner_kind == "unit", Conversation.owner_id == into, Conversation.archived_at.is_not(None)
    )
    return current.scalar(after) or into
