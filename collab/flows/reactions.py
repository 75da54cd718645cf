"""What follows where a talk and its work meet: a reply ends the wait it answers, and open talks show new cards."""

from sqlalchemy import select

from collab.core import realtime
from collab.core.envelope import session
from collab.core.errors import Conflict, Forbidden, NotFound
from collab.core.reactions import Told, reacts
from collab.messaging.events import MessagePosted
from collab.messaging.mentions import leading_to
from collab.messaging.models import Conversation, Message
from collab.messaging.owners import Owner, rooms
from collab.messaging.reactions import talk_kind
from collab.people.recognise import person_as_actor
from collab.work.answering import answer_with
from collab.work.forms import Answer
from collab.work.models import Wait

from .events import ItemMadeOfMessage, PointMadeOfMessage
from .models import MessageWork


@reacts(MessagePosted)
def reply_ends_wait(told: Told) -> None:
    """Whoever was asked with a message and replies to it has answered: the wait ends, the words stand on the item. Of a
    direct talk the item leads to them, for those who may read them there.

    A second telling finds the wait ended and does nothing.
    """
    said = told.fact
    assert isinstance(said, MessagePosted)
    if said.owner_kind == "work-item":
        return
    row = (
        session()
        .execute(
            select(Message.text, Message.reply_to_id, Message.root_id, Message.author_id, Conversation.kind)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(Message.id == said.message, Message.hidden_reason.is_(None))
        )
        .one_or_none()
    )
    if row is None or row.reply_to_id is None or not row.text:
        return
    waiting = (
        session()
        .execute(
            select(Wait.id, Wait.item_id, Wait.of_id)
            .join(MessageWork, MessageWork.wait_id == Wait.id)
            .where(MessageWork.message_id.in_([row.reply_to_id, row.root_id or 0]), Wait.ended_at.is_(None))
        )
        .all()
    )
    author = person_as_actor(row.author_id) if waiting else None
    if author is None:
        return
    words = leading_to(said.message) if row.kind == "direct" else row.text
    for wait in waiting:
        if not author.acts_for(wait.of_id):
            continue
        try:
            answer_with(author, wait.id, wait.item_id, Answer(text=words), f"reply-{said.message}-{wait.id}")
        except (Conflict, Forbidden, NotFound):
            continue


@reacts(ItemMadeOfMessage, PointMadeOfMessage)
def hint_talk(told: Told) -> None:
    """The talk shows the card of what came out of a message."""
    made = told.fact
    assert isinstance(made, ItemMadeOfMessage | PointMadeOfMessage)
    if made.owner_kind and made.owner:
        realtime.hint(rooms(Owner(made.owner_kind, made.owner)), talk_kind(made.owner_kind), made.owner)
