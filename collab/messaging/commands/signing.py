"""Signs on messages, and pins."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session

from ..events import MessagePinned, MessageSigned, MessageSignRemoved, MessageUnpinned
from ..models import Message, MessageReaction
from ..policy import may_answer, messages
from .changing import writable


@command(may_answer, on=messages, lock=False)
def put_sign(actor: Actor, message: Message, sign: str) -> int:
    """Put a sign on a message; once is enough."""
    owner = writable(actor, message.conversation_id)
    row = {"message_id": message.id, "sign": sign, "person_id": actor.person_id, "at": clock.now()}
    made = session().scalar(
        insert(MessageReaction).values(row).on_conflict_do_nothing().returning(MessageReaction.person_id)
    )
    if made:
        record(
            MessageSigned(
                subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id, sign=sign
            )
        )
    return message.id


@command(may_answer, on=messages, lock=False)
def take_sign(actor: Actor, message: Message, sign: str) -> int:
    """Take one's own sign off a message."""
    owner = writable(actor, message.conversation_id)
    mine = delete(MessageReaction).where(
        MessageReaction.message_id == message.id,
        MessageReaction.sign == sign,
        MessageReaction.person_id == actor.person_id,
    )
    if session().scalar(mine.returning(MessageReaction.person_id)):
        record(
            MessageSignRemoved(
                subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id, sign=sign
            )
        )
    return message.id


@command(may_answer, on=messages)
def pin(actor: Actor, message: Message) -> int:
    """Keep a message at hand for everybody who reads the talk."""
    owner = writable(actor, message.conversation_id)
    if message.pinned_at is None:
        message.pinned_at, message.pinned_by = clock.now(), actor.person_id
        record(
            MessagePinned(subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id)
        )
    return message.id


@command(may_answer, on=messages)
def unpin(actor: Actor, message: Message) -> int:
    """Take a message off the pins."""
    owner = writable(actor, message.conversation_id)
    if message.pinned_at is not None:
        message.pinned_at = message.pinned_by = None
        record(
            MessageUnpinned(subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id)
        )
    return message.id
