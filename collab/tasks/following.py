"""What a unit set up for its tasks and pending items goes to the unit that takes over."""

from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from collab.core.i18n import N_, _
from collab.core.package import Kept

from .letters.models import LetterTemplate
from .models import DeadlineRule
from .template_models import TaskTemplate

MOST: Final = 200
_SORTS: Final[dict[str, tuple[Any, str]]] = {
    "deadline": (DeadlineRule, N_("Deadline rule")),
    "letter": (LetterTemplate, N_("Letter template")),
    "template": (TaskTemplate, N_("Task template")),
}
_TABLES: Final = {"deadline": "deadline_rule", "letter": "letter_template", "template": "task_template"}
# ruff: noqa: S608 only names of tables of this file stand in these statements
_GOES: Final = tuple(
    text(f"update {table} set unit_id = :into, version = version + 1 where unit_id = :unit")
    for table in _TABLES.values()
)
_GIVES: Final = {
    sort: text(f"update {table} set unit_id = :into, version = version + 1 where id = :id and unit_id = :unit")
    for sort, table in _TABLES.items()
}


def goes(session: Session, unit: int, into: int) -> None:
    """Deadline rules, letter templates and templates of tasks."""
    for statement in _GOES:
        session.execute(statement, {"unit": unit, "into": into})


def kept(session: Session, unit: int) -> list[Kept]:
    """The same one by one, by name; those that are no longer in use stay."""
    return [
        Kept(sort, row.id, _(word), row.name)
        for sort, (model, word) in _SORTS.items()
        for row in session.execute(
            select(model.id, model.name)
            .where(model.unit_id == unit, model.retired_at.is_(None))
            .order_by(model.name, model.id)
            .limit(MOST)
        )
    ]


def gives(session: Session, sort: str, id_: int, unit: int, into: int) -> None:
    """Hand one of them on; nothing where it is no longer the unit's, or of another package."""
    if sort in _GIVES:
        session.execute(_GIVES[sort], {"id": id_, "unit": unit, "into": into})
