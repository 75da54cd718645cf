"""Who may read, write and change what was said."""

from sqlalchemy import ColumnElement, exists, select, true

from collab.core.actor import Actor
from collab.core.envelope import Reach

from .models import Conversation, Message
from .owners import visible_to


def message_visible_to(actor: Actor) -> ColumnElement[bool]:
    """A message is seen by whoever may read its talk."""
    if actor.is_system:
        return true()
    return exists(select(Conversation.id).where(Conversation.id == Message.conversation_id, visible_to(actor)))


conversations: Reach[Conversation] = Reach(Conversation, visible_to)
messages: Reach[Message] = Reach(Message, message_visible_to)


def may_read(actor: Actor, _conversation: Conversation) -> bool:
    """Whoever reads a talk keeps their own place in it."""
    return not actor.is_system


def may_change(actor: Actor, message: Message) -> bool:
    """Only one's own words, while they stand."""
    return message.author_id == actor.person_id and message.deleted_at is None and message.hidden_reason is None
