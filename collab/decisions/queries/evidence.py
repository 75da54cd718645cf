"""The files that stand beside the options of a decision, and beside its question."""

from collections.abc import Iterable

from collab.core.actor import Actor
from collab.files.queries import File, files_at

from ..evidence import OPTION, QUESTION
from .page import Found, Option


def evidence_on(actor: Actor, found: Found, options: Iterable[Option]) -> dict[int | None, list[File]]:
    """Option (or None: the question itself) → its files, each in its newest version; no query where there are none."""
    if not found.has_evidence:
        return {}
    places = {OPTION: [one.id for one in options], QUESTION: [found.id]}
    return {(id_ if kind == OPTION else None): files for (kind, id_), files in files_at(actor, places).items()}
