"""By what a pending item is found beside its own words: protocol number, counterpart, legal basis."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.core.text.vector import Weight
from collab.people.models import Party

from .models import PendingItem

FEW: Final = 50


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


def numbered(session: Session, number: str) -> set[int]:
    """The items that have this protocol number; more than one is rare, and no more than a few are told."""
    chosen = select(PendingItem.item_id).where(PendingItem.protocol_number == number)
    return set(session.scalars(chosen.order_by(PendingItem.item_id.desc()).limit(FEW)))
