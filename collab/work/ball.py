"""The ball: who has it, since when, and whether the clock stands still.

Every change of holder, state or stopping wait ends in `settle`, which keeps two records true at once: the
append-only intervals ("who had it when") and the one open `task` wait ("whose My day shows it"). Intervals of an
item never overlap, and while the item is open they leave no gap; while it is closed nobody has it.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select, text, update

from collab.core.envelope import record, session
from collab.core.errors import Invalid
from collab.core.prepared import Fixed

from .desks import desk_of, organisation_zone, refuse_gone
from .events import ClockResumed, ClockStopped
from .lapsing import settle_lapses
from .models import Interval, Wait, WorkItem
from .models.wait import first_look
from .policy import is_open
from .taking_part import join, leave

_BEGIN: Final = Fixed(
    lambda: text(
        """
        with part as (
          insert into participant (party_id, item_id, role, since)
          select party, cast(:item as bigint), role, cast(:at as timestamptz)
          from unnest(cast(:parties as bigint[]), cast(:roles as text[])) as takes(party, role)
        ), span as (
          insert into interval (item_id, holder_id, unit_id, state_kind, stopped, from_at)
          values (cast(:item as bigint), cast(:holder as bigint), cast(:unit as bigint), cast(:state as text), false,
                  cast(:at as timestamptz))
        )
        insert into wait (item_id, sense, of_id, by_id, by_unit_id, tray_unit_id, since, until, next_action_at)
        values (cast(:item_id as bigint), cast(:sense as text), cast(:of_id as bigint), cast(:by_id as bigint),
                cast(:by_unit_id as bigint), cast(:tray_unit_id as bigint), cast(:since as timestamptz),
                cast(:until as date), cast(:look as timestamptz))
        """
    )
)
"""The parts, the first interval and the task wait of an item just made, on one way to the database."""


def begin(item: WorkItem, by_id: int, at: datetime) -> None:
    """The first ball of an item just made: what `give` and `settle` come to where nothing can stand yet, unasked."""
    parts = [(by_id, "creator")] + ([(item.holder_id, "holder")] if item.holder_id is not None else [])
    if item.desk_unit_id not in (item.unit_id, item.holder_id) and item.reach != "named":
        parts.append((item.desk_unit_id, "holder"))
    parts = list(dict.fromkeys(parts))
    # Straight into their tables: nobody asks for these objects again, and the session would keep them.
    _BEGIN.run(
        item=item.id, holder=item.holder_id, unit=item.desk_unit_id, state=item.state_kind, at=at,
        parties=[party for party, _role in parts], roles=[role for _party, role in parts],
        **_task(item, by_id, at), look=first_look(item.due_on),
    )  # fmt: skip


def give(item: WorkItem, holder_id: int | None, desk_unit_id: int, by_id: int, at: datetime) -> None:
    """The ball goes to `holder_id` (None: nobody yet) in `desk_unit_id`. The former holder goes on reading."""
    leave(item.id, "holder", at)
    item.holder_id, item.desk_unit_id = holder_id, desk_unit_id
    join(item.id, holder_id, "holder", at)
    if desk_unit_id != item.unit_id and item.reach != "named":
        join(item.id, desk_unit_id, "holder", at)
    settle(item, by_id, at)


def settle_opened_again(item: WorkItem, by_id: int, at: datetime) -> bool:
    """An item that is open again goes on with whoever had it. Nothing is expected of somebody who has left since, or of
    a post that ended: then it lies in the tray of its unit, and one for named people is `by_id`'s. Whether it moved."""
    try:
        if item.holder_id is not None:
            refuse_gone(item.holder_id, "holder")
    except Invalid:
        holder = by_id if item.reach == "named" else None
        give(item, holder, desk_of(holder, prefer=item.desk_unit_id) or item.desk_unit_id, by_id, at)
        return True
    settle(item, by_id, at)
    return False


def settle(item: WorkItem, by_id: int, at: datetime, *, ended: datetime | None = None) -> None:
    """Make intervals, state and the task wait agree with the item as it stands now.

    `ended`: what stopped the clock had ended by then already, and what was written since is put right.
    """
    stopping = _stopping_wait(item.id) if is_open(item) else None
    _settle_clock(item, stopping)
    if ended is not None and is_open(item):
        look_back(item, ended, at)
    settle_interval(item, stopping, at)
    _settle_task(item, by_id, at)
    item.changed_at = at
    session().flush()
    settle_lapses([item.id], at)


def _stopping_wait(item_id: int) -> Wait | None:
    """The oldest open wait that stops the item's clock."""
    return session().scalar(
        select(Wait)
        .where(Wait.item_id == item_id, Wait.stops_clock, Wait.ended_at.is_(None))
        .order_by(Wait.since, Wait.id)
        .limit(1)
    )


def _settle_clock(item: WorkItem, stopping: Wait | None) -> None:
    if stopping is not None and item.state_kind != "waiting":
        item.state_kind = "waiting"
        record(ClockStopped(subject=item.id, wait=stopping.id, awaited=stopping.of_id))
    elif stopping is None and item.state_kind == "waiting" and is_open(item):
        item.state_kind = "active"


def settle_interval(item: WorkItem, stopping: Wait | None, at: datetime, state: str | None = None) -> None:
    """Close the open interval if it no longer tells the truth, and begin the one that does. `state`: that of the item
    at that instant, if not the one it has now."""
    state = state or item.state_kind
    holder, unit = (stopping.of_id, desk_of(stopping.of_id)) if stopping else (item.holder_id, item.desk_unit_id)
    current = session().scalar(select(Interval).where(Interval.item_id == item.id, Interval.to_at.is_(None)))
    stands = current is not None and is_open(item) and (
        (current.holder_id, current.unit_id, current.state_kind, current.stopped)
        == (holder, unit, state, stopping is not None)
    )  # fmt: skip
    if stands:
        return
    if current is not None:
        current.to_at = max(at, current.from_at)
        if current.stopped and stopping is None:
            _resume(item, current, at)
        session().flush()
    if is_open(item):
        session().add(Interval(**_interval(item, stopping, holder, unit, at) | {"state_kind": state}))
        session().flush()


def look_back(item: WorkItem, since: datetime, now: datetime) -> None:
    """The clock of an item had run again by `since`, unless another wait stopped it: from then on it is told anew,
    which wait stopped it when, up to `now`."""
    current = session().scalar(select(Interval).where(Interval.item_id == item.id, Interval.to_at.is_(None)))
    if current is None or not current.stopped:
        return
    begin = max(since, current.from_at)
    waits = (
        session()
        .scalars(
            select(Wait)
            .where(Wait.item_id == item.id, Wait.stops_clock, Wait.since < now)
            .where(or_(Wait.ended_at.is_(None), Wait.ended_at > begin))
            .order_by(Wait.since, Wait.id)
        )
        .all()
    )
    ends = [at for wait in waits for at in (wait.since, wait.ended_at) if at is not None and begin < at < now]
    stood = True
    for turn in sorted({begin, *ends}):
        stopping = next((one for one in waits if one.since <= turn and (one.ended_at or now) > turn), None)
        settle_interval(item, stopping, turn, "waiting" if stopping else "active")
        if stopping is not None and not stood:
            record(ClockStopped(subject=item.id, wait=stopping.id, awaited=stopping.of_id))
        stood = stopping is not None


def _interval(
    item: WorkItem, stopping: Wait | None, holder: int | None, unit: int | None, at: datetime
) -> dict[str, Any]:
    return {
        "item_id": item.id,
        "holder_id": holder,
        "unit_id": unit,
        "state_kind": item.state_kind,
        "stopped": stopping is not None,
        "from_at": at,
    }


def _resume(item: WorkItem, ended: Interval, at: datetime) -> None:
    wait = session().scalar(
        select(Wait.id)
        .where(Wait.item_id == item.id, Wait.stops_clock, Wait.ended_at.is_not(None))
        .order_by(Wait.ended_at.desc())
        .limit(1)
    )
    zone = organisation_zone()
    record(
        ClockResumed(
            subject=item.id,
            wait=wait or 0,
            stopped_on=ended.from_at.astimezone(zone).date().isoformat(),
            resumed_on=at.astimezone(zone).date().isoformat(),
        )
    )


def _settle_task(item: WorkItem, by_id: int, at: datetime) -> None:
    """Exactly one open `task` wait on the holder while the item is open; none when it is closed."""
    current = session().scalar(
        select(Wait).where(Wait.item_id == item.id, Wait.sense == "task", Wait.ended_at.is_(None))
    )
    expected = (item.holder_id or item.desk_unit_id) if is_open(item) else None
    if current is not None and current.of_id == expected:
        if current.until != item.due_on:
            current.until, current.next_action_at = item.due_on, first_look(item.due_on)
        return
    if current is not None:
        current.ended_at, current.ended_by = at, by_id
        current.ended_how = "moved" if expected is not None else "done"
        session().flush()
    if expected is not None:
        again = current is None and by_id == item.holder_id
        session().add(Wait(**_task(item, _asked_before(item) or by_id if again else by_id, at)))


def _asked_before(item: WorkItem) -> int | None:
    """Who expected an item before it was ended: whoever takes back their own "done" gave nothing to themselves."""
    return session().scalar(
        select(Wait.by_id)
        .where(Wait.item_id == item.id, Wait.sense == "task", Wait.ended_how == "done")
        .order_by(Wait.ended_at.desc(), Wait.id.desc())
        .limit(1)
    )


def _task(item: WorkItem, by_id: int, at: datetime) -> dict[str, Any]:
    """What is expected of whoever has the ball; in the tray while nobody has it."""
    holder = item.holder_id or item.desk_unit_id
    return {
        "item_id": item.id,
        "sense": "task",
        "of_id": holder,
        "by_id": by_id,
        "by_unit_id": item.unit_id,
        "tray_unit_id": item.desk_unit_id if holder == item.desk_unit_id else None,
        "since": at,
        "until": item.due_on,
    }


def end_waits(item: WorkItem, by_id: int | None, at: datetime, how: str) -> list[int]:
    """Nothing is expected any more: every open question on a closed item ends. Which ones."""
    ended = session().scalars(
        update(Wait)
        .where(Wait.item_id == item.id, Wait.ended_at.is_(None), Wait.sense != "task")
        .values(ended_at=at, ended_how=how, ended_by=by_id)
        .returning(Wait.id)
    )
    return sorted(ended)
