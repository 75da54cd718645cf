"""Tasks and pending items as JSON: what work says of every item, and `details` of pending items."""

from typing import Any

from collab.core.actor import Actor
from collab.core.paging import Page
from collab.web.api import listed
from collab.work.api import shapes
from collab.work.queries.shapes import Item, Row

from .panel import PLAIN, details_json
from .queries.details import Details, details_of, explained
from .words import because

Json = dict[str, Any]


def rows_json(page: Page[Row], details: dict[int, Details] | None = None) -> Json:
    """`{items: [...], next}`; `next` is the cursor for `?after=`, null on the last page."""
    return listed([_row_json(row, details) for row in page.items], page.next)


def _row_json(row: Row, details: dict[int, Details] | None) -> Json:
    said = shapes.row(row)
    if details is not None:
        said["details"] = details_json(details.get(row.id, PLAIN))
    return said


def item_json(actor: Actor, item: Item) -> Json:
    """One item. `details` of a pending item say also whether its due date was set by hand, since when its clock stands
    still, and in `because` why its deadline is the day it is, in sentences."""
    said = shapes.item(item)
    if item.kind == "pending":
        details = details_of(actor, [item.id]).get(item.id, PLAIN)
        why = explained(item, details)
        said["details"] = details_json(details) | {
            "due_by_hand": why.by_hand,
            "standing_since": why.standing_since.isoformat() if why.standing_since else None,
            "because": because(actor, details, why),
        }
    return said
