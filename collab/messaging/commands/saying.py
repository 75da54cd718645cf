"""Saying something: numbered under the talk's lock, exactly once by the sender's nonce."""

import json
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, DateTime, Text, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import TSVECTOR, insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, open_command, record, session
from collab.core.errors import Conflict, Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.prepared import Fixed, Prepared
from collab.files.placing import hang

from ..belated import believed, when_written
from ..events import MessagePosted
from ..forms import NewConversation, Say
from ..models import Conversation, Message
from ..owners import MESSAGE, Owner, readable, reads, visible_to, writes
from ..policy import may_begin
from ..urgency import reached
from .calling import addressed, call
from .conversing import open_conversation
from .drafting import THREAD
from .settling import settle
from .words import vector_of

NONCE_TAKEN = N_("Another message was already sent under this nonce.")
CLOSED = N_("This talk is closed; nothing can be added to it.")
OTHER_TALK = N_("The message you answer is not in this talk.")
ONLY_ANNOUNCED = N_("Readers are asked to confirm only in announcements.")
KIND_OF = {"work-item": "item", "unit": "unit"}

Sent = dict[str, Any]
SENT: Final = "sent"
"""Where a message keeps the digest of what was sent under its nonce."""


def _numbered() -> Any:
    """The next number, taken under the lock of the talk: numbers are in the order of the commits, without a gap."""
    it = Conversation
    return (
        update(it)
        .values(last_seq=it.last_seq + 1, last_at=bindparam("now", type_=DateTime(timezone=True)))
        .returning(it.id, it.last_seq, it.archived_at, it.kind, it.owner_kind, it.owner_id)
    )


def _numbered_by_id() -> Any:
    return _numbered().where(Conversation.id == bindparam("talk", type_=BigInteger))


_NUMBERED: Final = Fixed(_numbered_by_id)
_NUMBERED_IN_SIGHT: Final = Prepared(lambda actor: _numbered_by_id().where(visible_to(actor)))
_ITS_COLUMNS: Final = (
    "conversation_id", "seq", "author_id", "kind", "text", "nonce", "reply_to_id", "root_id", "wait_id", "created_at",
    "meta", "vector", "asks_receipt", "urgent", "on_behalf_of",
)  # fmt: skip


def _written() -> Any:
    """A message as it is first said, by its table; none where the nonce is known."""
    table = Message.__table__
    given = {name: bindparam(name, type_=table.c[name].type) for name in _ITS_COLUMNS}
    return (
        insert(table)  # type: ignore[arg-type]
        .values(given | {"answers": 0, "vector": cast(bindparam("vector", type_=Text), TSVECTOR)})
        .on_conflict_do_nothing(index_elements=["conversation_id", "author_id", "nonce"])
        .returning(table.c.id)
    )


_WRITTEN: Final = Fixed(_written)


@open_command(anyone)
def say(
    actor: Actor, owner: Owner, form: Say, kind: str = "post", wait_id: int | None = None, behalf: int | None = None,
    *, thread: bool = False,
) -> Sent:  # fmt: skip
    """Say something in the talk of `owner`, which begins with its first message.

    Gives `{id, seq, conversation}`. The same again under its nonce gives the same message, with `deleted` where it was
    deleted since. Raises NotFound when the actor may not read there, Forbidden when they may only read, Conflict when
    the nonce was used for something else. `behalf`: somebody outside whose words these are. `thread`: it was written in
    a thread, whose draft it ends.
    """
    at = clock.now()
    row = _numbered_in(actor, owner, at)
    return _said(actor, owner, row.id, form, _number(row, at), kind, wait_id, behalf, thread)


def _numbered_in(actor: Actor, owner: Owner, at: datetime) -> Any:
    """The next number in the talk of `owner`, which begins where there was none. Raises as `say`."""
    rows = _numbered_of(owner.kind).rows(actor, owner=owner.id, now=at)
    _still_writes(actor, owner)
    if rows:
        return rows[0]
    _begun(owner)
    return _numbered_in(actor, owner, at)


def _still_writes(actor: Actor, owner: Owner) -> None:
    """Asked once the talk is locked: whoever was put out of it waits no more. Raises NotFound, Forbidden."""
    [may] = _may(owner.kind).rows(actor, owner=owner.id)
    if not may.read:
        raise NotFound
    if not may.write:
        raise Forbidden


@cache
def _numbered_of(kind: str) -> Prepared:
    """The next number in the talk of an owner of this kind, where the actor reads it: a stranger waits for no lock."""
    owner, at = Owner(kind, 0), bindparam("owner", type_=BigInteger)
    readable(kind)
    mine = (Conversation.owner_kind == kind) & (Conversation.owner_id == at)
    return Prepared(lambda actor: _numbered().where(mine, reads(actor, owner, at=at)))


@cache
def _may(kind: str) -> Prepared:
    """Whether somebody reads and writes in the talk of an owner of this kind."""
    owner, at = Owner(kind, 0), bindparam("owner", type_=BigInteger)
    return Prepared(
        lambda actor: select(reads(actor, owner, at=at).label("read"), writes(actor, owner, at=at).label("write"))
    )


def question_of(owner: Owner, wait_id: int) -> int | None:
    """The message in the talk of `owner` that asked what a wait is about, while it stands there."""
    return session().scalar(
        select(Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.owner_kind == owner.kind, Conversation.owner_id == owner.id)
        .where(Message.wait_id == wait_id, Message.kind == "question", Message.deleted_at.is_(None))
        .limit(1)
    )


@open_command(anyone)
def post(actor: Actor, conversation_id: int, form: Say, *, aside: bool = False) -> Sent:
    """Say something in a talk that has begun. As `say`. `aside`: it was not written there now, and ends no draft."""
    at = clock.now()
    rows = _NUMBERED_IN_SIGHT.rows(actor, talk=conversation_id, now=at)
    if not rows:
        raise NotFound
    owner = Owner(rows[0].owner_kind or "", rows[0].owner_id or 0)
    _still_writes(actor, owner)
    return _said(actor, owner, conversation_id, form, _number(rows[0], at), aside=aside)


@open_command(may_begin)
def begin(actor: Actor, form: NewConversation, first: Say | None) -> int:
    """Begin a conversation and say the first thing in it; both or neither. Gives its id."""
    talk = open_conversation(actor, form)
    if first is not None:
        say(actor, Owner("group", talk), first)
    return talk


def _begun(owner: Owner) -> int:
    """The talk of `owner`; two who begin it at once begin the same one."""
    mine = (Conversation.owner_kind == owner.kind) & (Conversation.owner_id == owner.id)
    known = session().scalar(select(Conversation.id).where(mine))
    if known is not None:
        return known
    session().execute(
        insert(Conversation)
        .values(kind=KIND_OF.get(owner.kind, "group"), owner_kind=owner.kind, owner_id=owner.id, created_at=clock.now())
        .on_conflict_do_nothing(index_elements=["owner_kind", "owner_id"])
    )
    return session().scalars(select(Conversation.id).where(mine)).one()


class Numbered(NamedTuple):
    """The number a message gets, and the talk it gets it in."""

    last_seq: int
    archived_at: datetime | None
    kind: str
    at: datetime


def _number(row: Any, at: datetime) -> Numbered:
    return Numbered(row.last_seq, row.archived_at, row.kind, at)


def said(
    actor: Actor, owner: Owner, conversation_id: int, form: Say, kind: str = "post", wait_id: int | None = None,
    behalf: int | None = None, thread: bool = False,
) -> Sent:  # fmt: skip
    """Say something in a talk in which the actor was found to write. For commands."""
    at = clock.now()
    [row] = _NUMBERED.rows(talk=conversation_id, now=at)
    return _said(actor, owner, conversation_id, form, _number(row, at), kind, wait_id, behalf, thread)


def _said(
    actor: Actor, owner: Owner, conversation_id: int, form: Say, numbered: Numbered, kind: str = "post",
    wait_id: int | None = None, behalf: int | None = None, thread: bool = False, aside: bool = False,
) -> Sent:  # fmt: skip
    at, mine = numbered.at, Conversation.id == conversation_id
    if numbered.archived_at is not None and not _was_said(actor, conversation_id, form.nonce):
        raise Conflict(_(CLOSED))
    if form.asks_receipt and numbered.kind != "announcement":
        raise wrong("asks_receipt", _(ONLY_ANNOUNCED))
    text, called = addressed(form.text)
    root = root_of(conversation_id, form.reply_to) if form.reply_to is not None else None
    late = believed(form.written_at, form.sent_at)
    row = {
        "conversation_id": conversation_id, "seq": numbered.last_seq, "author_id": actor.person_id, "kind": kind,
        "text": text, "nonce": form.nonce, "reply_to_id": form.reply_to, "root_id": root, "wait_id": wait_id,
        "created_at": at, "meta": json.dumps({SENT: _digest(form), **late}),
        "vector": vector_of(text), "asks_receipt": form.asks_receipt, "urgent": form.urgent, "on_behalf_of": behalf,
    }  # fmt: skip
    written = _WRITTEN.rows(**row)
    if not written:
        session().execute(update(Conversation).where(mine).values(last_seq=Conversation.last_seq - 1))
        return _known(actor, conversation_id, form)
    message_id: int = written[0].id
    drafted = Owner(THREAD, root) if thread and root is not None else owner
    here = not (aside or thread or late) and kind == "post"
    settle(
        actor.person_id, drafted, conversation_id, numbered.last_seq, at, said=form.text, drafted=not aside,
        written=when_written(form.written_at, form.sent_at), here=here,
    )  # fmt: skip
    at_once = reached(actor, conversation_id, numbered.kind, called) if form.urgent else []
    if root is not None:
        session().execute(update(Message).where(Message.id == root).values(answers=Message.answers + 1, answered_at=at))
    hang(actor, form.files, MESSAGE, message_id)
    call(actor, owner, message_id, called)
    record(
        MessagePosted(
            subject=conversation_id, message=message_id, seq=numbered.last_seq, owner_kind=owner.kind,
            owner=owner.id, called=called, asks=kind == "question", urgent=at_once,
            asks_receipt=form.asks_receipt, text=text,
        )
    )  # fmt: skip
    return {"id": message_id, "seq": numbered.last_seq, "conversation": conversation_id}


def _was_said(actor: Actor, conversation_id: int, nonce: str) -> bool:
    """Whether something was sent under this nonce: sent again after a talk was closed it is told so."""
    mine = (Message.conversation_id == conversation_id) & (Message.author_id == actor.person_id)
    return session().scalar(select(Message.id).where(mine, Message.nonce == nonce)) is not None


def was_sent(actor: Actor, owner: Owner, form: Say) -> bool:
    """Whether the actor sent just this before, under the same nonce. For commands."""
    talk = (Conversation.owner_kind == owner.kind) & (Conversation.owner_id == owner.id)
    mine = (Message.author_id == actor.person_id) & (Message.nonce == form.nonce)
    joined = select(Message.meta).join(Conversation, Conversation.id == Message.conversation_id)
    meta = session().scalar(joined.where(talk, mine))
    return meta is not None and meta.get(SENT) == _digest(form)


def _known(actor: Actor, conversation_id: int, form: Say) -> Sent:
    """The message that was sent under this nonce, and whether it was deleted since: it is not said again. Raises
    Conflict when it said something else; of one that a rule of retention emptied nobody knows any more."""
    row = (
        session()
        .execute(
            select(Message.id, Message.seq, Message.meta, Message.deleted_at).where(
                Message.conversation_id == conversation_id,
                Message.author_id == actor.person_id,
                Message.nonce == form.nonce,
            )
        )
        .one()
    )
    known = row.meta.get(SENT)
    if known != _digest(form) and (known is not None or row.deleted_at is None):
        raise Conflict(_(NONCE_TAKEN))
    deleted = {"deleted": True} if row.deleted_at is not None else {}
    return {"id": row.id, "seq": row.seq, "conversation": conversation_id, **deleted}


def _digest(form: Say) -> str:
    """Tells what was sent under one nonce apart, even when the message was changed since."""
    files = ",".join(map(str, form.files))
    how = "\0urgent" * form.urgent + "\0asks" * form.asks_receipt
    return sha256(f"{form.nonce}\0{form.reply_to or ''}\0{form.text}\0{files}{how}".encode()).hexdigest()[:32]


def root_of(conversation_id: int, message_id: int) -> int:
    """The message under which an answer hangs. Raises Invalid when what is answered is not in this talk."""
    there = select(func.coalesce(Message.root_id, Message.id)).where(
        Message.id == message_id, Message.conversation_id == conversation_id
    )
    root = session().scalar(there)
    if root is None:
        raise wrong("reply_to", _(OTHER_TALK))
    return root
