"""What an item's fields say now, as a form that changes some of them needs to know the others."""

from typing import Any

from .queries.shapes import Item


def said_by(item: Item) -> dict[str, Any]:
    """The fields of `EditItem` as they stand."""
    return {
        "title": item.title,
        "body": item.body,
        "priority": item.priority,
        "start_on": item.start_on,
        "due_on": item.due_on,
        "reach": item.reach,
        "labels": list(item.labels),
        "parent": item.parent_id,
        "effort_minutes": item.effort_minutes,
        "spent_minutes": item.spent_minutes,
    }
