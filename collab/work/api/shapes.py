"""Work as JSON. Instants are ISO 8601 in UTC, days ISO dates; a party is `{id, kind, name, code}`."""

from datetime import date, datetime
from typing import Any

from ..queries.handovers import Offered
from ..queries.history import Line
from ..queries.shapes import HandoverLine, Held, Item, PartyRef, Row, WaitLine
from ..queries.waits import Expected


def party(one: PartyRef | None) -> dict[str, Any] | None:
    if one is None or one.id == 0:
        return None
    return {"id": one.id, "kind": one.kind, "name": one.name, "code": one.code}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _instant(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def row(one: Row | Item) -> dict[str, Any]:
    """An item as a line of a list."""
    return {
        "id": one.id,
        "kind": one.kind,
        "reference": one.reference,
        "title": one.title,
        "state": one.state_kind,
        "priority": one.priority,
        "start_on": _day(one.start_on),
        "due_on": _day(one.due_on),
        "reach": one.reach,
        "unit": party(one.unit),
        "desk": party(one.desk),
        "holder": party(one.holder),
        "labels": list(one.labels),
        "effort_minutes": one.effort_minutes,
        "spent_minutes": one.spent_minutes,
        "created_at": _instant(one.created_at),
        "changed_at": _instant(one.changed_at),
        "closed_at": _instant(one.closed_at),
        "version": one.version,
    }


def item(one: Item) -> dict[str, Any]:
    """An item with everything but its talk and history."""
    return {
        **row(one),
        "body": one.body,
        "creator": party(one.creator),
        "parent_id": one.parent_id,
        "external_id": one.external_id,
        "fields": one.fields,
        "waits": [wait_line(each) for each in one.waits],
        "handovers": [handover_line(each) for each in one.handovers],
        "participants": [
            {
                "party": party(each.party),
                "role": each.role,
                "since": _instant(each.since),
                "until": _instant(each.until),
            }
            for each in one.participants
        ],
        "relations": [
            {
                "relation": each.relation,
                "id": each.id,
                "reference": each.reference,
                "title": each.title,
                "state": each.state_kind,
            }
            for each in one.relatives
        ],
    }


def interval(one: Held) -> dict[str, Any]:
    """Who had the ball, and for how many working days."""
    return {
        "holder": party(one.holder),
        "unit": party(one.unit),
        "state": one.state_kind,
        "clock_stopped": one.stopped,
        "from": _instant(one.from_at),
        "to": _instant(one.to_at),
        "working_days": one.days,
    }


def wait_line(one: WaitLine) -> dict[str, Any]:
    """Something that is expected."""
    return {
        "id": one.id,
        "item_id": one.item_id,
        "sense": one.sense,
        "what": one.what,
        "of": party(one.of),
        "by": party(one.by),
        "by_unit_id": one.by_unit_id,
        "tray_unit_id": one.tray_unit_id,
        "taken_by": party(one.taker),
        "for_item_id": one.for_item_id,
        "since": _instant(one.since),
        "until": _day(one.until),
        "stops_clock": one.stops_clock,
        "nudges": one.nudges,
        "nudge_every": one.nudge_every,
        "nudge_most": one.nudge_most,
        "over_id": one.over_id,
        "level": one.level,
        "ended_at": _instant(one.ended_at),
        "ended_how": one.ended_how,
        "version": one.version,
    }


def wait(one: Expected) -> dict[str, Any]:
    """Something that is expected, with the item it is on where the caller sees that."""
    seen = one.reference and {"reference": one.reference, "title": one.title, "kind": one.kind}
    return {**wait_line(one.wait), "item": seen or None, "handover_id": one.handover_id}


def handover_line(one: HandoverLine) -> dict[str, Any]:
    """An offer of the ball and what became of it."""
    return {
        "id": one.id,
        "item_id": one.item_id,
        "from_unit": party(one.from_unit),
        "to_unit": party(one.to_unit),
        "to": party(one.to),
        "offered_by": party(one.sender),
        "offered_at": _instant(one.offered_at),
        "note": one.note,
        "state": one.state,
        "decided_by": party(one.decider),
        "decided_at": _instant(one.decided_at),
        "reason": one.reason,
    }


def handover(one: Offered) -> dict[str, Any]:
    return {**handover_line(one.handover), "item": {"reference": one.reference, "title": one.title}}


def line(one: Line) -> dict[str, Any]:
    """A line of a history, as a sentence in the caller's language; `undo` is where the caller may undo it."""
    undo = f"/api/v1/facts/{one.id}/undo" if one.undoable else None
    return {
        "id": one.id, "at": _instant(one.at), "kind": one.kind, "actor_id": one.actor_id, "sentence": one.sentence,
        "undo": undo,
    }  # fmt: skip
