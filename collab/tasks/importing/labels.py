"""Labels of many items at once: those there are, those that are new for their unit."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from collab.core.text.fold import fold
from collab.work.models import Label, WorkItemLabel

Labelled = Sequence[tuple[int, int, Sequence[str]]]
"""(item, its unit, words)."""


def label_items(writing: Session, labelled: Labelled) -> None:
    """The items carry these words too; a word that a unit does not know yet becomes a label of the unit."""
    known = keep_labels(writing, ((unit, word) for _, unit, words in labelled for word in words))
    rows = [
        {"item_id": item, "label_id": label}
        for item, unit, words in labelled
        for label in {known[unit, fold(word)] for word in words if fold(word)}
    ]
    if rows:
        writing.execute(insert(WorkItemLabel).on_conflict_do_nothing(), rows)


def relabel_items(writing: Session, labelled: Labelled) -> None:
    """The items carry exactly these words."""
    writing.execute(delete(WorkItemLabel).where(WorkItemLabel.item_id.in_([item for item, _, _ in labelled])))
    label_items(writing, labelled)


def keep_labels(writing: Session, words: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """(unit, folded word) → label, made where there is none; the organisation's own labels serve every unit that has
    none of that name. `words`: a unit and a word.
    """
    wanted = {(unit, fold(word)): word for unit, word in words if fold(word)}
    if not wanted:
        return {}
    known = _known(writing, wanted)
    missing = [
        {"unit_id": unit, "name": word, "folded": folded}
        for (unit, folded), word in wanted.items()
        if (unit, folded) not in known
    ]
    if missing:
        writing.execute(insert(Label).on_conflict_do_nothing(), missing)
        known = _known(writing, wanted)
    return known


def _known(writing: Session, wanted: dict[tuple[int, str], str]) -> dict[tuple[int, str], int]:
    units, words = {unit for unit, _ in wanted}, {folded for _, folded in wanted}
    found = writing.execute(
        select(Label.id, Label.unit_id, Label.folded).where(
            Label.folded.in_(words), or_(Label.unit_id.in_(units), Label.unit_id.is_(None))
        )
    ).all()
    own = {(row.unit_id, row.folded): row.id for row in found}
    of_all = {row.folded: row.id for row in found if row.unit_id is None}
    both = {key: own.get(key) or of_all.get(key[1]) for key in wanted}
    return {key: label for key, label in both.items() if label is not None}
