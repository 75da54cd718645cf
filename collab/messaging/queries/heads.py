"""Where every conversation of somebody's stands: all that a page without a line needs to ask now and then."""

from typing import Any, Final, NamedTuple

from collab.core.actor import Actor
from collab.core.prepared import Prepared

from ..models import Conversation, ReadState
from .conversations import near


class HeadNow(NamedTuple):
    """The newest number in the talk of an owner, and how far its reader has read."""

    owner_kind: str
    owner_id: int
    last_seq: int
    read_seq: int


def _heads(actor: Actor) -> Any:
    return near(actor, (Conversation.owner_kind, Conversation.owner_id, Conversation.last_seq, ReadState.read_seq))


_HEADS: Final = Prepared(_heads)


def heads(actor: Actor) -> list[HeadNow]:
    """Every conversation somebody takes part in or has read, in one query."""
    found = [HeadNow(kind, id_, last, read or 0) for kind, id_, last, read in _HEADS.rows(actor)]
    return sorted(found)
