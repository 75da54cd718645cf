"""Filters as words: items found by the query language of lists, shaped as a search gives them back."""

from collab.core.actor import Actor
from collab.core.paging import Page
from collab.work.forms import Filter
from collab.work.queries.lists import list_items
from collab.work.queries.shapes import Row

from .found import FoundItem


def find_worded(actor: Actor, typed: str, after: str | None, limit: int) -> Page[FoundItem]:
    """A page of the items that a query asks for, nearest due date first. Raises BadQuery and BadCursor."""
    page = list_items(actor, Filter(query=typed, after=after, limit=limit))
    return Page([_found(row) for row in page.items], page.next, page.previous)


def _found(row: Row) -> FoundItem:
    holder = row.holder
    return FoundItem(
        score=0,
        id=row.id,
        kind=row.kind,
        reference=row.reference,
        title=row.title,
        body="",
        state_kind=row.state_kind,
        due_on=row.due_on,
        changed_at=row.changed_at,
        unit_code=row.unit.code or "",
        holder_id=holder.id if holder else None,
        holder_kind=holder.kind if holder else None,
        holder_label=holder.name if holder else None,
        holder_names={} if holder else None,
    )
