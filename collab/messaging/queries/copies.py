"""Copies of conversations: who may take one, and those that somebody took."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound

from ..keeping_models import ConversationCopy
from .conversations import About
from .talks import keeps_order

MOST = 20


class Copy(NamedTuple):
    """A copy somebody asked for; `done_at` and `size` once it is made."""

    id: int
    conversation_id: int
    wanted_by: int
    wanted_at: datetime
    upto: int
    done_at: datetime | None
    failed: bool
    size: int | None


_COLUMNS = (
    ConversationCopy.id, ConversationCopy.conversation_id, ConversationCopy.wanted_by, ConversationCopy.wanted_at,
    ConversationCopy.upto, ConversationCopy.done_at, ConversationCopy.failed, ConversationCopy.size,
)  # fmt: skip


def may_copy(actor: Actor, about: About) -> bool:
    """Whoever keeps order in a conversation, everybody in a direct talk, and auditors who read it."""
    return actor.is_auditor or about.kind == "direct" or keeps_order(actor, about.head.owner)


def copies_of(actor: Actor, conversation_id: int) -> list[Copy]:
    """The copies of a conversation that the actor asked for and that are still there, the newest first."""
    mine = (ConversationCopy.wanted_by == actor.person_id) & (ConversationCopy.conversation_id == conversation_id)
    rows = db.session.execute(select(*_COLUMNS).where(mine).order_by(ConversationCopy.id.desc()).limit(MOST))
    return [Copy(*row) for row in rows]


def find_copy(actor: Actor, copy_id: int) -> Copy:
    """A copy that the actor asked for. Raises NotFound."""
    mine = ConversationCopy.wanted_by == actor.person_id
    row = db.session.execute(select(*_COLUMNS).where(ConversationCopy.id == copy_id, mine)).one_or_none()
    if row is None:
        raise NotFound
    return Copy(*row)


def due_copies(limit: int) -> list[tuple[int, datetime]]:
    """Copies that are still to be made, each with when it was asked for. For the sweep."""
    it = ConversationCopy
    due = select(it.id, it.wanted_at).where(it.done_at.is_(None)).order_by(it.id)
    return [(row.id, row.wanted_at) for row in db.session.execute(due.limit(limit))]


def due_copy(copy_id: int) -> Copy | None:
    """A copy that is still to be made. For the job."""
    due = select(*_COLUMNS).where(ConversationCopy.id == copy_id, ConversationCopy.done_at.is_(None))
    row = db.session.execute(due).one_or_none()
    return Copy(*row) if row else None
