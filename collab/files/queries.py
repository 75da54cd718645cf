"""Questions about files; columns only. Givers' names are read from the table of parties, which stands above here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from flask import current_app
from sqlalchemy import ARRAY, BigInteger, Select, Text, and_, any_, bindparam, column, exists, func, select, table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.package import HOLDS
from collab.core.prepared import Prepared

from .models import Attachment, Paper, Preview, StoredFile
from .placing import MOST_ON_ONE
from .policy import removable_by, visible_to

_PARTY = table("party", column("id", BigInteger), column("label", Text), column("names", JSONB))


class File(NamedTuple):
    """A file where it hangs. `versions` counts those under its name; `previews` the pictures made of it, of which the
    first is so many pixels `wide` and `high`."""

    id: int
    owner_kind: str
    owner_id: int
    name: str
    version: int
    versions: int
    size: int
    sha256: str
    media_type: str
    giver_id: int
    giver: str
    added_at: datetime
    previews: int
    wide: int
    high: int
    may_remove: bool


def files_on(actor: Actor, owner_kind: str, owner_ids: Iterable[int]) -> dict[int, list[File]]:
    """The newest version of every file on these things, in the order of their first versions. One query.

    The owner's package has found the things within sight.
    """
    ids = list(owner_ids)
    if not ids:
        return {}
    found: dict[int, list[File]] = defaultdict(list)
    for file in as_files(_ON_THINGS.rows(actor, kind=owner_kind, owners=ids)):
        found[file.owner_id].append(file)
    return {owner: _newest(files) for owner, files in found.items()}


def files_at(actor: Actor, places: Mapping[str, Sequence[int]]) -> dict[tuple[str, int], list[File]]:
    """The same on things of several kinds, by kind and id; one query."""
    at = [(kind, id_) for kind, ids in places.items() for id_ in ids]
    found: dict[tuple[str, int], list[File]] = defaultdict(list)
    for file in as_files(_AT.rows(actor, kinds=[kind for kind, _id in at], owners=[id_ for _kind, id_ in at])):
        found[file.owner_kind, file.owner_id].append(file)
    return {place: _newest(files) for place, files in found.items()}


def _newest(files: Sequence[File]) -> list[File]:
    by_name: dict[str, list[File]] = {}
    for file in files:
        by_name.setdefault(file.name, []).append(file)
    return [max(each, key=lambda file: file.version)._replace(versions=len(each)) for each in by_name.values()]


def versions_of(actor: Actor, file: File) -> list[File]:
    """All versions of a file, the newest first."""
    same = (
        (Attachment.owner_kind == file.owner_kind)
        & (Attachment.owner_id == file.owner_id)
        & (Attachment.name == file.name)
    )
    return _files(actor, _select(actor).where(same).order_by(Attachment.version.desc()).limit(MOST_ON_ONE))


def newest_of(actor: Actor, ids: Sequence[int]) -> "Select[tuple[Any, ...]]":
    """Asks for the newest versions of these files, each row with the id that was `asked` for; `as_files` makes files of
    the rows. Whoever asks says who may see them."""
    asked, later = aliased(Attachment), aliased(Attachment)
    followed = exists(select(later.id).where(_same(later, Attachment), later.version > Attachment.version))
    query = _select(actor).add_columns(asked.id.label("asked")).join(asked, _same(asked, Attachment))
    return query.where(asked.id.in_(ids), ~followed)


def _same(one: Any, other: Any) -> Any:
    return and_(one.owner_kind == other.owner_kind, one.owner_id == other.owner_id, one.name == other.name)


def find_file(actor: Actor, file_id: int) -> File:
    """A file by its id. Raises NotFound when the actor does not see what it hangs on."""
    found = _files(actor, _select(actor).where(Attachment.id == file_id, visible_to(actor)))
    if not found:
        raise NotFound
    _note(actor, found[0])
    return found[0]


def _note(actor: Actor, file: File) -> None:
    kind, id_ = file.owner_kind, file.owner_id
    rule = HOLDS.get(kind)
    if actor.is_auditor and rule is not None and rule.read_as is not None:
        kind, id_ = rule.read_as(id_)
    readings.note(actor, kind, id_)


class Picture(NamedTuple):
    """A preview: where its bytes stand, how large it is in pixels."""

    number: int
    sha256: str
    size: int
    width: int
    height: int


def pictures_of(_actor: Actor, file: File) -> list[Picture]:
    """The previews of a file the actor has found, in order of pages."""
    rows = db.session.execute(
        select(Preview.number, Preview.sha256, Preview.size, Preview.width, Preview.height)
        .join(StoredFile, StoredFile.id == Preview.file_id)
        .where(StoredFile.sha256 == file.sha256)
        .order_by(Preview.number)
    )
    return [Picture(*row) for row in rows]


class PaperLine(NamedTuple):
    """A paper that somebody asked for: being made (`done_at` empty), there as `file_id`, or `failed`."""

    id: int
    name: str
    wanted_at: datetime
    done_at: datetime | None
    failed: bool
    file_id: int | None


def find_paper(actor: Actor, paper_id: int) -> PaperLine:
    """A paper that the actor asked for. Raises NotFound for those of others."""
    row = db.session.execute(
        select(Paper.id, Paper.name, Paper.wanted_at, Paper.done_at, Paper.failed, Paper.file_id).where(
            Paper.id == paper_id, Paper.wanted_by == actor.person_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return PaperLine(*row)


def has_room(size: int) -> bool:
    """Whether so many bytes more stay within the quota; always where there is none."""
    most: int | None = current_app.config["FILES_MOST"]
    if most is None:
        return True
    return int(db.session.scalar(select(func.coalesce(func.sum(StoredFile.size), 0))) or 0) + size <= most


def _select(actor: Actor) -> "Select[tuple[object, ...]]":
    previews = select(func.count()).where(Preview.file_id == Attachment.file_id).scalar_subquery()
    first = (Preview.file_id == Attachment.file_id) & (Preview.number == 1)
    wide, high = (select(side).where(first).scalar_subquery() for side in (Preview.width, Preview.height))
    return (
        select(
            Attachment.id, Attachment.owner_kind, Attachment.owner_id, Attachment.name, Attachment.version,
            StoredFile.size, StoredFile.sha256, StoredFile.media_type, Attachment.added_by, _PARTY.c.label,
            _PARTY.c.names, Attachment.added_at, previews.label("previews"),
            wide.label("wide"), high.label("high"), removable_by(actor).label("may_remove"),
        )
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .join(_PARTY, _PARTY.c.id == Attachment.added_by)
    )  # fmt: skip


def _on_things(actor: Actor) -> Any:
    here = (Attachment.owner_kind == bindparam("kind", type_=Text)) & (
        Attachment.owner_id == any_(bindparam("owners", type_=ARRAY(BigInteger)))
    )
    return _select(actor).where(here).order_by(Attachment.id).limit(MOST_ON_ONE * 4)


def _at(actor: Actor) -> Any:
    kinds, owners = bindparam("kinds", type_=ARRAY(Text)), bindparam("owners", type_=ARRAY(BigInteger))
    at = func.unnest(kinds, owners).table_valued(column("kind", Text), column("id", BigInteger)).render_derived("at")
    here = and_(Attachment.owner_kind == at.c.kind, Attachment.owner_id == at.c.id)
    return _select(actor).join(at, here).order_by(Attachment.id).limit(MOST_ON_ONE * 4)


_ON_THINGS: Final = Prepared(_on_things)
_AT: Final = Prepared(_at)


def _files(_actor: Actor, query: "Select[tuple[object, ...]]") -> list[File]:
    return as_files(db.session.execute(query))


def as_files(rows: Iterable[Any]) -> list[File]:
    """Files of the rows of a query."""
    return [
        File(
            row.id, row.owner_kind, row.owner_id, row.name, row.version, row.version, row.size, row.sha256,
            row.media_type, row.added_by, in_language(row.names, row.label), row.added_at, row.previews,
            row.wide or 0, row.high or 0, bool(row.may_remove),
        )
        for row in rows
    ]  # fmt: skip
