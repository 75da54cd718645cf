"""Somebody's own reminders."""

from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, bindparam, select

from collab.core.actor import Actor
from collab.core.prepared import Fixed

from ..reminder_models import Reminder


class Reminding(NamedTuple):
    """A reminder that is still to come. `at` None: there is no due day to count from."""

    id: int
    at: datetime | None
    before: int | None


def _own() -> Any:
    return (
        select(Reminder.id, Reminder.at, Reminder.before)
        .where(
            Reminder.item_id == bindparam("item", type_=BigInteger),
            Reminder.person_id == bindparam("person", type_=BigInteger),
            Reminder.done_at.is_(None),
        )
        .order_by(Reminder.at, Reminder.id)
    )


_OWN: Final = Fixed(_own)


def reminders_of(actor: Actor, item_id: int) -> list[Reminding]:
    """What this person wants to be reminded of an item that they were found to see; one query."""
    return [Reminding(*row) for row in _OWN.rows(item=item_id, person=actor.person_id)]
