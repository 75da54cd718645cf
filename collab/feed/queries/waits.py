"""My day in SQL: everything that is expected of somebody is an open wait; and what they await of others."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.paging import Key, Keyset, Kind, Page
from collab.people.models import Party
from collab.work.models import Handover, Wait, WorkItem
from collab.work.policy import among, visible_to

_of, _by = aliased(Party, name="of_party"), aliased(Party, name="by_party")

DAY = Keyset((Key("until", Wait.until, Kind.DAY, nulls="last"), Key("id", Wait.id, Kind.INTEGER)))
"""What is due first stands first; what has no day comes last."""


class Expected(NamedTuple):
    """One open wait with what it is about and who is on either side."""

    id: int
    sense: str
    what: str
    since: datetime
    until: date | None
    of_id: int | None
    of_kind: str | None
    of_label: str | None
    of_names: dict[str, str] | None
    by_id: int
    by_label: str | None
    by_names: dict[str, str] | None
    tray_unit_id: int | None
    taken_by: int | None
    nudges: int
    item_id: int | None
    reference: str | None
    title: str | None
    kind: str | None
    state_kind: str | None
    handover_id: int | None


_COLUMNS = (
    Wait.id, Wait.sense, Wait.what, Wait.since, Wait.until, Wait.of_id, _of.kind, _of.label, _of.names, Wait.by_id,
    _by.label, _by.names, Wait.tray_unit_id, Wait.taken_by, Wait.nudges, Wait.item_id, WorkItem.reference,
    WorkItem.title, WorkItem.kind, WorkItem.state_kind, Handover.id,
)  # fmt: skip


def own_parties(actor: Actor) -> frozenset[int]:
    """Those for whom this person answers in their own name: themselves, their posts, whom they stand in for."""
    return (actor.parties - actor.reach) | actor.substitutes


def of_me(actor: Actor) -> ColumnElement[bool]:
    """Waits on this person or their posts, those they took out of a tray, and the trays of units they head."""
    return or_(
        Wait.of_id == among(own_parties(actor)),
        Wait.taken_by == actor.person_id,
        Wait.tray_unit_id == among(actor.heads),
    )


def by_me(actor: Actor) -> ColumnElement[bool]:
    """Waits that this person, or a unit they belong to, has on others. Tasks count when the work lies elsewhere."""
    elsewhere = not_(WorkItem.desk_unit_id == among(actor.reach))
    mine = and_(Wait.by_id == actor.person_id, or_(Wait.sense != "task", elsewhere))
    our = and_(Wait.by_unit_id == among(actor.units | actor.heads), Wait.sense != "task")
    of_nobody_here = or_(Wait.of_id.is_(None), not_(Wait.of_id == among(own_parties(actor))))
    not_in_my_tray = or_(Wait.tray_unit_id.is_(None), not_(Wait.tray_unit_id == among(actor.heads)))
    return and_(or_(mine, our), of_nobody_here, not_in_my_tray, Wait.taken_by.is_distinct_from(actor.person_id))


def _open(actor: Actor, query: Select[Any]) -> Select[Any]:
    """`query` over waits, narrowed to open ones whose item the actor may see."""
    return query.outerjoin(WorkItem, WorkItem.id == Wait.item_id).where(
        Wait.ended_at.is_(None), or_(Wait.item_id.is_(None), visible_to(actor))
    )


def _awake(actor: Actor) -> ColumnElement[bool]:
    return or_(Wait.snoozed_until.is_(None), Wait.snoozed_until <= clock.today(actor.time_zone))


def open_waits(actor: Actor) -> Select[Any]:
    """The ids of everything expected of this person now, for counting."""
    return _open(actor, select(Wait.id)).where(of_me(actor), _awake(actor))


def expected(actor: Actor, after: str | None = None, limit: int = 50) -> Page[Expected]:
    """A page of what is expected of this person, what is due first standing first. Raises BadCursor."""
    return _page(actor, and_(of_me(actor), _awake(actor)), after, limit)


def awaited(actor: Actor, after: str | None = None, limit: int = 20) -> Page[Expected]:
    """A page of what this person and their units await of others."""
    return _page(actor, by_me(actor), after, limit)


def _page(actor: Actor, criterion: ColumnElement[bool], after: str | None, limit: int) -> Page[Expected]:
    query = (
        _open(actor, select(*_COLUMNS))
        .outerjoin(_of, _of.id == Wait.of_id)
        .outerjoin(_by, _by.id == Wait.by_id)
        .outerjoin(
            Handover,
            and_(Wait.sense == "handover", Handover.item_id == Wait.item_id, Handover.state == "offered"),
        )
        .where(criterion)
    )
    window = DAY.window(after, limit)
    rows = [Expected(*row) for row in db.session.execute(window.applied(query))]
    return window.page(rows, lambda row: (row.until, row.id))
