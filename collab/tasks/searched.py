"""By what a pending item is found beside its own words: protocol number, counterpart, legal basis."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from collab.core.text.vector import Weight
from collab.people.models import Party

from .models import PendingItem


def words(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[Weight, str]]]:
    """Item id → its protocol number and counterpart, for those of `ids` that are or were pending items."""
    rows = session.execute(
        select(PendingItem.item_id, PendingItem.protocol_number, PendingItem.legal_basis, Party.label, Party.names)
        .outerjoin(Party, Party.id == PendingItem.counterpart_id)
        .where(PendingItem.item_id.in_(ids))
    )
    found: dict[int, list[tuple[Weight, str]]] = {}
    for row in rows:
        counterpart = " ".join(dict.fromkeys([row.label or "", *(row.names or {}).values()]))
        found[row.item_id] = [("A", row.protocol_number or ""), ("B", counterpart), ("C", row.legal_basis or "")]
    return found


def numbered(number: str) -> Select[int]:
    """The items that have this protocol number, in whichever of the two dashes it was written."""
    spellings = {number, number.replace("-", "–")}
    return select(PendingItem.item_id).where(PendingItem.protocol_number.in_(spellings))
