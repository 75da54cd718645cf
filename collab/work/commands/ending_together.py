"""The verbs `complete`, `cancel` and `assign` on many items in a few statements.

What they leave behind is what the verbs leave one by one (a test holds the two together): state, version, intervals,
the expectation, who takes part, lapses that ended, and a fact an item that can be undone. Items whose clock stands
still, that are on offer or disputed, that are for named people only, or whose holder one stands in for go one by one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import record, session
from collab.core.errors import Invalid

from ..desks import holder_desk
from ..events import ItemAssigned, ItemCancelled, ItemCompleted
from ..forms import BulkChange
from ..lapsing import settle_lapses
from ..models import Handover, Interval, Participant, Wait, WorkItem
from ..models.wait import first_look
from ..on_behalf import behalf


def going_together(actor: Actor, items: Iterable[Any], form: BulkChange) -> set[int]:
    """Which of these items, loaded under lock and allowed, may be ended or given with the others."""
    plain = [
        item for item in items
        if item.state_kind != "waiting" and item.reach != "named" and behalf(actor, item.holder_id) is None
    ]  # fmt: skip
    if form.act == "holder" and (form.holder is None or not _all_desks(actor, plain, form.holder)):
        return set()
    ids = {item.id for item in plain}
    on_offer = select(Handover.item_id).where(Handover.item_id == _among(ids), Handover.state == "offered")
    disputed = select(Wait.item_id).where(
        Wait.item_id == _among(ids), Wait.sense == "approval", Wait.ended_at.is_(None)
    )
    return ids - set(session().scalars(on_offer)) - set(session().scalars(disputed))


def _all_desks(actor: Actor, items: Iterable[Any], holder: int) -> dict[int, int]:
    """Desk → the desk at which `holder` would have what lies there; empty where one of them is refused."""
    found: dict[int, int] = {}
    for desk in sorted({item.desk_unit_id for item in items}):
        try:
            found[desk] = holder_desk(holder, prefer=desk)
        except Invalid:
            return {}
        if found[desk] not in actor.headed:
            return {}
    return found


def end_together(actor: Actor, items: Sequence[Any], form: BulkChange) -> None:
    """Finish these items or give them up, with everything that was asked on them."""
    if not items:
        return
    at, ids = clock.now(), [item.id for item in items]
    values: dict[str, Any] = {"state_kind": form.act, "closed_at": at, "changed_at": at}
    _write(ids, values)
    asked: dict[int, list[int]] = defaultdict(list)
    ended = (
        update(Wait)
        .where(Wait.item_id == _among(ids), Wait.ended_at.is_(None), Wait.sense != "task")
        .values(ended_at=at, ended_how="withdrawn", ended_by=actor.person_id)
        .returning(Wait.item_id, Wait.id)
        .execution_options(synchronize_session=False)
    )
    for item_id, wait in session().execute(ended):
        asked[item_id or 0].append(wait)
    _close_interval(ids, at)
    _close_task(ids, at, actor.person_id, "done")
    settle_lapses(ids, at)
    for item in items:
        left = {"was": item.state_kind, "waits": sorted(asked.get(item.id, [])), "offer": None}
        if form.act == "done":
            record(ItemCompleted(subject=item.id, outcome=form.reason, **left))
        else:
            record(ItemCancelled(subject=item.id, reason=form.reason, **left))


def give_together(actor: Actor, items: Sequence[Any], holder: int) -> None:
    """Give these items to somebody at once."""
    if not items:
        return
    at, desks = clock.now(), _all_desks(actor, items, holder)
    by_desk: dict[int, list[Any]] = defaultdict(list)
    for item in items:
        by_desk[desks[item.desk_unit_id]].append(item)
    for desk, there in by_desk.items():
        ids = [item.id for item in there]
        _write(ids, {"holder_id": holder, "desk_unit_id": desk, "changed_at": at})
        _write_new_as_active(ids)
        _pass_on([(item.id, item.unit_id) for item in there], holder, desk, at)
        _close_interval(ids, at)
        _close_task(ids, at, actor.person_id, "moved")
        state = {item.id: "active" if item.state_kind == "new" else item.state_kind for item in there}
        common = {"holder_id": holder, "unit_id": desk, "stopped": False, "from_at": at, "to_at": None}
        session().execute(insert(Interval), [{"item_id": id_, "state_kind": state[id_], **common} for id_ in ids])
        session().execute(insert(Wait), [_task(item, actor, holder, desk, item.due_on, at) for item in there])
    settle_lapses([item.id for item in items], at)
    for item in items:
        record(
            ItemAssigned(
                subject=item.id, holder=holder, before=item.holder_id, unit=desks[item.desk_unit_id],
                left=item.desk_unit_id, was=item.state_kind, offer=None, decided=[],
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
    here = Participant.item_id == _among(id_ for id_, _unit in items)
    left = update(Participant).where(here, Participant.role == "holder", Participant.until.is_(None)).values(until=at)
    session().execute(left.execution_options(synchronize_session=False))
    parts = {(holder, id_) for id_, _unit in items} | {(desk, id_) for id_, unit in items if unit != desk}
    rows = [
        {"party_id": party, "item_id": id_, "role": "holder", "since": at, "until": None}
        for party, id_ in sorted(parts)
    ]
    again = upsert(Participant).on_conflict_do_update(
        index_elements=["party_id", "item_id", "role"], set_={"until": None}
    )
    session().execute(again, rows)


def _write(ids: Sequence[int], values: dict[str, Any]) -> None:
    change = update(WorkItem).where(WorkItem.id == _among(ids)).values(**values, version=WorkItem.version + 1)
    session().execute(change.execution_options(synchronize_session=False))


def _write_new_as_active(ids: Sequence[int]) -> None:
    new = update(WorkItem).where(WorkItem.id == _among(ids), WorkItem.state_kind == "new").values(state_kind="active")
    session().execute(new.execution_options(synchronize_session=False))


def _close_interval(ids: Sequence[int], at: datetime) -> None:
    session().execute(
        update(Interval)
        .where(Interval.item_id == _among(ids), Interval.to_at.is_(None))
        .values(to_at=func.greatest(Interval.from_at, at))
        .execution_options(synchronize_session=False)
    )


def _close_task(ids: Sequence[int], at: datetime, by_id: int, how: str) -> None:
    session().execute(
        update(Wait)
        .where(Wait.item_id == _among(ids), Wait.sense == "task", Wait.ended_at.is_(None))
        .values(ended_at=at, ended_by=by_id, ended_how=how)
        .execution_options(synchronize_session=False)
    )


def _among(ids: Iterable[int]) -> Any:
    return any_(bindparam("ids", sorted(ids), type_=ARRAY(BigInteger), unique=True))
