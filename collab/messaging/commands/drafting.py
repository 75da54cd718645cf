"""What somebody has written and not sent yet: kept with the server, so that it is there on the next desk."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, session

from ..forms import Draft
from ..models import Conversation, MessageDraft
from ..owners import Owner
from ..policy import conversations, may_read


@command(may_read, on=conversations, lock=False)
def keep_draft(actor: Actor, talk: Conversation, form: Draft) -> int:
    """Keep what is written so far; nothing written keeps nothing."""
    owner = Owner(talk.owner_kind or "", talk.owner_id or 0)
    if not form.text:
        drop_draft(actor, owner)
        return talk.id
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
    return talk.id


def drop_draft(actor: Actor, owner: Owner) -> None:
    """What was sent is no draft any more. For commands."""
    session().execute(
        delete(MessageDraft).where(
            MessageDraft.person_id == actor.person_id,
            MessageDraft.owner_kind == owner.kind,
            MessageDraft.owner_id == owner.id,
        )
    )
