"""How far somebody has read."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, bindparam, func
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command
from collab.core.prepared import Fixed

from ..forms import ReadUpTo
from ..models import Conversation, ReadState
from ..policy import conversations, may_read


@command(may_read, on=conversations, lock=False)
def read(actor: Actor, conversation: Conversation, form: ReadUpTo) -> int:
    """Note how far one has read. Never backwards, never past the newest message. Returns the number noted."""
    return read_up_to(conversation.id, actor.person_id, min(form.seq, conversation.last_seq), clock.now())


def read_up_to(conversation_id: int, person_id: int, seq: int, at: datetime) -> int:
    """Move somebody's place in a talk on to `seq`, never back. Returns where it is then. For commands."""
    [found] = _READ_UP_TO.rows(talk=conversation_id, person=person_id, seq=seq, now=at)
    return int(found.read_seq)


def _read_up_to() -> Any:
    seq, at = bindparam("seq", type_=BigInteger), bindparam("now", type_=DateTime(timezone=True))
    row = {
        "conversation_id": bindparam("talk", type_=BigInteger), "person_id": bindparam("person", type_=BigInteger),
        "read_seq": seq, "at": at,
    }  # fmt: skip
    return (
        insert(ReadState)
        .values(row)
        .on_conflict_do_update(
            index_elements=["conversation_id", "person_id"],
            set_={"read_seq": func.greatest(ReadState.read_seq, seq), "at": at},
        )
        .returning(ReadState.read_seq)
    )


_READ_UP_TO: Final = Fixed(_read_up_to)
