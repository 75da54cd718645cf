"""Whoever leaves: which groups and announcements they are named in, and who keeps those afterwards."""

from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, or_, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.i18n import N_, _
from collab.core.in_hand import MOST, InHand, Thing, listed
from collab.core.prepared import Prepared
from collab.core.reactions import Told, reacts
from collab.people.events import PersonDeactivated

from .keepers import pass_on
from .models import Conversation, ConversationMember
from .named import page
from .owners import own_visible_to

TALKS: Final = N_("Groups and announcements in which they are named")
NOTE: Final = N_(
    "Whoever comes after them is let in on the page of each. What they alone keep passes, with their account, to "
    "whoever has been in it the longest. The conversations of units follow the units by themselves."
)
KEEPS: Final = N_("keeps it")


def in_hand(actor: Actor, person_id: int) -> list[InHand]:
    """Those that the actor reads too, in one query. Direct talks are nobody else's to know of."""
    rows = _NAMED_IN.rows(actor, person=person_id)
    things = [Thing(page(row.id), row.title or "", said=_(KEEPS) if row.keeper else "") for row in rows]
    return listed(_(TALKS), _(NOTE), things)


def _named_in(actor: Actor) -> Any:
    place = aliased(ConversationMember)  # who reads a talk is asked of the same table
    return (
        select(Conversation.id, Conversation.title, place.keeper)
        .join(place, place.conversation_id == Conversation.id)
        .where(
            place.party_id == bindparam("person", type_=BigInteger),
            or_(Conversation.kind == "group", Conversation.kind == "announcement"),
            Conversation.archived_at.is_(None),
            own_visible_to(actor),
        )
        .order_by(place.keeper.desc(), Conversation.id)
        .limit(MOST + 1)
    )


_NAMED_IN: Final = Prepared(_named_in)


@reacts(PersonDeactivated)
def pass_keeping_on(told: Told) -> None:
    """A group that nobody keeps who is still here could take nobody in and put nobody out: it is kept from now on by
    whoever has been in it the longest, a person before a unit or a post. Whoever left stays named in it, so that what
    they said and were told stays as it was, and keeps it again should they come back."""
    if not isinstance(told.fact, PersonDeactivated) or told.fact.person is None:
        return
    it = ConversationMember
    kept = select(it.conversation_id).where(it.party_id == told.fact.person, it.keeper).order_by(it.conversation_id)
    for talk in session().scalars(kept).all():
        pass_on(talk)
