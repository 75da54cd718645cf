"""How far somebody has read."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, session

from ..forms import ReadUpTo
from ..models import Conversation, ReadState
from ..policy import conversations, may_read


@command(may_read, on=conversations, lock=False)
def read(actor: Actor, conversation: Conversation, form: ReadUpTo) -> int:
    """Note how far one has read. Never backwards, never past the newest message. Returns the number noted."""
    return read_up_to(conversation.id, actor.person_id, min(form.seq, conversation.last_seq), clock.now())


def read_up_to(conversation_id: int, person_id: int, seq: int, at: datetime) -> int:
    """Move somebody's place in a talk on to `seq`, never back. Returns where it is then. For commands."""
    row = {"conversation_id": conversation_id, "person_id": person_id, "read_seq": seq, "at": at}
    return (
        session()
        .scalars(
            insert(ReadState)
            .values(row)
            .on_conflict_do_update(
                index_elements=["conversation_id", "person_id"],
                set_={"read_seq": func.greatest(ReadState.read_seq, seq), "at": at},
            )
            .returning(ReadState.read_seq)
        )
        .one()
    )
