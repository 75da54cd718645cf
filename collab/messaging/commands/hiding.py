"""Moderation: a message is hidden with a reason, which everybody reads in its place, and may be shown again."""

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden

from ..events import HiddenMessageRead, MessageHidden, MessageShownAgain
from ..forms import Hiding
from ..models import Message
from ..owners import Owner, keeps
from ..policy import may_moderate, may_read_hidden, messages
from .changing import owner_of
from .words import words_of


@command(may_moderate, on=messages)
def hide(actor: Actor, message: Message, form: Hiding) -> int:
    """Hide what somebody said: its place stays with the reason, its text is read by its author and auditors alone."""
    owner = _kept_by(actor, message)
    if message.hidden_reason == form.reason:
        return message.id
    message.hidden_reason, message.hidden_at, message.hidden_by = form.reason, clock.now(), actor.person_id
    message.vector = None
    message.pinned_at = message.pinned_by = None
    record(
        MessageHidden(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind,
            owner=owner.id, author=message.author_id, reason=form.reason,
        )
    )  # fmt: skip
    return message.id


@command(may_moderate, on=messages)
def show_again(actor: Actor, message: Message) -> int:
    """Show a hidden message again, as it was."""
    owner = _kept_by(actor, message)
    if message.hidden_reason is None:
        return message.id
    message.hidden_reason = message.hidden_at = message.hidden_by = None
    message.vector = words_of(message.text)
    record(
        MessageShownAgain(
            subject=message.conversation_id, message=message.id, seq=message.seq, owner_kind=owner.kind,
            owner=owner.id, author=message.author_id,
        )
    )  # fmt: skip
    return message.id


@command(may_read_hidden, on=messages, lock=False)
def note_hidden_reading(_actor: Actor, message: Message) -> None:
    """Write into the ledger that an auditor is shown a hidden message."""
    record(HiddenMessageRead(subject=message.conversation_id, message=message.id, author=message.author_id), quiet=True)


def _kept_by(actor: Actor, message: Message) -> Owner:
    """Whose talk the message stands in. Raises Forbidden for somebody who does not keep order there."""
    owner = owner_of(message.conversation_id)
    if not session().scalar(select(keeps(actor, owner))):
        raise Forbidden
    return owner
