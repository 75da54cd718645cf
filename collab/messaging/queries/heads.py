"""Where every conversation of somebody's stands: all that a page without a line needs to ask now and then."""

from typing import Any, Final, NamedTuple

from sqlalchemy import select, union_all

from collab.core.actor import Actor
from collab.core.package import READABLE
from collab.core.prepared import Prepared

from ..models import Conversation, ReadState
from .conversations import MOST, MOST_WORK, mine, place


class HeadNow(NamedTuple):
    """The newest number in the talk of an owner, and how far its reader has read."""

    owner_kind: str
    owner_id: int
    last_seq: int
    read_seq: int


def _heads(actor: Actor) -> Any:
    columns = (Conversation.owner_kind, Conversation.owner_id, Conversation.last_seq, ReadState.read_seq)
    own = [
        select(*columns)
        .outerjoin(ReadState, place(actor, Conversation))
        .where(criterion)
        .order_by(Conversation.last_at.desc().nulls_last(), Conversation.id.desc())
        .limit(MOST)
        .subquery()
        for criterion in mine(actor)
    ]
    of_work = [
        select(*columns)
        .join(ReadState, place(actor, Conversation))
        .where(Conversation.owner_kind == kind, READABLE[kind].criterion(actor, Conversation.owner_id))  # type: ignore[arg-type]
        .order_by(Conversation.last_at.desc())
        .limit(MOST_WORK)
        .subquery()
        for kind in sorted(READABLE)
        if kind not in ("unit", "group")
    ]
    return union_all(*(select(part) for part in [*own, *of_work]))


_HEADS: Final = Prepared(_heads)


def heads(actor: Actor) -> list[HeadNow]:
    """Every conversation somebody takes part in or has read, in one query."""
    found = [HeadNow(kind, id_, last, read or 0) for kind, id_, last, read in _HEADS.rows(actor)]
    return sorted(found)
