"""The checklist of an item and its parts, with how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, func, literal, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.core.prepared import Prepared
from collab.people.models import Party
from collab.work.models import Checklist, WorkItem
from collab.work.policy import among, visible_to

DEEP = 4
"""Levels of parts below an item that are shown."""
MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `reference`, `state_kind` and `title` of the task that it became, where the reader sees that."""

    id: int
    text: str
    done_at: datetime | None
    done_by: str
    became: bool
    reference: str | None
    state_kind: str | None

    @property
    def done(self) -> bool:
        """Ticked; of a line that became a task, whether that is finished."""
        if self.state_kind is not None:
            return self.state_kind in ("done", "cancelled")
        return self.done_at is not None


@dataclass(slots=True)
class Part:
    """An item below another, with what stands below it."""

    id: int
    reference: str
    title: str
    state_kind: str
    holder: str
    parts: list["Part"] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        return self.state_kind in ("done", "cancelled")


def _lines(actor: Actor) -> Any:
    became = aliased(WorkItem, select(WorkItem).where(visible_to(actor)).subquery())
    return (
        select(
            Checklist.id, Checklist.text, Checklist.done_at, Party.label, Party.names, Checklist.became_id,
            became.reference, became.state_kind,
        )
        .outerjoin(Party, Party.id == Checklist.done_by)
        .outerjoin(became, became.id == Checklist.became_id)
        .where(Checklist.item_id == bindparam("item", type_=BigInteger))
        .order_by(Checklist.position, Checklist.id)
    )  # fmt: skip


_LINES: Final = Prepared(_lines)


def lines_of(actor: Actor, item_id: int) -> list[Line]:
    """The lines of an item that the actor was found to see; one query."""
    return [
        Line(
            row.id, row.text, row.done_at, in_language(row.names, row.label) if row.label else "",
            row.became_id is not None, row.reference, row.state_kind,
        )
        for row in _LINES.rows(actor, item=item_id)
    ]  # fmt: skip


def _parts(actor: Actor) -> Any:
    top = WorkItem.parent_id == bindparam("item", type_=BigInteger)
    tree = select(WorkItem.id, literal(1).label("depth")).where(top).cte(recursive=True)
    below = aliased(WorkItem)
    tree = tree.union_all(select(below.id, tree.c.depth + 1).where(below.parent_id == tree.c.id, tree.c.depth < DEEP))
    return (
        select(WorkItem.id, WorkItem.parent_id, WorkItem.reference, WorkItem.title, WorkItem.state_kind, Party.label,
               Party.names)
        .join(tree, tree.c.id == WorkItem.id)
        .outerjoin(Party, Party.id == func.coalesce(WorkItem.holder_id, WorkItem.desk_unit_id))
        .where(visible_to(actor))
        .order_by(tree.c.depth, WorkItem.id)
        .limit(MOST_PARTS)
    )  # fmt: skip


_PARTS: Final = Prepared(_parts)


def parts_of(actor: Actor, item_id: int) -> list[Part]:
    """The items below one, four levels deep, as far as the actor sees them; one query."""
    found: dict[int, Part] = {}
    top: list[Part] = []
    for row in _PARTS.rows(actor, item=item_id):
        part = Part(row.id, row.reference, row.title, row.state_kind, in_language(row.names, row.label))
        found[row.id] = part
        above = found.get(row.parent_id)
        # Something whose whole is out of sight still shows that it is below.
        (above.parts if above else top).append(part)
    return top


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    all: int


def progress_of(actor: Actor, item_ids: Iterable[int]) -> dict[int, Progress]:
    """Item → ticked lines and finished parts of all; items with neither are left out. One query."""
    wanted = frozenset(item_ids)
    if not wanted:
        return {}
    lines = select(Checklist.item_id.label("item_id"), Checklist.done_at.is_not(None).label("done")).where(
        Checklist.item_id == among(wanted), Checklist.became_id.is_(None)
    )
    parts = select(WorkItem.parent_id, WorkItem.state_kind.in_(("done", "cancelled"))).where(
        WorkItem.parent_id == among(wanted), visible_to(actor)
    )
    both = lines.union_all(parts).subquery()
    rows = db.session.execute(
        select(both.c.item_id, func.count().filter(both.c.done), func.count()).group_by(both.c.item_id)
    )
    return {row[0]: Progress(row[1], row[2]) for row in rows}
