"""Questions about one message: what was answered to it, what it said before, who put which sign; and the pins."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.people.models import Party

from ..forms import Stretch
from ..models import Conversation, Message, MessageDraft, MessageFormer, MessageReaction
from ..policy import message_visible_to
from .talks import MOST_QUOTED, Page, Said, all_of, messages_query

MOST_PINS = 50
MOST_FORMER = 100


class Thread(NamedTuple):
    """A message with what was answered to it; `conversation_id` is the talk it stands in."""

    conversation_id: int
    root: Said
    answers: Page


def thread(actor: Actor, message_id: int, stretch: Stretch) -> Thread:
    """The thread in which a message stands, whichever of it was named. Raises NotFound."""
    # Under a name of its own, since the rule of who sees a message asks about its conversation too.
    talk = aliased(Conversation)
    row = db.session.execute(
        select(
            func.coalesce(Message.root_id, Message.id).label("root"), Message.conversation_id, talk.owner_kind,
            talk.owner_id,
        )
        .join(talk, talk.id == Message.conversation_id)
        .where(Message.id == message_id, message_visible_to(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    readings.note(actor, row.owner_kind, row.owner_id)
    within = or_(Message.root_id == row.root, Message.id == row.root)
    query = messages_query().where(within).order_by(Message.seq.desc()).limit(stretch.limit + 2)
    if stretch.before is not None:
        query = query.where(or_(Message.id == row.root, Message.seq < stretch.before))
    rows = all_of(query)
    root = (
        next((one for one in rows if one.id == row.root), None)
        or all_of(messages_query().where(Message.id == row.root))[0]
    )
    answers = [one for one in rows if one.id != row.root]
    earlier = len(answers) > stretch.limit
    return Thread(row.conversation_id, root, Page(answers[: stretch.limit][::-1], earlier=earlier, later=False))


def draft_in(actor: Actor, root_id: int) -> str:
    """What the actor has written in a thread that was found by them, and not sent."""
    mine = (MessageDraft.person_id == actor.person_id) & (MessageDraft.owner_kind == "thread")
    return db.session.scalar(select(MessageDraft.text).where(mine, MessageDraft.owner_id == root_id)) or ""


def said_of(actor: Actor, message_id: int, conversation_id: int) -> Said | None:
    """A message of a talk, to be quoted; None when it is not there."""
    found = all_of(
        messages_query().where(
            Message.id == message_id, Message.conversation_id == conversation_id, message_visible_to(actor)
        )
    )
    return found[0] if found else None


def said_among(actor: Actor, ids: set[int]) -> list[Said]:
    """Those of these messages that stand and that the actor may read; of a page, so that they are not too many."""
    stands = and_(Message.deleted_at.is_(None), Message.hidden_reason.is_(None))
    return all_of(messages_query().where(Message.id.in_(ids), stands, message_visible_to(actor)).limit(len(ids)))


def pins(conversation_id: int) -> list[Said]:
    """The pinned messages of a talk that was asked for by its reader, the newest pin first."""
    return all_of(
        messages_query()
        .where(Message.conversation_id == conversation_id, Message.pinned_at.is_not(None))
        .order_by(Message.pinned_at.desc(), Message.id.desc())
        .limit(MOST_PINS)
    )


class Former(NamedTuple):
    """A text that a message had, and since when."""

    number: int
    text: str
    at: datetime


def former(message_id: int) -> list[Former]:
    """What a message that was found by its reader said before, the oldest text first."""
    rows = db.session.execute(
        select(MessageFormer.number, MessageFormer.text, MessageFormer.at)
        .where(MessageFormer.message_id == message_id)
        .order_by(MessageFormer.number.desc())
        .limit(MOST_FORMER)
    )
    return [Former(*row) for row in rows][::-1]


class Signed(NamedTuple):
    """Who put a sign on a message."""

    sign: str
    person_id: int
    name: str


def signed(message_id: int) -> list[Signed]:
    """Who put which sign on a message that was found by its reader, in the order in which they did."""
    rows = db.session.execute(
        select(MessageReaction.sign, MessageReaction.person_id, Party.label, Party.names)
        .join(Party, Party.id == MessageReaction.person_id)
        .where(MessageReaction.message_id == message_id)
        .order_by(MessageReaction.at, MessageReaction.person_id)
    )
    return [Signed(row.sign, row.person_id, in_language(row.names, row.label)) for row in rows]


__all__ = [
    "MOST_QUOTED",
    "Former",
    "Signed",
    "Thread",
    "draft_in",
    "former",
    "pins",
    "said_among",
    "said_of",
    "signed",
    "thread",
]
