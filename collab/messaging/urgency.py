"""Marking a message urgent: rare by rule, so that it keeps its meaning.

It reaches whoever it calls, in quiet hours and on free days too; of a unit those who head it. In a direct talk the
others are meant, called or not.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.turns import one_by_one

from .models import ConversationMember, Message

MOST: Final = 5
WITHIN: Final = timedelta(hours=24)
CALLS_NOBODY: Final = N_("An urgent message reaches whoever it mentions: mention somebody with @.")
TOO_MANY: Final = N_(
    "You marked %(limit)s messages urgent within a day, and that is the most. Send this one without the mark."
)


def reached(actor: Actor, conversation_id: int, kind: str, called: Iterable[int]) -> list[int]:
    """Whom the urgent message just written reaches. Raises Invalid at `urgent` where it calls nobody, or the actor
    marked too many. For commands."""
    whom = {party for party in called if party != actor.person_id}
    if kind == "direct":
        listed = select(ConversationMember.party_id).where(ConversationMember.conversation_id == conversation_id)
        whom |= set(session().scalars(listed.where(ConversationMember.party_id != actor.person_id)))
    if not whom:
        raise wrong("urgent", _(CALLS_NOBODY))
    one_by_one("urgent", actor.person_id)
    mine = (Message.author_id == actor.person_id) & Message.urgent & (Message.created_at > clock.now() - WITHIN)
    if (session().scalar(select(func.count()).select_from(Message).where(mine)) or 0) > MOST:
        raise wrong("urgent", _(TOO_MANY, limit=MOST))
    return sorted(whom)
