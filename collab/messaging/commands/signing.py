"""Signs on messages, and pins."""

from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.i18n import N_, _
from collab.core.turns import one_by_one

from ..events import MessagePinned, MessageSigned, MessageSignRemoved, MessageUnpinned
from ..flood import MARKED, hold_back_change
from ..models import Message, MessageReaction
from ..owners import Owner
from ..policy import may_answer, messages
from ..queries.threads import MOST_PINS
from .changing import writable

TOO_MANY_PINS: Final = N_("%(limit)s messages are pinned here. Take some off the pins first.")


@command(may_answer, on=messages, lock=False)
def put_sign(actor: Actor, message: Message, sign: str) -> int:
    """Put a sign on a message; once is enough."""
    owner = _calm(actor, message.conversation_id)
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
    owner = _calm(actor, message.conversation_id)
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
    """Keep a message at hand for everybody who reads the talk. Raises Conflict where more are pinned than are listed:
    the oldest would drop out of sight."""
    owner = _calm(actor, message.conversation_id)
    if message.pinned_at is None:
        _leave_room(message.conversation_id)
        message.pinned_at, message.pinned_by = clock.now(), actor.person_id
        record(
            MessagePinned(subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id)
        )
    return message.id


@command(may_answer, on=messages)
def unpin(actor: Actor, message: Message) -> int:
    """Take a message off the pins."""
    owner = _calm(actor, message.conversation_id)
    if message.pinned_at is not None:
        message.pinned_at = message.pinned_by = None
        record(
            MessageUnpinned(subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id)
        )
    return message.id


def _leave_room(conversation_id: int) -> None:
    one_by_one("message-pins", conversation_id)
    here = (Message.conversation_id == conversation_id) & Message.pinned_at.is_not(None)
    if (session().scalar(select(func.count()).where(here)) or 0) >= MOST_PINS:
        raise Conflict(_(TOO_MANY_PINS, limit=digits(MOST_PINS)))


def _calm(actor: Actor, conversation_id: int) -> Owner:
    """Whose talk it is, for whoever may write in it and did not say or mark too much just before. Raises TooMany."""
    owner = writable(actor, conversation_id)
    hold_back_change(actor.person_id, conversation_id, of=MARKED)
    return owner
