"""Offers of the ball: one by its number, those of an item, those that stand before a unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.paging import Key, Keyset, Kind, Page, Window

from ..models import Handover, Interval, Wait, WorkItem
from ..policy import visible_to
from .history import SUBJECT
from .parties import Names, names_of
from .shapes import HandoverLine

_COLUMNS: Final = (
    Handover.id, Handover.item_id, Handover.from_unit_id, Handover.from_id, Handover.to_unit_id, Handover.to_id,
    Handover.offered_by, Handover.offered_at, Handover.note, Handover.state, Handover.decided_by, Handover.decided_at,
    Handover.reason,
)  # fmt: skip
_NAMES: Final = tuple(column.key for column in _COLUMNS)
_NEWEST: Final = Keyset((Key("id", Handover.id, Kind.INTEGER, descending=True),))


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with the item that is offered."""

    handover: HandoverLine
    reference: str
    title: str
    due_on: date | None
    state_kind: str


def window_of(after: str | None = None, limit: int = 50) -> Window:
    """A stretch of a list of offers, newest first. Raises BadCursor."""
    return _NEWEST.window(after, limit)


def find_handover(actor: Actor, handover_id: int) -> Offered:
    """An offer of an item the actor sees; two queries. Raises NotFound."""
    row = db.session.execute(_offers(actor).where(Handover.id == handover_id)).first()
    if row is None:
        raise NotFound
    readings.note(actor, SUBJECT, row.item_id)
    return _offered(row, names_of(actor, _parties(row)))


def handovers_of(actor: Actor, item_id: int, window: Window) -> Page[Offered]:
    """All offers of an item, newest first; two queries. Nothing when the actor does not see the item."""
    return _page(actor, Handover.item_id == item_id, window)


def offered_to(actor: Actor, unit_id: int, window: Window) -> Page[Offered]:
    """What stands before a unit to be accepted or returned, newest first; two queries."""
    return _page(actor, (Handover.to_unit_id == unit_id) & (Handover.state == "offered"), window)


def came_back(back: Any, item_id: Any) -> ColumnElement[bool]:
    """`back` is the last offer of an open item, was returned, and nothing followed: no other offer, holder or state,
    nobody asked. What `views.shown.offers.came_back` says of an item in hand, as SQL."""
    later, turned, asked = aliased(Handover), aliased(Interval), aliased(Wait)
    followed = or_(
        exists().where(later.item_id == back.item_id, later.id > back.id),
        exists().where(turned.item_id == back.item_id, turned.to_at.is_(None), turned.from_at > back.decided_at),
        exists().where(asked.item_id == back.item_id, asked.since > back.decided_at, asked.sense != "task"),
    )
    # One negation around all three: PostgreSQL asks them of the few rows that were returned, and joins no tables.
    return and_(back.item_id == item_id, back.state == "returned", ~followed)


def _offers(actor: Actor) -> Any:
    return (
        select(*_COLUMNS, WorkItem.reference, WorkItem.title, WorkItem.due_on, WorkItem.state_kind)
        .join(WorkItem, WorkItem.id == Handover.item_id)
        .where(visible_to(actor))
    )


def _page(actor: Actor, criterion: Any, window: Window) -> Page[Offered]:
    rows = db.session.execute(window.applied(_offers(actor).where(criterion))).all()
    page = window.page(rows, lambda row: (row.id,))
    ids: set[int | None] = set()
    for row in page.items:
        ids |= _parties(row)
    names = names_of(actor, ids)
    return Page([_offered(row, names) for row in page.items], page.next, page.previous)


def _parties(row: Any) -> set[int | None]:
    return {row.from_unit_id, row.to_unit_id, row.to_id, row.offered_by, row.decided_by}


def _offered(row: Any, names: Names) -> Offered:
    values = tuple(row)
    columns = dict(zip(_NAMES, values[: len(_NAMES)], strict=True))
    line = HandoverLine(
        **columns,
        from_unit=names.one(row.from_unit_id),
        to_unit=names.one(row.to_unit_id),
        to=names.one(row.to_id),
        sender=names.one(row.offered_by),
        decider=names.maybe(row.decided_by),
    )
    return Offered(line, *values[len(_NAMES) :])
