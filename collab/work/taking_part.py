"""Who takes part in an item: joining and leaving. Called by commands."""

from collections.abc import Set
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from collab.core.envelope import session

from .models import Participant


def join(item_id: int, party_id: int | None, role: str, at: datetime) -> None:
    """`party_id` takes part as `role` from now on (again, if they did before)."""
    if party_id is None:
        return
    row = {"party_id": party_id, "item_id": item_id, "role": role, "since": at, "until": None}
    session().execute(
        insert(Participant)
        .values(row)
        .on_conflict_do_update(index_elements=["party_id", "item_id", "role"], set_={"until": None})
    )


def join_each(parts: Set[tuple[int, int]], role: str, at: datetime) -> None:
    """The same for many at once, (item, party) each."""
    if not parts:
        return
    rows = [
        {"party_id": party, "item_id": item, "role": role, "since": at, "until": None} for item, party in sorted(parts)
    ]
    again = insert(Participant).on_conflict_do_update(
        index_elements=["party_id", "item_id", "role"], set_={"until": None}
    )
    session().execute(again, rows)


def leave(item_id: int, role: str, at: datetime, *, party_id: int | None = None) -> None:
    """Whoever took part as `role` (or only `party_id`) does so no more; they go on reading."""
    change = update(Participant).where(
        Participant.item_id == item_id, Participant.role == role, Participant.until.is_(None)
    )
    if party_id is not None:
        change = change.where(Participant.party_id == party_id)
    session().execute(change.values(until=at))
