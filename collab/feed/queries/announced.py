"""What was announced and is still to be confirmed by somebody, as it stands on their day."""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select

from collab.core.actor import Actor
from collab.messaging.queries import shown_to_confirm

MOST: Final = 20
"""How much of it stands on My day at once: the oldest, and the next when they are confirmed."""


class ToConfirm(NamedTuple):
    """A message that asks its reader to confirm it; `text` is how it begins."""

    id: int
    conversation_id: int
    talk: str | None
    at: datetime
    text: str
    called_names: dict[str, dict[str, str]] | None
    file_names: list[str] | None
    by_label: str
    by_names: dict[str, str] | None


def asking(actor: Actor, day: date) -> Any:
    """What this person is on this day still to confirm, as one value within another question."""
    found = shown_to_confirm(actor, day, MOST).subquery("asking_to_confirm")
    return select(func.json_agg(func.json_build_array(*found.c))).scalar_subquery()


def read(value: list[list[Any]] | None) -> list[ToConfirm]:
    """The same as it came."""
    found = [ToConfirm(*one) for one in value or []]
    return [one._replace(at=datetime.fromisoformat(str(one.at))) for one in found]
