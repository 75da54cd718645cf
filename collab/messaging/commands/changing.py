"""Changing and deleting what one said."""

from sqlalchemy import delete, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.files.placing import take_off

from ..events import MessageDeleted, MessageEdited
from ..forms import Edit
from ..models import Conversation, Message, MessageMention
from ..owners import MESSAGE, Owner
from ..policy import may_change, messages
from .calling import addressed, call


@command(may_change, on=messages)
def edit(actor: Actor, message: Message, form: Edit) -> int:
    """Change what one said. The former text stays in the ledger; whoever is called anew hears of it."""
    text, ids = addressed(form.text)
    if text == message.text:
        return message.id
    before = set(session().scalars(select(MessageMention.party_id).where(MessageMention.message_id == message.id)))
    owner = _owner(message.conversation_id)
    gone = before - set(ids)
    if gone:
        session().execute(
            delete(MessageMention).where(MessageMention.message_id == message.id, MessageMention.party_id.in_(gone))
        )
    new = [id_ for id_ in ids if id_ not in before]
    call(actor, owner, message.id, new)
    message.text, message.edited_at = text, clock.now()
    record(
        MessageEdited(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind,
            owner=owner.id, called=new, text=text,
        )
    )  # fmt: skip
    return message.id


@command(may_change, on=messages)
def remove(_actor: Actor, message: Message) -> int:
    """Delete what one said, its files with it. Its place in the talk stays, and says so."""
    owner = _owner(message.conversation_id)
    session().execute(delete(MessageMention).where(MessageMention.message_id == message.id))
    take_off(MESSAGE, message.id)
    message.text, message.deleted_at, message.meta = "", clock.now(), {}
    record(
        MessageDeleted(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind, owner=owner.id
        )
    )
    return message.id


def _owner(conversation_id: int) -> Owner:
    row = (
        session()
        .execute(select(Conversation.owner_kind, Conversation.owner_id).where(Conversation.id == conversation_id))
        .one()
    )
    return Owner(row.owner_kind or "", row.owner_id or 0)
