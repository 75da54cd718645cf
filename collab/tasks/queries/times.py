"""Whether an item comes again, and whether its reader wants to be reminded of it: what most items are without."""

from typing import Final

from sqlalchemy import text

from collab.core.actor import Actor
from collab.core.prepared import Fixed

_ASKED: Final = Fixed(
    lambda: text("""
    select exists (select from recurrence_item where item_id = :item),
           exists (select from reminder where item_id = :item and person_id = :person and done_at is null)
    """)
)


def times_of(actor: Actor, item_id: int) -> tuple[bool, bool]:
    """(whether there is a series, whether this person has reminders) of an item they were found to see; one query."""
    [(series, reminders)] = _ASKED.rows(item=item_id, person=actor.person_id)
    return series, reminders
