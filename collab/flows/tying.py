"""A message and what was made of it know of each other."""

from sqlalchemy import cast, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from collab.core import clock
from collab.core.envelope import session
from collab.messaging.models import Conversation, Message

from .models import MessageWork


def tie(message: Message, **made: int | None) -> tuple[str | None, int | None]:
    """Let a message know what was made of it. Gives kind and id of what the conversation belongs to."""
    session().execute(insert(MessageWork).values(message_id=message.id, at=clock.now(), **made))
    # So that talks in which nothing came of anything ask nothing about it.
    mark = update(Message).where(Message.id == message.id)
    session().execute(mark.values(meta=Message.meta.op("||")(cast({"work": True}, JSONB))))
    owner = session().execute(
        select(Conversation.owner_kind, Conversation.owner_id).where(Conversation.id == message.conversation_id)
    )
    kind, owner_id = owner.one()
    return kind, owner_id
