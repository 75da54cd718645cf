"""Reminding those who are asked to confirm a message and have not."""

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.i18n import N_, _
from collab.people.once_a_day import refuse_second_reminder

from ..events import MissingNudged
from ..models import Conversation, Message
from ..policy import may_nudge_missing, messages
from ..queries.receipts import still_asked
from .changing import writable

NOBODY_MISSING = N_("Nobody is missing of those whom you asked.")
ALL_AWAY = N_("Those who are missing are away today, so nobody would read it.")


@command(may_nudge_missing, on=messages)
def nudge_missing(actor: Actor, message: Message) -> int:
    """Remind those who are there and have not confirmed it, at most once in a working day. Returns how many were
    reminded. Raises Conflict where nobody is to be reminded now."""
    owner, at = writable(actor, message.conversation_id), clock.now()
    if not still_asked(session(), message.id):
        raise Conflict(_(NOBODY_MISSING))
    audience = select(Conversation.audience_id).where(Conversation.id == message.conversation_id)
    refuse_second_reminder(actor, message.nudged_at, at, session().scalar(audience))
    # Whoever presses the button is not told what they know, though they may be missing too.
    number = len(still_asked(session(), message.id, present=True) - {actor.person_id})
    if not number:
        raise Conflict(_(ALL_AWAY))
    message.nudged_at = at
    record(
        MissingNudged(
            subject=message.conversation_id, message=message.id, owner_kind=owner.kind, owner=owner.id, number=number
        )
    )
    return number
