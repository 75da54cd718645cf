"""Changing and deleting what one said."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Forbidden, Stale
from collab.core.i18n import _
from collab.files.placing import take_off

from ..events import MessageDeleted, MessageEdited
from ..flood import hold_back_change
from ..forms import Edit, sign_of
from ..models import Conversation, Message, MessageFormer, MessageMention
from ..owners import MESSAGE, Owner, writes
from ..policy import may_change, messages
from .calling import addressed, call, ever_called, refuse_too_many
from .keeping import refuse_when_held
from .saying import CLOSED, SENT
from .words import words_of


@command(may_change, on=messages)
def edit(actor: Actor, message: Message, form: Edit) -> int:
    """Change what one said, while one may still write there.

    The former text can be read on; whoever is called anew hears of it, whoever that message called before does not hear
    again. Raises Stale where it says another text than the one that was changed, TooMany where its author said or
    changed much just before.
    """
    owner = writable(actor, message.conversation_id)
    text, ids = addressed(form.text)
    if text == message.text:
        return message.id
    if form.of and form.of != sign_of(message.text):
        raise Stale
    hold_back_change(actor.person_id, message.conversation_id)
    told = ever_called(message.conversation_id, message.id)
    refuse_too_many(told | set(ids))
    before = set(session().scalars(select(MessageMention.party_id).where(MessageMention.message_id == message.id)))
    gone = before - set(ids)
    if gone:
        session().execute(
            delete(MessageMention).where(MessageMention.message_id == message.id, MessageMention.party_id.in_(gone))
        )
    call(actor, owner, message.id, [id_ for id_ in ids if id_ not in before])
    new = [id_ for id_ in ids if id_ not in before | told]
    _keep_former(message)
    message.text, message.edited_at, message.vector = text, clock.now(), words_of(text)
    record(
        MessageEdited(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind,
            owner=owner.id, called=new, text=text,
        )
    )  # fmt: skip
    return message.id


@command(may_change, on=messages)
def remove(_actor: Actor, message: Message) -> int:
    """Delete what one said, its files with it.

    Its place in the talk stays, and says so; what it said is still told from another text by its digest, so that a copy
    on its way does not say it again.
    """
    refuse_when_held(message.conversation_id)
    owner = owner_of(message.conversation_id)
    for told in (MessageMention, MessageFormer):
        session().execute(delete(told).where(told.message_id == message.id))
    take_off(MESSAGE, message.id)
    message.text, message.deleted_at, message.vector = "", clock.now(), None
    message.meta = {name: value for name, value in message.meta.items() if name == SENT}
    message.pinned_at = message.pinned_by = None
    record(
        MessageDeleted(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind, owner=owner.id
        )
    )
    return message.id


def _keep_former(message: Message) -> None:
    """The text as it stands, before it is changed."""
    last = select(func.coalesce(func.max(MessageFormer.number), 0) + 1).where(MessageFormer.message_id == message.id)
    values = {"message_id": message.id, "text": message.text, "at": message.edited_at or message.created_at}
    session().execute(insert(MessageFormer).values(values | {"number": last.scalar_subquery()}))


def writable(actor: Actor, conversation_id: int) -> Owner:
    """Whose talk it is, for whoever may write in it. Raises Forbidden for somebody who only reads there, Conflict where
    it is closed."""
    owner, archived_at = _talk(conversation_id)
    if not session().scalar(select(writes(actor, owner))):
        raise Forbidden
    if archived_at is not None:
        raise Conflict(_(CLOSED))
    return owner


def owner_of(conversation_id: int) -> Owner:
    """Whose talk it is. For commands."""
    return _talk(conversation_id)[0]


def _talk(conversation_id: int) -> tuple[Owner, datetime | None]:
    """Whose talk it is, and when it was closed."""
    it = Conversation
    query = select(it.owner_kind, it.owner_id, it.archived_at).where(it.id == conversation_id)
    row = session().execute(query).one()
    return Owner(row.owner_kind or "", row.owner_id or 0), row.archived_at
