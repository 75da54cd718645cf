"""Opening an item: the building block under `create_task`, `create_pending_item` and the import."""

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import make_transient_to_detached

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.prepared import Fixed
from collab.core.text.fold import fold

from .ball import begin
from .desks import holder_desk, refuse_closed_unit, refuse_named_to_unit
from .events import ItemOpened
from .forms import ItemFields
from .models import Label, WorkItem, WorkItemLabel
from .numbers import next_reference
from .policy import visible_to

NO_SUCH_PARENT = N_("There is no such item, or it is not for you to see.")
PARENTS = 0x_C0_11_AD  # held while items are put below others
OWN_CHILD = N_("An item cannot stand below itself.")
MOST_LEVELS = 100
TOO_DEEP = N_("Items stand below one another on at most %(levels)s levels.")


@dataclass(frozen=True)
class Opening:
    """What a new item starts with, beside what was entered. `desk_id`: the holder's unit, where it was looked up."""

    kind: str
    unit_id: int
    holder_id: int | None
    external_id: str | None = None
    desk_id: int | None = None


def open_item(actor: Actor, entered: ItemFields, start: Opening) -> WorkItem:
    """A new item in the running command: numbered, with its holder, intervals, task wait and first fact."""
    at = clock.now()
    holder = start.holder_id
    if entered.reach == "named" and holder is None:
        holder = actor.person_id
    refuse_named_to_unit(entered.reach, holder, "holder")
    desk = start.unit_id
    if holder is not None:
        desk = start.desk_id or holder_desk(holder, prefer=start.unit_id)
    if holder is None or desk != start.unit_id:
        refuse_closed_unit(start.unit_id, "unit")
    series, number, reference = next_reference(start.unit_id)
    item = WorkItem(
        kind=start.kind,
        reference=reference,
        series_id=series,
        number=number,
        title=entered.title,
        body=entered.body,
        unit_id=start.unit_id,
        holder_id=holder,
        desk_unit_id=desk,
        state_kind="new",
        priority=entered.priority,
        start_on=entered.start_on,
        due_on=entered.due_on,
        effort_minutes=entered.effort_minutes,
        spent_minutes=entered.spent_minutes,
        parent_id=parent_for(actor, entered.parent, None),
        reach=entered.reach,
        fields={},
        created_at=at,
        created_by=actor.person_id,
        changed_at=at,
        external_id=start.external_id,
        version=1,
        state_id=None,
        closed_at=None,
        next_action_at=None,
    )
    _write(item)
    begin(item, actor.person_id, at)
    if entered.labels:
        set_labels(item, list(entered.labels))
    record(ItemOpened(subject=item.id, item_kind=item.kind, unit=item.unit_id, holder=holder))
    return item


_COLUMNS: Final = tuple(
    column.name for column in WorkItem.__table__.columns if not column.primary_key and column.computed is None
)


def _written() -> Any:
    table = WorkItem.__table__
    given = {name: bindparam(name, type_=table.c[name].type) for name in _COLUMNS}
    return insert(table).values(given).returning(table.c.id)  # type: ignore[arg-type]


_WRITTEN: Final = Fixed(_written)


def _write(item: WorkItem) -> None:
    """The row of a new item, by its table: a session builds its way of writing anew each time. From here on the item
    is one of the session's, as if it had been read."""
    session().flush()
    values = {name: getattr(item, name) for name in _COLUMNS}
    [made] = _WRITTEN.rows(**values | {"fields": json.dumps(item.fields)})
    item.id = made.id
    make_transient_to_detached(item)
    session().add(item)


def parent_for(actor: Actor, parent_id: int | None, item: WorkItem | None) -> int | None:
    """`parent_id` if the actor sees it, it is not the item itself or below it, and the item stands on none but the
    first 100 levels. Raises Invalid otherwise. A parent that stays is not followed upwards."""
    if parent_id is None:
        return None
    stays = item is not None and item.parent_id == parent_id
    if not stays:
        session().execute(select(func.pg_advisory_xact_lock(PARENTS)))  # two at once could make a circle
    seen = session().scalar(select(WorkItem.id).where(WorkItem.id == parent_id, visible_to(actor)))
    if seen is None:
        raise wrong("parent", _(NO_SUCH_PARENT))
    if not stays:
        _refuse_circle(parent_id, item)
    return parent_id


def _refuse_circle(parent_id: int, item: WorkItem | None) -> None:
    above: int | None = parent_id
    for _step in range(MOST_LEVELS):
        if item is not None and above == item.id:
            raise wrong("parent", _(OWN_CHILD))
        if above is None:
            return
        above = session().scalar(select(WorkItem.parent_id).where(WorkItem.id == above))
    raise wrong("parent", _(TOO_DEEP, levels=digits(MOST_LEVELS)))


def unseen_parent(actor: Actor, item: WorkItem) -> int | None:
    """The parent that whoever names none could not know of: it stays. None where they took away what they saw."""
    if item.parent_id is None:
        return None
    seen = session().scalar(select(WorkItem.id).where(WorkItem.id == item.parent_id, visible_to(actor)))
    return item.parent_id if seen is None else None


def labels_of(item: WorkItem) -> list[int]:
    """The ids of the labels an item carries."""
    return sorted(session().scalars(select(WorkItemLabel.label_id).where(WorkItemLabel.item_id == item.id)))


def set_labels(item: WorkItem, names: list[str]) -> bool:
    """The item carries exactly these labels; new ones are made for its unit. Whether anything changed."""
    return carry_labels(item, {label_named(item.unit_id, name) for name in names})


def carry_labels(item: WorkItem, wanted: set[int]) -> bool:
    """The item carries exactly the labels with these ids. Whether anything changed."""
    had = set(labels_of(item))
    for label in wanted - had:
        session().add(WorkItemLabel(item_id=item.id, label_id=label))
    for label in had - wanted:
        row = session().get(WorkItemLabel, (item.id, label))
        if row is not None:
            session().delete(row)
    return wanted != had


def label_named(unit_id: int, name: str) -> int:
    """The label of this name that a unit uses, made when there is none."""
    folded = fold(name)
    known = session().scalar(
        select(Label.id)
        .where(Label.folded == folded, (Label.unit_id == unit_id) | Label.unit_id.is_(None))
        .order_by(Label.unit_id.nulls_last())
        .limit(1)
    )
    if known is not None:
        return known
    session().execute(insert(Label).values(unit_id=unit_id, name=name, folded=folded).on_conflict_do_nothing())
    return session().scalars(select(Label.id).where(Label.unit_id == unit_id, Label.folded == folded)).one()
