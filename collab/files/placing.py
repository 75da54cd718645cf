"""Hanging files on things: what the commands of the owners' packages use. Everything here runs inside a command."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import session
from collab.core.errors import Busy, Conflict
from collab.core.files import Store, Taken
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from .models import Attachment, StoredFile
from .policy import DRAFT

MOST_ON_ONE: Final = 500
TOO_MANY = N_("There are %(most)s files here already. Remove some, or make another item.")
OTHER_USE = N_("Another file was already sent under this key.")
NOT_YOURS = N_("This file is not here to be attached. Send it again.")

DRAWN: Final = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/tiff", "image/bmp"}
)
"""What pictures are made of."""

# One content is kept or forgotten by one at a time.
_TURN: Final = text("select pg_advisory_xact_lock(hashtextextended('collab.files:' || :sha256, 0))")


class Arrived(NamedTuple):
    """A file that was taken in but hangs nowhere yet, and the sender's key for it."""

    taken: Taken
    nonce: str | None


class Placed(NamedTuple):
    """A file where it hangs. `new` is False when the very same was there already."""

    id: int
    name: str
    version: int
    new: bool


def place(actor: Actor, keeper: Store, owner_kind: str, owner_id: int, taken: Taken, nonce: str | None) -> Placed:
    """Hang a file on a thing: as the next version where its name is known there.

    Sent again under its nonce, or the same content under the same name, it is the one that is there. Raises Conflict
    when the nonce was used for something else or the thing is full, Busy when the content was swept meanwhile.
    """
    known = _known(actor, owner_kind, owner_id, taken, nonce)
    if known is not None:
        return known
    here = (Attachment.owner_kind == owner_kind) & (Attachment.owner_id == owner_id)
    if (session().scalar(select(func.count()).where(here)) or 0) >= MOST_ON_ONE:
        raise Conflict(_(TOO_MANY, most=MOST_ON_ONE))
    same_name = here & (Attachment.name == taken.name)
    newest = session().execute(
        select(Attachment.id, Attachment.version, StoredFile.sha256)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(same_name)
        .order_by(Attachment.version.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    if newest is not None and newest.sha256 == taken.sha256:
        return Placed(newest.id, taken.name, newest.version, False)
    row = Attachment(
        owner_kind=owner_kind, owner_id=owner_id, file_id=_stored(keeper, taken), name=taken.name,
        version=newest.version + 1 if newest is not None else 1, nonce=nonce, added_by=actor.person_id,
        added_at=clock.now(),
    )  # fmt: skip
    session().add(row)
    session().flush()
    return Placed(row.id, row.name, row.version, True)


def _known(actor: Actor, owner_kind: str, owner_id: int, taken: Taken, nonce: str | None) -> Placed | None:
    if nonce is None:
        return None
    row = session().execute(
        select(Attachment, StoredFile.sha256)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Attachment.added_by == actor.person_id, Attachment.nonce == nonce)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    found: Attachment = row[0]
    asked = (owner_kind, owner_id, taken.sha256, taken.name)
    if (found.owner_kind, found.owner_id, row.sha256, found.name) != asked:
        raise Conflict(_(OTHER_USE))
    return Placed(found.id, found.name, found.version, False)


def _stored(keeper: Store, taken: Taken) -> int:
    """The row of a content, once it is sure that the bytes stay: whoever sweeps waits for the same turn."""
    session().execute(_TURN, {"sha256": taken.sha256})
    if not keeper.has(taken.sha256):
        raise Busy
    known = session().scalar(select(StoredFile.id).where(StoredFile.sha256 == taken.sha256))
    if known is not None:
        return known
    row = {
        "sha256": taken.sha256, "size": taken.size, "media_type": taken.kind.media_type, "created_at": clock.now(),
        "looked_at": None if taken.kind.media_type in DRAWN else clock.now(),
    }  # fmt: skip
    return session().scalars(insert(StoredFile).values(row).returning(StoredFile.id)).one()


def hang(actor: Actor, drafts: Iterable[int], owner_kind: str, owner_id: int) -> list[Placed]:
    """Hang files the actor sent before on what they belong to now, in that order. Raises Invalid at `files`."""
    placed: list[Placed] = []
    mine = (Attachment.owner_kind == DRAFT) & (Attachment.owner_id == actor.person_id)
    for id_ in dict.fromkeys(drafts):
        row = session().scalar(select(Attachment).where(Attachment.id == id_, mine).with_for_update())
        if row is None:
            raise wrong("files", _(NOT_YOURS))
        row.owner_kind, row.owner_id = owner_kind, owner_id
        row.version = 1 + sum(each.name == row.name for each in placed)
        session().flush()
        placed.append(Placed(row.id, row.name, row.version, True))
    return placed


def take_off(owner_kind: str, owner_id: int) -> int:
    """Everything that hangs on a thing goes with it; how many. Bytes that nothing else needs are swept."""
    gone = delete(Attachment).where(Attachment.owner_kind == owner_kind, Attachment.owner_id == owner_id)
    return len(session().scalars(gone.returning(Attachment.id)).all())


def take_turn(sha256: str) -> None:
    """Be the only one who keeps or forgets this content, until the transaction ends."""
    session().execute(_TURN, {"sha256": sha256})
