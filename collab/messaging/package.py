"""What messaging offers to the house: talks of anything, and what open pages may say up the line."""

import logging

from sqlalchemy import ColumnElement, exists, select

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.envelope import session
from collab.core.errors import Busy, TooMany
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
    hooks,
    keeping,
    later,
    previewing,
    reactions,
    sockets,
    views_about,
    views_beginning,
    views_conversations,
    views_passing,
    views_seeking,
    views_threads,
)
from .api import api
from .commands import refuse_when_held, send_due, tell_reminders
from .events import MessageFileRemoved
from .leaving import in_hand, pass_keeping_on
from .models import Message, MessageReminder
from .owners import MESSAGE
from .policy import message_visible_to
from .queries import due_later
from .readers import READABLES
from .removing import sweep_old
from .taking_away.jobs import sweep_copies, sweep_old_copies
from .views import talks

log = logging.getLogger(__name__)


def read_by(actor: Actor, owner_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The files of a message are read by whoever reads it, while it stands."""
    stands = Message.deleted_at.is_(None) & Message.hidden_reason.is_(None)
    return exists(select(Message.id).where(Message.id == owner_id, stands, message_visible_to(actor)))


def removed(message_id: int, name: str, _version: int) -> MessageFileRemoved:
    talk = session().scalars(select(Message.conversation_id).where(Message.id == message_id)).one()
    refuse_when_held(talk)
    return MessageFileRemoved(subject=talk, message=message_id, name=name)


def sweep_reminders() -> None:
    """Every so often: has the time of some reminder of a message come?"""
    due = select(MessageReminder.message_id).where(MessageReminder.due_at <= clock.now()).limit(1)
    found = db.session().scalar(due)
    db.session().rollback()
    if found is not None:
        tell_reminders(SYSTEM)


def sweep_later() -> None:
    """Every so often: has the time of some message come? One that is held back is tried again."""
    due = due_later()
    db.session().rollback()
    for later_id, author_id in due:
        try:
            send_due(later_id, author_id)
        except (Busy, TooMany) as problem:
            log.info("message %s waits longer: %s", later_id, type(problem).__name__)
        except Exception:  # one that cannot be said holds back nobody else's
            log.exception("message %s could not be sent", later_id)


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
    api_conversations, api_passing, api_seeking, api_threads, copies, heads, hiding, hooks, keeping, later,
    previewing, views_about, views_beginning, views_conversations, views_passing, views_seeking, views_threads,
)  # fmt: skip
"""The modules whose routes stand on the blueprints above."""
