"""What comes of something for named people only stays with named people."""

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


def named_item_of(message_id: int) -> Select[int]:
    """A query for the item for named people only in whose talk this message stands, if it is one's."""
    return (
        select(WorkItem.id)
        .join(Conversation, Conversation.owner_id == WorkItem.id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(Message.id == message_id, Conversation.owner_kind == ITEM, WorkItem.reach == "named")
    )
