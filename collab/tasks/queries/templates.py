"""Templates of tasks: those that somebody may use, and one whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.text.fold import fold
from collab.people.models import Party

from ..policy import template_visible_to
from ..template_models import TaskTemplate

MOST = 200


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it is shown."""

    id: int
    name: str
    title: str
    body: str
    labels: tuple[str, ...]
    priority: int
    effort_minutes: int | None
    due_after: int | None
    holder: str
    holder_id: int | None
    holder_name: str
    checklist: tuple[str, ...]
    parts: tuple[str, ...]
    unit_id: int
    unit: str
    retired_at: datetime | None


def templates_for(actor: Actor) -> list[Template]:
    """The templates that somebody may use, by name; one query."""
    query = _columns(actor).where(TaskTemplate.retired_at.is_(None))
    rows = db.session.execute(query.order_by(TaskTemplate.name, TaskTemplate.id).limit(MOST))
    return [_template(row) for row in rows]


def templates_called(actor: Actor, line: str, most: int = 6) -> list[Template]:
    """The templates that a quick line beginning with a slash may mean: those whose names hold each of its words; with
    the very name that one alone."""
    said = fold(line.strip().removeprefix("/"))
    found = [one for one in templates_for(actor) if all(word in fold(one.name) for word in said.split())]
    exact = [one for one in found if fold(one.name) == said]
    return exact if len(exact) == 1 else found[:most]


def find_template(actor: Actor, template_id: int) -> Template:
    """One template, retired or not. Raises NotFound when the actor does not see it."""
    row = db.session.execute(_columns(actor).where(TaskTemplate.id == template_id)).first()
    if row is None:
        raise NotFound
    return _template(row)


def _columns(actor: Actor) -> Select[Any]:
    unit, holder = aliased(Party), aliased(Party)
    return (
        select(TaskTemplate, unit.label, unit.names, holder.label.label("who"), holder.names.label("who_names"))
        .join(unit, unit.id == TaskTemplate.unit_id)
        .outerjoin(holder, holder.id == TaskTemplate.holder_id)
        .where(template_visible_to(actor))
    )


def _template(row: Any) -> Template:
    one: TaskTemplate = row[0]
    return Template(
        one.id, one.name, one.title, one.body, tuple(one.labels), one.priority, one.effort_minutes, one.due_after,
        one.holder, one.holder_id, in_language(row.who_names, row.who) if row.who else "", tuple(one.checklist),
        tuple(one.parts), one.unit_id, in_language(row.names, row.label), one.retired_at,
    )  # fmt: skip
