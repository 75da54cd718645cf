"""The files that stand beside the options of a decision, and beside its question."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.files.queries import File, files_at

from ..evidence import OPTION, QUESTION, STOOD, every_version, exhibits
from ..exhibits import Exhibit, Stood, Told, stood_in, told_of
from ..models import Decision
from .page import Found, Option


def evidence_on(actor: Actor, found: Found, options: Iterable[Option]) -> dict[int | None, list[File]]:
    """Option (or None: the question itself) → its files, each in its newest version; no query where there are none."""
    if not found.has_evidence:
        return {}
    places = {OPTION: [one.id for one in options], QUESTION: [found.id]}
    return {(id_ if kind == OPTION else None): files for (kind, id_), files in files_at(actor, places).items()}


def came_later(_actor: Actor, found: Found, evidence: Mapping[int | None, Sequence[File]]) -> frozenset[int]:
    """Which of the files of a decision that was found came after its vote opened; one query, none before the opening
    and none where there are no files."""
    if found.opened_at is None or not evidence:
        return frozenset()
    return later_among(found, evidence, _stood(found))


def later_among(
    found: Found, evidence: Mapping[int | None, Sequence[File]], stood: Sequence[Stood] | None
) -> frozenset[int]:
    """The same where it was asked along what stood there when the vote opened."""
    files = [(option, one) for option, there in evidence.items() for one in there]
    if found.opened_at is None or not files:
        return frozenset()
    told = told_of([_exhibit(option, one) for option, one in files], stood, found.opened_at)
    return frozenset(one.id for (_option, one), (_same, then) in zip(files, told.files, strict=True) if not then)


def _exhibit(option: int | None, one: File) -> Exhibit:
    return Exhibit(option, one.name, one.version, one.media_type, one.size, one.sha256, one.added_at)


def evidence_told(_actor: Actor, found: Found, options: Iterable[Option]) -> Told:
    """The evidence of a decision that was found, in all versions, as its papers tell of it; two queries at most."""
    ids = [one.id for one in options]
    kept = exhibits(db.session.execute(every_version(found.id, ids))) if found.has_evidence else []
    return told_of(kept, _stood(found), found.opened_at)


def _stood(found: Found) -> Sequence[Stood] | None:
    """What stood there when the vote opened; nothing where that is not among what was hashed then."""
    return stood_in(db.session.scalar(select(STOOD).where(Decision.item_id == found.id)))
