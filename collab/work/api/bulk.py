"""Many items changed at once."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import endpoint

from .. import commands
from ..bulk import planned
from ..forms import BulkEdit
from ..queries.bulk import many_items


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "POST /work-items/bulk-edits", takes=BulkEdit)(bulk_edit)
    endpoint(api, "DELETE /work-items/bulk-edits/<id:fact_id>")(undo_bulk_edit)


def bulk_edit(form: BulkEdit) -> Any:
    """Change many items at once, each under the rule of its own verb; nobody is notified. What is refused stays as it
    is and is told with the reason. With `dry_run` nothing changes. `id` is what undoes it."""
    who = actor()
    if form.dry_run:
        plans = planned(who, many_items(who, form.items), form)
        refused = [{"item": each.item.id, "reason": each.refusal} for each in plans if each.refusal]
        changed = [each.item.id for each in plans if each.changes]
        unchanged = len(plans) - len(refused) - len(changed)
        return {"id": None, "changed": changed, "refused": refused, "unchanged": unchanged}
    return commands.edit_many(who, form)


def undo_bulk_edit(fact_id: int) -> Any:
    """Undo a bulk edit of yours on every item that nobody touched since. 409 when none is left."""
    commands.undo_many(actor(), fact_id)
    return None, 204
