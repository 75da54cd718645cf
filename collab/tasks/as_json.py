"""Tasks and pending items as JSON: a line of a list, and one item."""

from typing import Any

from collab.core.actor import Actor
from collab.core.paging import Page
from collab.web.api import listed
from collab.work.queries.shapes import Item, PartyRef, Row

from .panel import PLAIN, details_json
from .queries.details import Details, details_of, explained
from .words import because

Json = dict[str, Any]


def party_json(party: PartyRef | None) -> Json | None:
    """`{id, kind, name, code}`; `code` of units and of the units of posts."""
    return {"id": party.id, "kind": party.kind, "name": party.name, "code": party.code} if party else None


def rows_json(page: Page[Row], details: dict[int, Details] | None = None) -> Json:
    """`{items: [...], next}`; `next` is the cursor for `?after=`, null on the last page."""
    return listed([_row_json(row, details) for row in page.items], page.next)


def _row_json(row: Row, details: dict[int, Details] | None) -> Json:
    said = _common(row) | {"labels": list(row.labels)}
    if details is not None:
        said["details"] = details_json(details.get(row.id, PLAIN))
    return said


def item_json(actor: Actor, item: Item) -> Json:
    """One item, with the details of a pending item and, in `because`, why its deadline is the day it is."""
    said = _common(item) | {
        "body": item.body,
        "labels": list(item.labels),
        "parent": item.parent_id,
        "created_by": party_json(item.creator),
    }
    if item.kind == "pending":
        details = details_of(actor, [item.id]).get(item.id, PLAIN)
        why = explained(item, details)
        said["details"] = details_json(details) | {
            "due_by_hand": why.by_hand,
            "standing_since": why.standing_since.isoformat() if why.standing_since else None,
            "because": because(actor, details, why),
        }
    return said


def _common(item: Row | Item) -> Json:
    return {
        "id": item.id,
        "kind": item.kind,
        "reference": item.reference,
        "title": item.title,
        "state": item.state_kind,
        "priority": item.priority,
        "start_on": item.start_on.isoformat() if item.start_on else None,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "reach": item.reach,
        "unit": party_json(item.unit),
        "desk": party_json(item.desk),
        "holder": party_json(item.holder),
        "created_at": item.created_at.isoformat(),
        "changed_at": item.changed_at.isoformat(),
        "closed_at": item.closed_at.isoformat() if item.closed_at else None,
        "version": item.version,
    }
