"""Lists of items: filtered, in order, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, func, literal_column, select, text
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.paging import Key, Keyset, Kind, Page, Window
from collab.people.models import Party, Unit
from collab.people.queries.tree import tree

from ..forms import Filter
from ..models import Label, WorkItem, WorkItemLabel
from ..models.item import DUE_ORDER, title_words
from .plans import IS_OPEN, within_sight
from .shapes import PartyRef, Row

COUNTED: Final = 100
"""Counts stop here and are shown as 99+."""
NO_DAY: Final = date(9999, 12, 31)
DUE: Any = literal_column(DUE_ORDER.replace("due_on", "work_item.due_on"), Date)
_BY_DUE = Keyset((Key("due", DUE, Kind.DAY), Key("id", WorkItem.id, Kind.INTEGER)))
_BY_NEWEST = Keyset((Key("id", WorkItem.id, Kind.INTEGER, descending=True),))
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
_ORDERS: Final = {"due": _BY_DUE, "newest": _BY_NEWEST, "changed": _BY_CHANGE, "priority": _BY_PRIORITY}
OPEN_STATES: Final = frozenset({"open", "new", "active", "waiting"})
BAD_HOLDER: Final = N_("Write me, nobody, or the number of a person, post or unit.")

_Holder, _Unit, _Desk, _DeskParty = aliased(Party), aliased(Unit), aliased(Unit), aliased(Party)
_LABELS = (
    select(func.array_agg(Label.name))
    .join(WorkItemLabel, WorkItemLabel.label_id == Label.id)
    .where(WorkItemLabel.item_id == WorkItem.id)
    .scalar_subquery()
)
_HOLDER_CODE = select(Unit.code).where(Unit.id == WorkItem.holder_id).scalar_subquery()
_ROW: Any = (
    select(
        WorkItem.id, WorkItem.kind, WorkItem.reference, WorkItem.title, WorkItem.state_kind, WorkItem.priority,
        WorkItem.start_on, WorkItem.due_on, WorkItem.reach, WorkItem.unit_id, _Unit.code.label("unit_code"),
        WorkItem.desk_unit_id, _Desk.code.label("desk_code"), _DeskParty.label.label("desk_label"),
        _DeskParty.names.label("desk_names"), WorkItem.holder_id, _Holder.kind.label("holder_kind"),
        _Holder.label.label("holder_label"), _Holder.names.label("holder_names"),
        _HOLDER_CODE.label("holder_code"), _LABELS.label("labels"), WorkItem.created_at, WorkItem.changed_at,
        WorkItem.closed_at, WorkItem.version,
    )
    .join(_Unit, _Unit.id == WorkItem.unit_id)
    .join(_Desk, _Desk.id == WorkItem.desk_unit_id)
    .join(_DeskParty, _DeskParty.id == WorkItem.desk_unit_id)
    .outerjoin(_Holder, _Holder.id == WorkItem.holder_id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter as SQL: criteria, whether only open items are asked for, and whether it starts from a dense place."""

    criteria: tuple[Any, ...]
    only_open: bool
    dense: bool


def window_of(filter_: Filter) -> Window:
    """The place in the list that the filter asks for. Closed items are listed newest first, whatever is asked."""
    order = filter_.order if filter_.state in OPEN_STATES else "newest"
    return _ORDERS[order].window(filter_.after, filter_.limit)


def list_items(
    actor: Actor,
    filter_: Filter,
    window: Window | None = None,
    *,
    also: Sequence[ColumnElement[bool]] = (),
    walk: bool | None = None,
) -> Page[Row]:
    """One page of the items the actor sees and the filter lets through; one query (two while it is being learnt
    how much the actor sees). `also`: what a kind asks beyond the filter; such a list starts from a dense place.
    Raises Invalid for a holder nobody can be, BadCursor for a foreign cursor."""
    window = window or window_of(filter_)
    wanted = criteria(actor, filter_)
    dense = wanted.dense or bool(also)
    query = within_sight(actor, _ROW.where(*wanted.criteria, *also), dense=dense, only_open=wanted.only_open, walk=walk)
    rows = [_row(actor, row) for row in db.session.execute(window.applied(query))]
    return window.page(rows, _position(window))


def count_items(actor: Actor, filter_: Filter) -> int:
    """How many the filter lets through; counting stops at 100."""
    wanted = criteria(actor, filter_)
    query = select(WorkItem.id).where(*wanted.criteria)
    some = within_sight(actor, query, dense=wanted.dense, only_open=wanted.only_open).limit(COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def criteria(actor: Actor, filter_: Filter) -> Wanted:
    """What the filter asks for. Raises Invalid at `holder`."""
    found: list[Any] = []
    dense = False
    only_open = filter_.state in OPEN_STATES
    if only_open:
        found.append(IS_OPEN)
    if filter_.state == "closed":
        found.append(WorkItem.state_kind.in_(("done", "cancelled")))
    elif filter_.state not in ("open", "any"):
        found.append(WorkItem.state_kind == filter_.state)
    if filter_.kind is not None:
        found.append(WorkItem.kind == filter_.kind)
    for column, code in ((WorkItem.unit_id, filter_.unit), (WorkItem.desk_unit_id, filter_.desk)):
        if code is not None:
            units = _units(code, filter_.below)
            found.append(column.in_(units) if len(units) != 1 else column == units[0])
            dense = dense or (bool(units) and actor.reach.issuperset(units))
    if filter_.holder is not None:
        found.append(_held_by(actor, filter_.holder))
        dense = dense or filter_.holder != "nobody"
    if filter_.label is not None:
        found.append(_labelled(filter_.label))
    if filter_.text:
        found.append(_with_words(filter_.text))
    return Wanted(tuple(found), only_open, dense)


def _units(code: str, below: bool) -> list[int]:
    """Ids of the unit with this code, and of those below it when wanted. Units of today cost no query."""
    today = tree()
    known = today.by_code.get(code)
    if known is None:
        return list(db.session.scalars(select(Unit.id).where(Unit.code == code)))
    return [node.id for node in today.walk([known])] if below else [known]


def _held_by(actor: Actor, holder: str) -> Any:
    if holder == "me":
        return WorkItem.holder_id == actor.person_id
    if holder == "nobody":
        return (WorkItem.holder_id.is_(None)) | (WorkItem.holder_id == WorkItem.desk_unit_id)
    if holder.isascii() and holder.isdigit() and len(holder) <= 15:
        return WorkItem.holder_id == int(holder)
    raise wrong("holder", _(BAD_HOLDER))


def _labelled(name: str) -> Any:
    from collab.core.text.fold import fold

    labels = select(Label.id).where(Label.folded == fold(name))
    return WorkItem.id.in_(select(WorkItemLabel.item_id).where(WorkItemLabel.label_id.in_(labels)))


def _with_words(typed: str) -> Any:
    """Every word begins a word of the title (in any spelling), or the whole is a reference."""
    words = title_words(typed).split()[:8]
    if not words:
        return text("false")
    asked = " & ".join(f"'{word}':*" for word in words)
    found = func.to_tsvector(literal_column("'simple'"), WorkItem.words).bool_op("@@")(
        func.to_tsquery(literal_column("'simple'"), asked)
    )
    return found | (WorkItem.reference == typed.strip().upper())


def _position(window: Window) -> Any:
    names = [key.name for key in window.keyset.keys]

    def position(row: Row) -> tuple[Any, ...]:
        values = {"due": row.due_on or NO_DAY, "id": row.id, "changed": row.changed_at, "priority": row.priority}
        return tuple(values[name] for name in names)

    return position


def _row(actor: Actor, row: Any) -> Row:
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
        unit=PartyRef(row.unit_id, "unit", row.unit_code, row.unit_code),
        desk=PartyRef(row.desk_unit_id, "unit", (row.desk_names or {}).get(locale) or row.desk_label, row.desk_code),
        holder=holder,
        labels=tuple(sorted(row.labels or ())),
        created_at=row.created_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        version=row.version,
    )
