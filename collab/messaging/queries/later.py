"""What somebody wrote to be sent later, and of what they are to hear again."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound

from ..models import Conversation, Message, MessageReminder, MessageToSend
from ..owners import visible_to
from ..policy import message_visible_to
from .conversations import Entry

MOST = 300
A_TURN = 100


class Waiting(NamedTuple):
    """A message that waits. `refused`: its time came, and it could not be said. `readable`: its author reads there."""

    id: int
    readable: bool
    talk: Entry
    text: str
    reply_to: int | None
    due_at: datetime
    refused: bool


def waiting_of(actor: Actor) -> list[Waiting]:
    """What waits to be sent for the actor, the next first; one query."""
    rows = db.session.execute(
        select(
            MessageToSend.id, MessageToSend.text, MessageToSend.reply_to_id, MessageToSend.due_at,
            MessageToSend.refused_at, Conversation.id.label("talk"), Conversation.kind, Conversation.owner_id,
            Conversation.title, visible_to(actor).label("readable"),
        )
        .join(Conversation, Conversation.id == MessageToSend.conversation_id)
        .where(MessageToSend.person_id == actor.person_id)
        .order_by(MessageToSend.due_at, MessageToSend.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Waiting(
            row.id, row.readable, Entry(row.talk, row.kind, row.owner_id, row.title, 0, None, None, None, None),
            row.text, row.reply_to_id, row.due_at, row.refused_at is not None,
        )
        for row in rows
    ]  # fmt: skip


class Due(NamedTuple):
    """A message whose time has come, with its author and its talk."""

    id: int
    author: int
    talk: int


def reminder_of(actor: Actor, message_id: int) -> datetime:
    """When the actor is to hear again of a message that they read. Raises NotFound without such a wish."""
    found = db.session.scalar(
        select(MessageReminder.due_at)
        .join(Message, Message.id == MessageReminder.message_id)
        .where(
            MessageReminder.message_id == message_id,
            MessageReminder.person_id == actor.person_id,
            message_visible_to(actor),
        )
    )
    if found is None:
        raise NotFound
    return found


def due_later() -> list[Due]:
    """The next whose time has come. For the sweep."""
    mine = MessageToSend.refused_at.is_(None) & (MessageToSend.due_at <= clock.now())
    found = select(MessageToSend.id, MessageToSend.person_id, MessageToSend.conversation_id).where(mine)
    return [
        Due(*row) for row in db.session.execute(found.order_by(MessageToSend.due_at, MessageToSend.id).limit(A_TURN))
    ]
