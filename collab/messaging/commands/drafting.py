"""What somebody has written and not sent yet: kept with the server, so that it is there on the next desk."""

from typing import Any, Final

from sqlalchemy import BigInteger, Text, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, session
from collab.core.errors import NotFound
from collab.core.prepared import Fixed

from ..forms import Draft
from ..models import Conversation, Message, MessageDraft
from ..owners import Owner, reads
from ..policy import conversations, may_follow, may_read, messages

THREAD: Final = "thread"
"""What a draft of an answer hangs on: the message under which the thread stands."""


@command(may_read, on=conversations, lock=False)
def keep_draft(actor: Actor, talk: Conversation, form: Draft) -> int:
    """Keep what is written so far; nothing written keeps nothing."""
    _keep(actor, Owner(talk.owner_kind or "", talk.owner_id or 0), form)
    return talk.id


@command(may_follow, on=messages, lock=False)
def keep_answer(actor: Actor, message: Message, form: Draft) -> int:
    """Keep what is written so far in a thread; nothing written keeps nothing. Gives the message it stands under."""
    root = message.root_id or message.id
    _keep(actor, Owner(THREAD, root), form)
    return root


@open_command(anyone)
def keep_beginning(actor: Actor, owner: Owner, form: Draft) -> None:
    """Keep what is written so far where nothing may have been said yet; nothing written keeps nothing. Raises NotFound
    when the actor may not read there."""
    if not session().scalar(select(reads(actor, owner))):
        raise NotFound
    _keep(actor, owner, form)


def _keep(actor: Actor, owner: Owner, form: Draft) -> None:
    if not form.text:
        return drop_draft(actor, owner)
    row = {
        "person_id": actor.person_id, "owner_kind": owner.kind, "owner_id": owner.id, "text": form.text,
        "at": clock.now(),
    }  # fmt: skip
    session().execute(
        insert(MessageDraft)
        .values(row)
        .on_conflict_do_update(
            index_elements=["person_id", "owner_kind", "owner_id"], set_={"text": form.text, "at": row["at"]}
        )
    )
    return None


def _dropped() -> Any:
    return delete(MessageDraft).where(
        MessageDraft.person_id == bindparam("person", type_=BigInteger),
        MessageDraft.owner_kind == bindparam("kind", type_=Text),
        MessageDraft.owner_id == bindparam("owner", type_=BigInteger),
    )


_DROPPED: Final = Fixed(_dropped)


def drop_draft(actor: Actor, owner: Owner) -> None:
    """What waits to be sent is no draft any more. For commands."""
    _DROPPED.run(person=actor.person_id, kind=owner.kind, owner=owner.id)
