"""The verbs of a talk: say, change, delete, read up to here."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, record, session
from collab.core.errors import Conflict, Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Party

from . import mentions
from .events import MessageDeleted, MessageEdited, MessagePosted
from .forms import Edit, ReadUpTo, Say
from .models import Conversation, Message, MessageMention, ReadState
from .owners import Owner, readable, reads, writes
from .policy import conversations, may_change, may_read, messages

NONCE_TAKEN = N_("Another message was already sent under this nonce.")
CLOSED = N_("This talk is closed; nothing can be added to it.")
NOBODY = N_("Somebody who is called here does not exist.")
TOO_MANY_CALLED = N_("A message can call at most %(limit)s people, units and posts.")
OTHER_TALK = N_("The message you answer is not in this talk.")
KIND_OF = {"work-item": "item", "unit": "unit"}

Sent = dict[str, Any]


@open_command(anyone)
def say(actor: Actor, owner: Owner, form: Say, kind: str = "post", wait_id: int | None = None) -> Sent:
    """Say something in the talk of `owner`, which begins with its first message.

    Gives `{id, seq, conversation}`. The same nonce and text again give the same message. Raises NotFound when the
    actor may not read there, Forbidden when they may only read, Conflict when the nonce was used for another text.
    """
    may = session().execute(select(reads(actor, owner).label("read"), writes(actor, owner).label("write"))).one()
    if not may.read:
        raise NotFound
    if not may.write:
        raise Forbidden
    return _said(actor, owner, _begun(owner), form, kind, wait_id)


@command(anyone, on=conversations)
def post(actor: Actor, conversation: Conversation, form: Say) -> Sent:
    """Say something in a talk that has begun. As `say`."""
    owner = Owner(conversation.owner_kind or "", conversation.owner_id or 0)
    if not session().scalar(select(writes(actor, owner))):
        raise Forbidden
    return _said(actor, owner, conversation.id, form, "post", None)


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


def _said(actor: Actor, owner: Owner, conversation_id: int, form: Say, kind: str, wait_id: int | None) -> Sent:
    at = clock.now()
    mine = Conversation.id == conversation_id
    # This lock hands out the numbers: they are in the order of the commits, without a gap.
    numbered = (
        session()
        .execute(
            update(Conversation)
            .where(mine)
            .values(last_seq=Conversation.last_seq + 1, last_at=at)
            .returning(Conversation.last_seq, Conversation.archived_at)
        )
        .one()
    )
    if numbered.archived_at is not None:
        raise Conflict(_(CLOSED))
    text, called = _addressed(form.text)
    if form.reply_to is not None:
        _refuse_other_talk(conversation_id, form.reply_to)
    row = {
        "conversation_id": conversation_id, "seq": numbered.last_seq, "author_id": actor.person_id, "kind": kind,
        "text": text, "nonce": form.nonce, "reply_to_id": form.reply_to, "wait_id": wait_id, "created_at": at,
        "meta": {"sent": _digest(form)},
    }  # fmt: skip
    message_id = session().scalar(
        insert(Message)
        .values(row)
        .on_conflict_do_nothing(index_elements=["conversation_id", "author_id", "nonce"])
        .returning(Message.id)
    )
    if message_id is None:
        session().execute(update(Conversation).where(mine).values(last_seq=Conversation.last_seq - 1))
        return _known(actor, conversation_id, form)
    _call(actor, owner, message_id, called)
    _read(conversation_id, actor.person_id, numbered.last_seq, at)
    record(
        MessagePosted(
            subject=conversation_id, message=message_id, seq=numbered.last_seq, owner_kind=owner.kind,
            owner=owner.id, called=called, text=text,
        )
    )  # fmt: skip
    return {"id": message_id, "seq": numbered.last_seq, "conversation": conversation_id}


def _known(actor: Actor, conversation_id: int, form: Say) -> Sent:
    """The message that was sent under this nonce. Raises Conflict when it said something else."""
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
    if row.deleted_at is None and row.meta.get("sent") != _digest(form):
        raise Conflict(_(NONCE_TAKEN))
    return {"id": row.id, "seq": row.seq, "conversation": conversation_id}


def _digest(form: Say) -> str:
    """Tells texts sent under one nonce apart, even when the message was changed since."""
    return sha256(f"{form.nonce}\0{form.reply_to or ''}\0{form.text}".encode()).hexdigest()[:32]


def _addressed(text: str) -> tuple[str, list[int]]:
    """The text as it is kept, and whom it calls. Raises Invalid at `text`."""
    ids = list(mentions.called(text))
    if not ids:
        return text, []
    if len(ids) > mentions.MOST_CALLED:
        raise wrong("text", _(TOO_MANY_CALLED, limit=mentions.MOST_CALLED))
    known = session().execute(
        select(Party.id, Party.label).where(Party.id.in_(ids), Party.kind.in_(("person", "unit", "post")))
    )
    names = {row.id: row.label for row in known}
    kept = mentions.rewritten(text, names)
    if mentions.called(kept) != {id_: mentions.plain(names[id_]) for id_ in ids if id_ in names}:
        raise wrong("text", _(NOBODY))
    return kept, ids


def _refuse_other_talk(conversation_id: int, message_id: int) -> None:
    there = select(Message.id).where(Message.id == message_id, Message.conversation_id == conversation_id)
    if session().scalar(there) is None:
        raise wrong("reply_to", _(OTHER_TALK))


def _call(actor: Actor, owner: Owner, message_id: int, called: list[int]) -> None:
    if not called:
        return
    session().execute(insert(MessageMention), [{"message_id": message_id, "party_id": id_} for id_ in called])
    rule = readable(owner.kind)
    if rule.called is not None:
        rule.called(actor, owner.id, frozenset(called))


@command(may_change, on=messages)
def edit(actor: Actor, message: Message, form: Edit) -> int:
    """Change what one said. The former text stays in the ledger; whoever is called anew hears of it."""
    text, ids = _addressed(form.text)
    if text == message.text:
        return message.id
    before = set(session().scalars(select(MessageMention.party_id).where(MessageMention.message_id == message.id)))
    owner = _owner(message.conversation_id)
    gone = before - set(ids)
    if gone:
        session().execute(
            delete(MessageMention).where(MessageMention.message_id == message.id, MessageMention.party_id.in_(gone))
        )
    new = [id_ for id_ in ids if id_ not in before]
    _call(actor, owner, message.id, new)
    message.text, message.edited_at = text, clock.now()
    record(
        MessageEdited(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind,
            owner=owner.id, called=new, text=text,
        )
    )  # fmt: skip
    return message.id


@command(may_change, on=messages, lock=True)
def remove(_actor: Actor, message: Message) -> int:
    """Delete what one said. Its place in the talk stays, and says so."""
    owner = _owner(message.conversation_id)
    session().execute(delete(MessageMention).where(MessageMention.message_id == message.id))
    message.text, message.deleted_at, message.meta = "", clock.now(), {}
    record(
        MessageDeleted(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind, owner=owner.id
        )
    )
    return message.id


@command(may_read, on=conversations, lock=False)
def read(actor: Actor, conversation: Conversation, form: ReadUpTo) -> int:
    """Note how far one has read. Never backwards, never past the newest message. Returns the number noted."""
    return _read(conversation.id, actor.person_id, min(form.seq, conversation.last_seq), clock.now())


def _read(conversation_id: int, person_id: int, seq: int, at: datetime) -> int:
    row = {"conversation_id": conversation_id, "person_id": person_id, "read_seq": seq, "at": at}
    return (
        session()
        .scalars(
            insert(ReadState)
            .values(row)
            .on_conflict_do_update(
                index_elements=["conversation_id", "person_id"],
                set_={"read_seq": func.greatest(ReadState.read_seq, seq), "at": at},
            )
            .returning(ReadState.read_seq)
        )
        .one()
    )


def _owner(conversation_id: int) -> Owner:
    row = (
        session()
        .execute(select(Conversation.owner_kind, Conversation.owner_id).where(Conversation.id == conversation_id))
        .one()
    )
    return Owner(row.owner_kind or "", row.owner_id or 0)
