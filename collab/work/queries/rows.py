"""The row of an item that every list shows: its columns as one statement, the orders it stands in, how it is read."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Boolean, Date, func, literal_column, select
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.paging import Key, Keyset, Kind
from collab.people.models import Party, Post, Unit

from ..models import Label, WorkItem, WorkItemLabel
from ..models.item import DUE_ORDER
from .shapes import PartyRef, Row

COUNTED: Final = 100
"""Counts stop here and are shown as 99+."""
NO_DAY: Final = date(9999, 12, 31)
DUE: Any = literal_column(DUE_ORDER.replace("due_on", "work_item.due_on"), Date)
_BY_DUE = Keyset((Key("due", DUE, Kind.DAY), Key("id", WorkItem.id, Kind.INTEGER)))
BY_NEWEST = Keyset((Key("id", WorkItem.id, Kind.INTEGER, descending=True),))
_BY_CHANGE = Keyset(
    (
        Key("changed", WorkItem.changed_at, Kind.INSTANT, descending=True),
        Key("id", WorkItem.id, Kind.INTEGER, descending=True),
    )
)
_BY_PRIORITY = Keyset(
    (
        Key("priority", WorkItem.priority, Kind.INTEGER, descending=True),
        Key("id", WorkItem.id, Kind.INTEGER, descending=True),
    )
)
ORDERS: Final = {"due": _BY_DUE, "newest": BY_NEWEST, "changed": _BY_CHANGE, "priority": _BY_PRIORITY}

Holder, _OwnUnit, _OwnParty, Desk, DeskParty = (
    aliased(Party),
    aliased(Unit),
    aliased(Party),
    aliased(Unit),
    aliased(Party),
)
LABELS = (
    select(func.array_agg(Label.name))
    .join(WorkItemLabel, WorkItemLabel.label_id == Label.id)
    .where(WorkItemLabel.item_id == WorkItem.id)
    .scalar_subquery()
)
_HOLDER_CODE = func.coalesce(
    select(Unit.code).where(Unit.id == WorkItem.holder_id).scalar_subquery(),
    select(Unit.code).join(Post, Post.unit_id == Unit.id).where(Post.id == WorkItem.holder_id).scalar_subquery(),
)
REPEATS: Any = literal_column(
    "exists (select from recurrence_item r join recurrence s on s.id = r.recurrence_id "
    "where r.item_id = work_item.id and s.ended_at is null)",
    Boolean,
)
"""Whether the item is one of a series that goes on; the tables are those of `collab.tasks`."""
ROW: Any = (
    select(
        WorkItem.id, WorkItem.kind, WorkItem.reference, WorkItem.title, WorkItem.state_kind, WorkItem.priority,
        WorkItem.start_on, WorkItem.due_on, WorkItem.reach, WorkItem.unit_id, _OwnUnit.code.label("unit_code"),
        _OwnParty.label.label("unit_label"), _OwnParty.names.label("unit_names"),
        WorkItem.desk_unit_id, Desk.code.label("desk_code"), DeskParty.label.label("desk_label"),
        DeskParty.names.label("desk_names"), WorkItem.holder_id, Holder.kind.label("holder_kind"),
        Holder.label.label("holder_label"), Holder.names.label("holder_names"),
        _HOLDER_CODE.label("holder_code"), LABELS.label("labels"), WorkItem.created_at, WorkItem.changed_at,
        WorkItem.closed_at, WorkItem.version, WorkItem.created_by, WorkItem.effort_minutes, WorkItem.spent_minutes,
        REPEATS.label("repeats"),
    )
    .join(_OwnUnit, _OwnUnit.id == WorkItem.unit_id)
    .join(_OwnParty, _OwnParty.id == WorkItem.unit_id)
    .join(Desk, Desk.id == WorkItem.desk_unit_id)
    .join(DeskParty, DeskParty.id == WorkItem.desk_unit_id)
    .outerjoin(Holder, Holder.id == WorkItem.holder_id)
)  # fmt: skip


def made(actor: Actor, row: Any) -> Row:
    """The row as its reader sees it."""
    locale = actor.locale
    holder = None
    if row.holder_id is not None:
        name = (row.holder_names or {}).get(locale) or row.holder_label
        holder = PartyRef(row.holder_id, row.holder_kind, name, row.holder_code)
    return Row(
        id=row.id,
        kind=row.kind,
        reference=row.reference,
        title=row.title,
        state_kind=row.state_kind,
        priority=row.priority,
        start_on=row.start_on,
        due_on=row.due_on,
        reach=row.reach,
        unit=PartyRef(row.unit_id, "unit", (row.unit_names or {}).get(locale) or row.unit_label, row.unit_code),
        desk=PartyRef(row.desk_unit_id, "unit", (row.desk_names or {}).get(locale) or row.desk_label, row.desk_code),
        holder=holder,
        labels=tuple(sorted(row.labels or ())),
        created_at=row.created_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        version=row.version,
        created_by=row.created_by,
        effort_minutes=row.effort_minutes,
        spent_minutes=row.spent_minutes,
        repeats=row.repeats,
    )
