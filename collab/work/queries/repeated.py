"""The same act a second time: a double click, a request sent again after a cut, a colleague a moment earlier."""

from typing import Any, Final, NamedTuple

from sqlalchemy import select

from collab.core.db import db
from collab.core.facts import FactRow

from .history import SUBJECT

CLOSES: Final = {"item-completed": "done", "item-cancelled": "cancelled"}
ONCE: Final = (*CLOSES, "item-reopened", "item-taken", "handover-accepted", "handover-returned", "handover-withdrawn")
"""Acts that can be done once only, until something else happens to the item."""
OTHERWISE: Final = ("item-merged",)
"""What closes it in another way, after which none of those is the last one any more."""


class Done(NamedTuple):
    kind: str
    actor_id: int


def done_already(item: Any, *kinds: str) -> Done | None:
    """By whom it was done, when the last such act on an item found within sight was one of `kinds` and the item is as
    that act left it; one query."""
    of_item = (FactRow.subject_kind == SUBJECT, FactRow.subject_id == item.id, FactRow.kind.in_((*ONCE, *OTHERWISE)))
    last = select(FactRow.kind, FactRow.actor_id).where(*of_item).order_by(FactRow.id.desc()).limit(1)
    row = db.session.execute(last).first()
    return Done(*row) if row is not None and row.kind in kinds and _stands(item, row.kind) else None


def _stands(item: Any, kind: str) -> bool:
    if kind in CLOSES:
        return bool(item.state_kind == CLOSES[kind])
    return bool(item.is_open and (kind != "item-taken" or item.holder is not None))
