"""A copy of a conversation asked for, made, and forgotten after a while."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session, system
from collab.core.errors import Conflict, Forbidden
from collab.core.i18n import N_, _

from ..events import ConversationCopied, ConversationCopyFailed
from ..keeping_models import ConversationCopy
from ..models import Conversation
from ..owners import Owner, keeps
from ..policy import conversations, may_read

MOST_DUE: Final = 3
TOO_MANY: Final = N_("%(count)s of your copies are still being made. Wait until one is there.")


@command(may_read, on=conversations, lock=False)
def want_copy(actor: Actor, talk: Conversation) -> int:
    """Ask for a copy of a conversation, which a job makes; the ledger says who took one.

    Raises Forbidden for whoever does not keep the conversation, where it is no direct talk and they audit nothing.
    """
    owner = Owner(talk.owner_kind or "", talk.owner_id or 0)
    if not (actor.is_auditor or talk.kind == "direct" or session().scalar(select(keeps(actor, owner)))):
        raise Forbidden
    due = (ConversationCopy.wanted_by == actor.person_id) & ConversationCopy.done_at.is_(None)
    if (session().scalar(select(func.count()).where(due)) or 0) >= MOST_DUE:
        raise Conflict(_(TOO_MANY, count=MOST_DUE))
    copy = ConversationCopy(
        conversation_id=talk.id, wanted_by=actor.person_id, wanted_at=clock.now(), upto=talk.last_seq, failed=False
    )
    session().add(copy)
    session().flush()
    record(ConversationCopied(subject=talk.id, copy=copy.id, upto=talk.last_seq))
    return copy.id


@open_command(system)
def end_copy(_actor: Actor, copy_id: int, size: int | None) -> None:
    """Write down that a copy is made, or (no size) that it cannot be: whoever asked for it hears so. Twice is once."""
    it = ConversationCopy
    ends = update(it).where(it.id == copy_id, it.done_at.is_(None))
    ended = ends.values(done_at=clock.now(), size=size, failed=size is None).returning(it.conversation_id, it.wanted_by)
    row = session().execute(ended).one_or_none()
    if row is not None and size is None:
        record(ConversationCopyFailed(subject=row.conversation_id, copy=copy_id, person=row.wanted_by))


@open_command(system)
def forget_copies(_actor: Actor, before: datetime) -> list[int]:
    """Copies that were made before then go. Gives their numbers."""
    old = delete(ConversationCopy).where(ConversationCopy.done_at < before)
    return list(session().scalars(old.returning(ConversationCopy.id)))
