"""How far somebody has read is told to their own open pages alone, also of another browser, and best effort."""

from collab.core import realtime
from collab.core.actor import Actor


def tell_place(actor: Actor, conversation_id: int, seq: int) -> int:
    """Their other pages ask again what is unread. Gives the number back."""
    realtime.emit("read", {"conversation": conversation_id, "seq": seq}, [f"self:{actor.person_id}"])
    return seq
