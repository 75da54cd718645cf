"""The verbs `complete`, `cancel` and `assign` on many items in a few statements.

What they leave behind is what the verbs leave one by one (a test holds the two together): state, version, intervals,
the expectation, offers that are withdrawn, who takes part, lapses that ended, and a fact an item that can be undone.
Items that are disputed, that are for named people only, or whose holder one stands in for go one by one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import record, session
from collab.core.errors import Invalid

from ..desks import desks_of, holder_desks, organisation_day, organisation_zone
from ..events import ClockResumed, HandoverWithdrawn, ItemAssigned, ItemCancelled, ItemCompleted
from ..forms import BulkChange
from ..lapsing import settle_lapses
from ..models import Handover, Interval, Participant, Wait, WorkItem
from ..models.wait import first_look
from ..on_behalf import behalf
from ..policy import among
from ..taking_part import join_each


def going_together(actor: Actor, items: Iterable[Any], form: BulkChange) -> set[int]:
    """Which of these items, loaded under lock and allowed, may be ended or given with the others."""
    plain = [item for item in items if item.reach != "named" and behalf(actor, item.holder_id) is None]
    if form.act == "holder":
        desks = _desks(actor, plain, form.holder)
        away = _goes_elsewhere([item.id for item in plain if item.state_kind == "waiting"])
        plain = [item for item in plain if item.desk_unit_id in desks and item.id not in away]
    ids = {item.id for item in plain}
    disputed = select(Wait.item_id).where(Wait.item_id == among(ids), Wait.sense == "approval", Wait.ended_at.is_(None))
    return ids - set(session().scalars(disputed))


def _desks(actor: Actor, items: Iterable[Any], holder: int | None) -> dict[int, int]:
    """Desk → the desk at which `holder` would have what lies there, of those in which the actor may give it to them."""
    if holder is None:
        return {}
    try:
        found = holder_desks(holder, (item.desk_unit_id for item in items))
    except Invalid:
        return {}
    return {desk: theirs for desk, theirs in found.items() if theirs in actor.headed}


def _goes_elsewhere(ids: Sequence[int]) -> set[int]:
    """Of items whose clock stands still, those whose interval would not stand as it is, as whoever is awaited moved."""
    if not ids:
        return set()
    stopping = (
        select(Wait.item_id, Wait.of_id)
        .ext(distinct_on(Wait.item_id))
        .where(Wait.item_id == among(ids), Wait.stops_clock, Wait.ended_at.is_(None))
        .order_by(Wait.item_id, Wait.since, Wait.id)
        .subquery()
    )
    here = (Interval.item_id == stopping.c.item_id, Interval.to_at.is_(None), Interval.stopped)
    same = Interval.holder_id.is_not_distinct_from(stopping.c.of_id)
    rows = session().execute(
        select(stopping.c.item_id, stopping.c.of_id, Interval.unit_id).join(Interval, and_(*here, same))
    )
    found = rows.all()
    desks = desks_of((row.of_id for row in found if row.of_id is not None), organisation_day())
    return set(ids) - {row.item_id for row in found if row.unit_id == desks.get(row.of_id or 0)}


def end_together(actor: Actor, items: Sequence[Any], form: BulkChange) -> None:
    """Finish these items or give them up, with everything that was asked on them."""
    if not items:
        return
    at, ids = clock.now(), [item.id for item in items]
    offers = _withdraw_offers(actor, ids, at)
    values: dict[str, Any] = {"state_kind": form.act, "closed_at": at, "changed_at": at}
    _write(ids, values)
    asked: dict[int, list[int]] = defaultdict(list)
    ended = (
        update(Wait)
        .where(Wait.item_id == among(ids), Wait.ended_at.is_(None), Wait.sense != "task")
        .values(ended_at=at, ended_how="withdrawn", ended_by=actor.person_id)
        .returning(Wait.item_id, Wait.id)
        .execution_options(synchronize_session=False)
    )
    for item_id, wait in session().execute(ended):
        asked[item_id or 0].append(wait)
    stood = {item: since for item, since, stopped in _close_interval(ids, at) if stopped}
    stopping = _stopped_by(stood) if stood else {}
    zone = organisation_zone()
    _close_task(ids, at, actor.person_id, "done")
    settle_lapses(ids, at)
    for item in items:
        left = {"was": item.state_kind, "waits": sorted(asked.get(item.id, [])), "offer": offers.get(item.id)}
        if item.id in stood:
            since, until = (when.astimezone(zone).date().isoformat() for when in (stood[item.id], at))
            record(ClockResumed(subject=item.id, wait=stopping.get(item.id, 0), stopped_on=since, resumed_on=until))
        if form.act == "done":
            record(ItemCompleted(subject=item.id, outcome=form.reason, **left))
        else:
            record(ItemCancelled(subject=item.id, reason=form.reason, **left))


def give_together(actor: Actor, items: Sequence[Any], holder: int) -> None:
    """Give these items to somebody at once."""
    if not items:
        return
    at, desks = clock.now(), _desks(actor, items, holder)
    offers = _withdraw_offers(actor, [item.id for item in items], at)
    by_desk: dict[int, list[Any]] = defaultdict(list)
    for item in items:
        by_desk[desks[item.desk_unit_id]].append(item)
    for desk, there in by_desk.items():
        ids = [item.id for item in there]
        _write(ids, {"holder_id": holder, "desk_unit_id": desk, "changed_at": at})
        _write_new_as_active(ids)
        _pass_on([(item.id, item.unit_id) for item in there], holder, desk, at)
        _close_task(ids, at, actor.person_id, "moved")
        # Where the clock stands still, it is whoever is awaited who has it, and goes on having it.
        running = [item.id for item in there if item.state_kind != "waiting"]
        _close_interval(running, at)
        span = {"holder_id": holder, "unit_id": desk, "state_kind": "active", "stopped": False, "from_at": at}
        if running:
            session().execute(insert(Interval), [{"item_id": id_, **span} for id_ in running])
        session().execute(insert(Wait), [_task(item, actor, holder, desk, item.due_on, at) for item in there])
    settle_lapses([item.id for item in items], at)
    for item in items:
        record(
            ItemAssigned(
                subject=item.id, holder=holder, before=item.holder_id, unit=desks[item.desk_unit_id],
                left=item.desk_unit_id, was=item.state_kind, offer=offers.get(item.id), decided=[],
            )
        )  # fmt: skip


def _task(item: Any, actor: Actor, holder: int, desk: int, due: Any, at: datetime) -> dict[str, Any]:
    """What is expected of whoever has it now, as `collab.work.ball` says it."""
    return {
        "item_id": item.id, "sense": "task", "of_id": holder, "by_id": actor.person_id, "by_unit_id": item.unit_id,
        "tray_unit_id": desk if holder == desk else None, "since": at, "until": due, "next_action_at": first_look(due),
    }  # fmt: skip


def _pass_on(items: Sequence[tuple[int, int]], holder: int, desk: int, at: datetime) -> None:
    """Whoever held them goes on reading; whoever holds them now takes part, and the unit in which they lie."""
    here = Participant.item_id == among(id_ for id_, _unit in items)
    left = update(Participant).where(here, Participant.role == "holder", Participant.until.is_(None)).values(until=at)
    session().execute(left.execution_options(synchronize_session=False))
    join_each(
        {(id_, holder) for id_, _unit in items} | {(id_, desk) for id_, unit in items if unit != desk}, "holder", at
    )


def _write(ids: Sequence[int], values: dict[str, Any]) -> None:
    change = update(WorkItem).where(WorkItem.id == among(ids)).values(**values, version=WorkItem.version + 1)
    session().execute(change.execution_options(synchronize_session=False))


def _write_new_as_active(ids: Sequence[int]) -> None:
    new = update(WorkItem).where(WorkItem.id == among(ids), WorkItem.state_kind == "new").values(state_kind="active")
    session().execute(new.execution_options(synchronize_session=False))


def _withdraw_offers(actor: Actor, ids: Sequence[int], at: datetime) -> dict[int, int]:
    """What is ended or given otherwise is no longer on offer: item → its offer."""
    how = {"decided_by": actor.person_id, "decided_at": at, "state": "withdrawn"}
    standing = (
        update(Handover)
        .where(Handover.item_id == among(ids), Handover.state == "offered")
        .values(how)
        .returning(Handover.item_id, Handover.id, Handover.to_unit_id, Handover.wait_id)
        .execution_options(synchronize_session=False)
    )
    offers = session().execute(standing).all()
    if not offers:
        return {}
    asked = update(Wait).where(Wait.id == among(row.wait_id for row in offers))
    asked = asked.values(ended_at=at, ended_how="withdrawn", ended_by=actor.person_id)
    session().execute(asked.execution_options(synchronize_session=False))
    here = (Participant.item_id == among(row.item_id for row in offers), Participant.role == "offered")
    left = update(Participant).where(*here, Participant.until.is_(None)).values(until=at)
    session().execute(left.execution_options(synchronize_session=False))
    for row in offers:
        record(HandoverWithdrawn(subject=row.item_id, handover=row.id, to_unit=row.to_unit_id))
    return {row.item_id: row.id for row in offers}


def _stopped_by(ids: Iterable[int]) -> dict[int, int]:
    """What stood in the way of the clock last: item → wait."""
    last = (
        select(Wait.item_id, Wait.id)
        .ext(distinct_on(Wait.item_id))
        .where(Wait.item_id == among(ids), Wait.stops_clock, Wait.ended_at.is_not(None))
        .order_by(Wait.item_id, Wait.ended_at.desc(), Wait.id.desc())
    )
    return {item or 0: wait for item, wait in session().execute(last)}


def _close_interval(ids: Sequence[int], at: datetime) -> Sequence[Any]:
    """End the open intervals: of which item, since when it ran, and whether the clock stood still in it."""
    return (
        session()
        .execute(
            update(Interval)
            .where(Interval.item_id == among(ids), Interval.to_at.is_(None))
            .values(to_at=func.greatest(Interval.from_at, at))
            .returning(Interval.item_id, Interval.from_at, Interval.stopped)
            .execution_options(synchronize_session=False)
        )
        .all()
    )


def _close_task(ids: Sequence[int], at: datetime, by_id: int, how: str) -> None:
    session().execute(
        update(Wait)
        .where(Wait.item_id == among(ids), Wait.sense == "task", Wait.ended_at.is_(None))
        .values(ended_at=at, ended_by=by_id, ended_how=how)
        .execution_options(synchronize_session=False)
    )
