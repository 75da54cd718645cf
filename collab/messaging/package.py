"""What messaging offers to the house: talks of anything, and what open pages may say up the line."""

from sqlalchemy import ColumnElement, exists, select

from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.i18n import N_
from collab.core.package import Holds, Package, ShellEntry
from collab.core.sweeps import Sweep

from . import (
    api_conversations,
    api_passing,
    api_seeking,
    api_threads,
    copies,
    heads,
    hiding,
    holding,
    hooks,
    keeping,
    later,
    previewing,
    reactions,
    sockets,
    unheard,
    views_about,
    views_beginning,
    views_conversations,
    views_passing,
    views_seeking,
    views_threads,
)
from .api import api
from .arriving import read_on_in_the_unit, read_on_in_their_units, read_on_where_they_go_along
from .commands import refuse_when_held
from .events import MessageFileRemoved
from .leaving import in_hand, pass_keeping_on
from .models import Conversation, Message
from .owners import MESSAGE
from .policy import message_visible_to
from .readers import READABLES
from .removing import sweep_old
from .sweeps import sweep_later, sweep_reminders
from .taking_away.jobs import sweep_copies, sweep_old_copies
from .views import talks


def read_by(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The files of a message are read by whoever reads it, while it stands."""
    stands = Message.deleted_at.is_(None) & Message.hidden_reason.is_(None)
    return exists(select(Message.id).where(Message.id == owner_id, stands, message_visible_to(actor)))


def removed(message_id: int, name: str, _version: int) -> MessageFileRemoved:
    mine = select(Conversation.id, Conversation.owner_kind, Conversation.owner_id).join(Message)
    talk, kind, owner = session().execute(mine.where(Message.id == message_id)).one()
    refuse_when_held(talk)
    return MessageFileRemoved(subject=talk, message=message_id, name=name, owner_kind=kind, owner=owner)


package = Package(  # noqa: S604 (the shell is the frame of every page)
    name="messaging",
    blueprints=(talks, api),
    reactions=(
        reactions.send_message,
        reactions.hint_readers,
        reactions.hint_open_pages,
        reactions.hint_members,
        reactions.close_talks,
        pass_keeping_on,
        read_on_in_the_unit,
        read_on_in_their_units,
        read_on_where_they_go_along,
    ),
    in_hand=in_hand,
    readable=READABLES,
    shell=(
        ShellEntry("conversations", N_("Conversations"), "messages-square", "messaging.conversations", 40),
        ShellEntry(
            "retention",
            N_("Retention of messages"),
            "archive",
            "messaging.retention",
            99,
            shown_to=lambda actor: actor.is_administrator,
            section="administration",
        ),
    ),
    holds=(Holds(MESSAGE, read_by, removed=removed),),
    sweeps=(
        Sweep("messaging.reminders", 20, sweep_reminders),
        Sweep("messaging.later", 10, sweep_later),
        Sweep("messaging.retention", 300, sweep_old),
        Sweep("messaging.copies", 3, sweep_copies),
        Sweep("messaging.old-copies", 3600, sweep_old_copies),
    ),
    sockets={"seen": sockets.seen, "typing": sockets.typing},
)

VIEWS = (
    api_conversations, api_passing, api_seeking, api_threads, copies, heads, hiding, holding, hooks, keeping,
    later,    previewing, unheard, views_about, views_beginning, views_conversations, views_passing, views_seeking,
    views_threads,
)  # fmt: skip
"""The modules whose routes stand on the blueprints above."""
