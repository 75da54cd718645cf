"""What somebody is still asked to confirm having read: a part of other questions, as their day and its number are."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.people.models import Party

from ..models import Conversation, Message, MessageReceipt
from .asked_of import is_asked
from .talks import FILE_NAMES, MOST_QUOTED, NAMES_CALLED


def to_confirm(actor: Actor, day: date, *columns: Any) -> Select[Any]:
    """`columns` of the messages that ask this person on this day and are not confirmed by them: those among whose
    missing they are counted (`receipts`), in announcements that are open."""
    # All of theirs at once: asked of each message, years of them took fifteen times as long.
    mine = select(MessageReceipt.message_id).where(MessageReceipt.person_id == actor.person_id)
    return (
        select(*columns)
        .select_from(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.asks_receipt, Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
        .where(Conversation.kind == "announcement", Conversation.archived_at.is_(None))
        .where(Message.author_id != actor.person_id, Message.id.not_in(mine))
        .where(is_asked(actor.person_id, Conversation.audience_id, Message.created_at, day))
    )


def shown_to_confirm(actor: Actor, day: date, most: int) -> Select[Any]:
    """The same to be shown, the oldest first: id, conversation, its title, when it was said, how it begins with whom it
    calls and what its files are called, and who said it."""
    author = aliased(Party, name="asking")
    columns = (
        Message.id, Message.conversation_id, Conversation.title, Message.created_at,
        func.left(Message.text, MOST_QUOTED).label("begins"), NAMES_CALLED, FILE_NAMES, author.label, author.names,
    )  # fmt: skip
    return (
        to_confirm(actor, day, *columns).join(author, author.id == Message.author_id).order_by(Message.id).limit(most)
    )
