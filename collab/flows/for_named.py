"""What comes of something for named people only stays with named people; of what a few said to each other nothing is
copied to where others read it."""

from typing import Final

from sqlalchemy import Select, select

from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.messaging.models import Conversation, Message
from collab.work.desks import NAMED_TO_PERSON, refuse_named_to_unit
from collab.work.forms import ReachCode
from collab.work.models import WorkItem
from collab.work.reactions import ITEM

NOT_ON_AGENDA: Final = N_("This is for named people only, and the agenda is read by everybody invited.")


def kept_to(reach: str, holder_id: int | None) -> ReachCode:
    """The reach of work that is made of something of this reach. Raises Invalid at `holder` where it is for named
    people only and nobody, or not a person, is to hold it."""
    if reach != "named":
        return "unit"
    if holder_id is None:
        raise wrong("holder", _(NAMED_TO_PERSON))
    refuse_named_to_unit(reach, holder_id, "holder")
    return "named"


def kind_of_talk(message_id: int) -> Select[str]:
    """A query for the kind of the talk in which a message stands. Of a `direct` one nothing is copied by itself: what
    is made of it is read in a unit, and says to whoever makes it who will read the words they leave there."""
    return (
        select(Conversation.kind)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(Message.id == message_id)
    )


def named_item_of(message_id: int) -> Select[int]:
    """A query for the item for named people only in whose talk this message stands, if it is one's."""
    return (
        select(WorkItem.id)
        .join(Conversation, Conversation.owner_id == WorkItem.id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(Message.id == message_id, Conversation.owner_kind == ITEM, WorkItem.reach == "named")
    )
