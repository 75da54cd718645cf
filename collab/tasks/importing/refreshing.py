"""Bringing changes in: only what the other system changed since last time, so that work done here is not undone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, func, select, update

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.envelope import record, session
from collab.core.i18n import _
from collab.work.ball import end_waits, give, settle
from collab.work.commands.handovers import withdraw_open_offer
from collab.work.models import Interval, Wait, WorkItem
from collab.work.policy import is_open

from ..models import PendingItem
from .bringing import WAITING, Progress, creator_of
from .events import ItemImportedAgain
from .labels import relabel_items
from .rows import CLOSED
from .wanted import WorkWanted

PLAIN: Final = {"title": "title", "body": "body", "priority": "priority", "start": "start_on", "due": "due_on"}
MOVING: Final = frozenset({"holder_email", "state", "closed", "due"})


def refresh(changing: Sequence[WorkWanted], creator: int | None, progress: Progress) -> None:
    """Write what changed of items that were brought in before. `progress` hears of each item."""
    for one in changing:
        item = _locked(one)
        at = clock.now()
        for column in one.changed & set(PLAIN):
            setattr(item, PLAIN[column], getattr(one.row.says, column))
        if one.changed & {"kind", "protocol", "source"}:
            _change_details(item, one)
        if "labels" in one.changed:
            relabel_items(session(), [(item.id, item.unit_id, one.row.says.labels)])
        if one.changed & MOVING:
            _move(item, one, replace(SYSTEM, person_id=creator_of(one, creator), via="import"), at)
        item.changed_at = at
        item.version += 1
        session().flush()
        fields = ",".join(sorted(one.changed))
        record(ItemImportedAgain(subject=item.id, fields=fields, cells=one.cells), quiet=True)
        progress(1)


def _locked(one: WorkWanted) -> WorkItem:
    assert one.known is not None
    mine = select(WorkItem).where(WorkItem.id == one.known.id).with_for_update(key_share=True)
    return session().scalars(mine.execution_options(populate_existing=True)).one()


def _change_details(item: WorkItem, one: WorkWanted) -> None:
    says = one.row.says
    item.kind = says.kind
    if says.kind != "pending":
        return
    row = session().get(PendingItem, item.id)
    if row is None:
        row = PendingItem(item_id=item.id, source="other", suspended_days=0)
        session().add(row)
    row.protocol_number = says.protocol
    row.source = says.source or row.source


def _move(item: WorkItem, one: WorkWanted, by: Actor, at: datetime) -> None:
    """Holder, state and deadline: through the same building blocks as every change of the ball."""
    if "state" in one.changed or "closed" in one.changed:
        if one.closed is not None:
            at = _closing(item, one.closed)
        _change_state(item, one, by, at)
    if "holder_email" in one.changed and is_open(item) and item.holder_id != one.holder:
        withdraw_open_offer(by, item)
        give(item, one.holder, one.desk, by.person_id, at)
    else:
        settle(item, by.person_id, at)


def _change_state(item: WorkItem, one: WorkWanted, by: Actor, at: datetime) -> None:
    state = one.row.says.state
    if state in CLOSED:
        withdraw_open_offer(by, item)
        end_waits(item, by.person_id, at, "withdrawn")
        item.state_kind, item.closed_at = state, one.closed
        return
    item.closed_at = None
    if state == "waiting":
        if item.state_kind != "waiting":
            item.state_kind = "active"
            session().add(_standing(item, by, at))
            session().flush()
        return
    _run_again(item, by, at)
    item.state_kind = state


def _closing(item: WorkItem, closed: datetime) -> datetime:
    """When what is open of an item ends with it: as the file says, but not before it began."""
    began = session().scalar(
        select(func.greatest(func.max(Interval.from_at), func.max(Wait.since)))
        .select_from(WorkItem)
        .outerjoin(Interval, and_(Interval.item_id == WorkItem.id, Interval.to_at.is_(None)))
        .outerjoin(Wait, and_(Wait.item_id == WorkItem.id, Wait.ended_at.is_(None)))
        .where(WorkItem.id == item.id)
    )
    return max(closed, began) if began is not None else closed


def _standing(item: WorkItem, by: Actor, at: datetime) -> Wait:
    return Wait(
        item_id=item.id, sense="answer", what=_(WAITING), by_id=by.person_id, by_unit_id=item.desk_unit_id, since=at,
        stops_clock=True, version=1,
    )  # fmt: skip


def _run_again(item: WorkItem, by: Actor, at: datetime) -> None:
    """What the import itself made wait, waits no more; what people here await goes on."""
    values: dict[str, Any] = {"ended_at": at, "ended_how": "withdrawn", "ended_by": by.person_id}
    unsaid = Wait.of_id.is_(None) & Wait.for_item_id.is_(None) & Wait.until.is_(None)
    ours = (Wait.item_id == item.id) & unsaid & Wait.stops_clock & Wait.ended_at.is_(None)
    session().execute(update(Wait).where(ours).values(values))
