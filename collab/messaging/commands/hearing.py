"""What somebody hears of a conversation and of the answers under a message: their own wish, of which nobody is told."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, session

from ..forms import TalkHearing
from ..models import Conversation, Message, ReadState, ThreadHearing
from ..policy import conversations, may_follow, may_read, messages


@command(may_read, on=conversations, lock=False)
def hear(actor: Actor, talk: Conversation, form: TalkHearing) -> int:
    """Hear of every message of a conversation, of what concerns one, or only of what calls one."""
    row = {"conversation_id": talk.id, "person_id": actor.person_id, "read_seq": 0, "hears": form.level}
    _keep(ReadState, row, ["conversation_id", "person_id"], "hears")
    return talk.id


@command(may_follow, on=messages, lock=False)
def follow_thread(actor: Actor, message: Message, follows: bool) -> int:
    """Hear of the answers in a thread, also of one in which one wrote nothing; or hear of them no more.

    Gives the id of the message under which it hangs.
    """
    root = message.root_id or message.id
    row = {"message_id": root, "person_id": actor.person_id, "follows": follows}
    _keep(ThreadHearing, row, ["message_id", "person_id"], "follows")
    return root


def _keep(table: Any, row: dict[str, Any], key: list[str], name: str) -> None:
    statement = insert(table).values({**row, "at": clock.now()})
    session().execute(statement.on_conflict_do_update(index_elements=key, set_={name: row[name]}))
