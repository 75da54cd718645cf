"""Who may turn what was said into work."""

from collab.core.actor import Actor
from collab.core.envelope import Reach
from collab.messaging.models import Message
from collab.messaging.policy import message_visible_to

messages: Reach[Message] = Reach(Message, message_visible_to)


def makes_work(actor: Actor) -> bool:
    """An auditor changes nothing, and is shown no form for it."""
    return not actor.is_system and not actor.is_auditor


def may_make_work(actor: Actor, message: Message) -> bool:
    """Whoever reads a message that stands. In which unit is asked when it is made."""
    stands = message.deleted_at is None and message.hidden_reason is None
    return stands and makes_work(actor)
