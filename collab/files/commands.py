"""The verbs of files themselves. Attaching belongs to whoever owns the thing (collab.files.placing)."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, exists, func, select, text

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, record, session, system
from collab.core.errors import Forbidden
from collab.core.files import Store, Taken
from collab.core.package import HOLDS

from .models import Attachment, Preview, StoredFile
from .placing import Placed, place, take_turn
from .policy import DRAFT, attachments, may_remove, removable_by

_ONE_BY_ONE: Final = text("select pg_advisory_xact_lock(hashtextextended('collab.files:drafts:' || :person, 0))")


@open_command(anyone)
def lay_by(actor: Actor, keeper: Store, taken: Taken, nonce: str | None) -> dict[str, object]:
    """Send a file that will hang on something not written yet (a message). Swept when nothing comes of it."""
    if actor.is_auditor:
        raise Forbidden
    # Two of one name at once would both be its next version; what hangs on an item waits at the item's row.
    session().execute(_ONE_BY_ONE, {"person": actor.person_id})
    placed = place(actor, keeper, DRAFT, actor.person_id, taken, nonce)
    return {"id": placed.id, "name": placed.name}


@command(may_remove, on=attachments)
def remove(actor: Actor, attachment: Attachment) -> None:
    """Take a file away. Its line in the history stays; its bytes go when nothing else needs them."""
    if not actor.is_system:
        mine = select(Attachment.id).where(Attachment.id == attachment.id, removable_by(actor))
        if session().scalar(mine) is None:
            raise Forbidden
    rule = HOLDS.get(attachment.owner_kind)
    if rule is not None and rule.removed is not None:
        record(rule.removed(attachment.owner_id, attachment.name, attachment.version))
    session().execute(delete(Attachment).where(Attachment.id == attachment.id))
    session().expunge(attachment)


@open_command(system)
def drop_drafts(_actor: Actor, before: datetime) -> int:
    """Files that were sent for something that was never written; how many."""
    gone = delete(Attachment).where(Attachment.owner_kind == DRAFT, Attachment.added_at < before)
    return len(session().scalars(gone.returning(Attachment.id)).all())


@open_command(system)
def forget(_actor: Actor, keeper: Store, sha256: str) -> bool:
    """Erase a content that nothing needs any more, row and bytes. False when something does."""
    take_turn(sha256)
    row = session().scalar(select(StoredFile).where(StoredFile.sha256 == sha256).with_for_update())
    if row is not None:
        if session().scalar(select(exists().where(Attachment.file_id == row.id))):
            return False
        session().execute(delete(Preview).where(Preview.file_id == row.id))
        session().delete(row)
        session().flush()
    if session().scalar(select(func.count()).select_from(Preview).where(Preview.sha256 == sha256)):
        return row is not None
    keeper.remove(sha256)
    return True


@open_command(system)
def note_pictures(_actor: Actor, file_id: int, pictures: list[dict[str, Any]]) -> None:
    """Write down that a content was looked at, with what could be drawn of it. Twice is once."""
    row = session().scalar(select(StoredFile).where(StoredFile.id == file_id).with_for_update())
    if row is None or row.looked_at is not None:
        return
    row.looked_at = clock.now()
    for picture in pictures:
        session().add(Preview(file_id=file_id, **picture))


__all__ = ["Placed", "drop_drafts", "forget", "lay_by", "note_pictures", "remove"]
