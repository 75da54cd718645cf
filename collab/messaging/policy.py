"""Who may read, write and change what was said."""

from sqlalchemy import ColumnElement, exists, select, true

from collab.core.actor import Actor
from collab.core.envelope import Reach

from .models import Conversation, Message
from .owners import visible_to
from .readers import joinable


def message_visible_to(actor: Actor) -> ColumnElement[bool]:
    """A message is seen by whoever may read its talk."""
    if actor.is_system:
        return true()
    return exists(select(Conversation.id).where(Conversation.id == Message.conversation_id, visible_to(actor)))


conversations: Reach[Conversation] = Reach(Conversation, visible_to)
joinables: Reach[Conversation] = Reach(Conversation, joinable)
messages: Reach[Message] = Reach(Message, message_visible_to)


def may_read(actor: Actor, _conversation: Conversation) -> bool:
    """Whoever reads a talk keeps their own place in it."""
    return not actor.is_system


def may_change(actor: Actor, message: Message) -> bool:
    """Only one's own words, while they stand."""
    return message.author_id == actor.person_id and message.deleted_at is None and message.hidden_reason is None


def may_answer(actor: Actor, message: Message) -> bool:
    """Signs and pins are for those who write in the talk (the command looks who that is), on words that stand."""
    return not actor.is_system and not actor.is_auditor and message.deleted_at is None and message.hidden_reason is None


def may_moderate(actor: Actor, message: Message) -> bool:
    """Words that were not deleted, by whoever keeps order in the talk (the command asks who that is)."""
    return not actor.is_system and not actor.is_auditor and message.deleted_at is None


def may_read_hidden(actor: Actor, message: Message) -> bool:
    """What was hidden stays open to whoever wrote it, and to auditors, whose reading is written down."""
    return actor.is_auditor or message.author_id == actor.person_id


def may_confirm(actor: Actor, message: Message) -> bool:
    """Whoever reads a message that asks to be confirmed and did not write it."""
    return may_pass_on(actor, message) and message.asks_receipt and message.author_id != actor.person_id


def may_nudge_missing(actor: Actor, message: Message) -> bool:
    """Reminding those who have not confirmed is for those who write there (the command looks who that is)."""
    return may_answer(actor, message) and message.asks_receipt


def may_pass_on(actor: Actor, message: Message) -> bool:
    """Whoever reads it, while it stands."""
    return not actor.is_system and message.deleted_at is None and message.hidden_reason is None


def may_follow(actor: Actor, _message: Message) -> bool:
    """Whoever reads a thread chooses whether they hear of it."""
    return not actor.is_system


def may_decide_keeping(actor: Actor, _thing: object = None) -> bool:
    """How long what was said is kept, and what must be kept whatever the rule says: administrators."""
    return actor.is_administrator


def may_begin(actor: Actor, _thing: object = None) -> bool:
    """Anybody on the staff; auditors only read, and programs speak where they were let in."""
    return not actor.is_system and not actor.is_auditor and not actor.bot


def may_announce(actor: Actor, audience_id: int | None) -> bool:
    """To a unit and all below: whoever heads it, directly or from above. To everybody: administrators."""
    return actor.is_administrator or (audience_id is not None and audience_id in actor.headed)


def may_name(actor: Actor, talk: Conversation) -> bool:
    """Of a group, any member (the command looks who that is); of a unit's talk the topic, whoever heads the unit."""
    if talk.kind == "unit":
        return talk.owner_id in actor.headed and talk.archived_at is None
    return may_take_part(actor, talk)


def may_hook(actor: Actor, talk: Conversation) -> bool:
    """Of a unit's talk whoever heads the unit; of a group its keepers (the command looks who they are)."""
    if talk.archived_at is not None or actor.is_auditor:
        return False
    return talk.owner_id in actor.headed if talk.kind == "unit" else talk.kind in ("group", "announcement")


def may_take_part(actor: Actor, talk: Conversation) -> bool:
    """People come into groups and announcements; who is in a direct talk is settled when it begins."""
    return may_leave(actor, talk) and talk.archived_at is None


def may_leave(actor: Actor, talk: Conversation) -> bool:
    """People go from groups and announcements, from closed ones too: whom these list read on there."""
    return talk.kind in ("group", "announcement") and not actor.is_auditor


def may_close(actor: Actor, talk: Conversation) -> bool:
    """Groups and announcements are closed and opened again by their keepers (the command looks who that is)."""
    return talk.kind in ("group", "announcement") and not actor.is_auditor
