"""Signs on messages, and pins."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden

from ..events import MessagePinned, MessageSigned, MessageSignRemoved, MessageUnpinned
from ..models import Message, MessageReaction
from ..owners import Owner, writes
from ..policy import may_answer, messages
from .changing import owner_of


@command(may_answer, on=messages, lock=False)
def put_sign(actor: Actor, message: Message, sign: str) -> int:
    """Put a sign on a message; once is enough."""
    owner = _written_by(actor, message)
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
    owner = _written_by(actor, message)
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
    owner = _written_by(actor, message)
    if message.pinned_at is None:
        message.pinned_at, message.pinned_by = clock.now(), actor.person_id
        record(
            MessagePinned(subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id)
        )
    return message.id


@command(may_answer, on=messages)
def unpin(actor: Actor, message: Message) -> int:
    """Take a message off the pins."""
    owner = _written_by(actor, message)
    if message.pinned_at is not None:
        message.pinned_at = message.pinned_by = None
        record(
            MessageUnpinned(subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id)
        )
    return message.id


def _written_by(actor: Actor, message: Message) -> Owner:
    """Whose talk the message stands in. Raises Forbidden for somebody who only reads there."""
    owner = owner_of(message.conversation_id)
    if not session().scalar(select(writes(actor, owner))):
        raise Forbidden
    return owner
