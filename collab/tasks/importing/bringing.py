"""Bringing new items in: the rows that `open_item` and `settle` would have made, many at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from collab.core.envelope import record, session
from collab.core.i18n import N_, _
from collab.work.desks import organisation_day
from collab.work.models import Interval, Participant, Wait, WorkItem
from collab.work.models.wait import first_look

from ..models import PendingItem
from .events import ItemImported
from .labels import label_items
from .room import Room, room_for
from .wanted import WorkWanted

AT_ONCE = 1_000
WAITING = N_("It was waiting when it was brought in; what for was not said.")

Progress = Callable[[int], None]
Rooms = dict[int, Room]


def bring_in(
    new: Sequence[WorkWanted], creator: int | None, progress: Progress, kept: Mapping[int, Room]
) -> dict[str, int]:
    """Write the new items, in the order of the rows; their ids by external id. `progress` hears of each portion."""
    rooms = room_for(new, kept)
    ids: dict[str, int] = {}
    for place in range(0, len(new), AT_ONCE):
        some = new[place : place + AT_ONCE]
        made = _write(session(), some, creator, rooms)
        ids |= dict(zip((one.row.says.external_id for one in some), made, strict=True))
        progress(len(some))
    return ids


def creator_of(one: WorkWanted, creator: int | None) -> int:
    """Who created it: whoever was named for the import, else its holder, else its unit."""
    return creator or one.holder or one.unit


def _write(writing: Session, some: Sequence[WorkWanted], creator: int | None, rooms: Rooms) -> list[int]:
    items = [_item(one, creator, rooms) for one in some]
    ids = list(writing.scalars(insert(WorkItem).returning(WorkItem.id, sort_by_parameter_order=True), items))
    both = list(zip(ids, some, strict=True))
    writing.execute(insert(Participant), [row for id_, one in both for row in _participants(id_, one, creator)])
    # The wait that stands for an unknown reason comes first, as a question asked before the clock stopped.
    standing = [_standing(id_, one, creator) for id_, one in both if one.row.says.state == "waiting"]
    if standing:
        writing.execute(insert(Wait), standing)
    writing.execute(insert(Interval), [_interval(id_, one) for id_, one in both])
    today = organisation_day()
    tasks = [_task(id_, one, creator, today) for id_, one in both]
    writing.execute(insert(Wait), tasks, execution_options={"render_nulls": True})  # "no look" is said, not left out
    pending = [_pending(id_, one) for id_, one in both if one.row.says.kind == "pending"]
    if pending:
        writing.execute(insert(PendingItem), pending)
    label_items(writing, [(id_, one.unit, one.row.says.labels) for id_, one in both])
    for id_, one in both:
        told = ItemImported(subject=id_, item_kind=one.row.says.kind, unit=one.unit, holder=one.holder, cells=one.cells)
        record(told, quiet=True)
    return ids


def _item(one: WorkWanted, creator: int | None, rooms: Rooms) -> dict[str, Any]:
    says = one.row.says
    room = rooms[one.unit]
    rooms[one.unit] = room._replace(first=room.first + 1)
    return {
        "kind": says.kind,
        "reference": f"{room.prefix}-{room.first}",
        "series_id": room.series,
        "number": room.first,
        "title": says.title,
        "body": says.body,
        "unit_id": one.unit,
        "holder_id": one.holder,
        "desk_unit_id": one.desk,
        "state_kind": says.state,
        "priority": says.priority,
        "start_on": says.start,
        "due_on": says.due,
        "reach": "unit",
        "fields": {},
        "created_at": one.created,
        "created_by": creator_of(one, creator),
        "changed_at": one.closed or one.created,
        "closed_at": one.closed,
        "external_id": says.external_id,
        "version": 1,
    }


def _participants(id_: int, one: WorkWanted, creator: int | None) -> list[dict[str, Any]]:
    parts = [(creator_of(one, creator), "creator")]
    parts += [(one.holder, "holder")] if one.holder is not None else []
    parts += [(one.desk, "holder")] if one.desk != one.unit else []
    return [
        {"party_id": party, "item_id": id_, "role": role, "since": one.created, "until": None} for party, role in parts
    ]


def _look(one: WorkWanted, today: date) -> datetime | None:
    """What was late already when it was brought in alarms nobody: those who brought it know."""
    due = one.row.says.due
    return first_look(due) if due is not None and due >= today else None


def _standing(id_: int, one: WorkWanted, creator: int | None) -> dict[str, Any]:
    return {
        "item_id": id_,
        "sense": "answer",
        "what": _(WAITING),
        "by_id": creator_of(one, creator),
        "by_unit_id": one.desk,
        "since": one.created,
        "stops_clock": True,
        "version": 1,
    }


def _interval(id_: int, one: WorkWanted) -> dict[str, Any]:
    waits = one.row.says.state == "waiting"
    return {
        "item_id": id_,
        "holder_id": None if waits else one.holder,
        "unit_id": None if waits else one.desk,
        "state_kind": "new" if one.closed else one.row.says.state,
        "stopped": waits,
        "from_at": one.created,
        "to_at": one.closed,
    }


def _task(id_: int, one: WorkWanted, creator: int | None, today: date) -> dict[str, Any]:
    by = creator_of(one, creator)
    return {
        "item_id": id_,
        "sense": "task",
        "of_id": one.holder or one.desk,
        "by_id": by,
        "by_unit_id": one.unit,
        "tray_unit_id": one.desk if one.holder is None else None,
        "since": one.created,
        "until": one.row.says.due,
        "next_action_at": _look(one, today),
        "ended_at": one.closed,
        "ended_how": "done" if one.closed else None,
        "ended_by": by if one.closed else None,
        "version": 1,
    }


def _pending(id_: int, one: WorkWanted) -> dict[str, Any]:
    says = one.row.says
    return {"item_id": id_, "source": says.source or "other", "protocol_number": says.protocol, "suspended_days": 0}


def place_below(pairs: Sequence[tuple[int, int | None]]) -> None:
    """Item → the item above it, for items that are all written by now."""
    if pairs:
        move = update(WorkItem).where(WorkItem.id == bindparam("item")).values(parent_id=bindparam("above"))
        session().connection().execute(move, [{"item": item, "above": above} for item, above in pairs])
