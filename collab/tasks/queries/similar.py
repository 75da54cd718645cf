"""Open items that may be the same as another: of the same counterpart, under the same number, or in like words."""

from typing import Any, Final, NamedTuple

from sqlalchemy import func, select, text

from collab.core.actor import Actor
from collab.core.db import db
from collab.work.models import WorkItem
from collab.work.models.item import title_words
from collab.work.policy import visible_to
from collab.work.queries.plans import IS_OPEN
from collab.work.queries.shapes import Item

from ..models import PendingItem

MOST: Final = 6
FROM_EACH: Final = 20
SHORTEST: Final = 4
WORDS: Final = 2


class Similar(NamedTuple):
    """An open item that may be the same. `why`: number, counterpart or words."""

    id: int
    reference: str
    title: str
    protocol: str
    why: str


def similar(actor: Actor, item: Item) -> list[Similar]:
    """Open items within sight that may be the same as this one, the likeliest first. At most four queries."""
    case = db.session.execute(
        select(PendingItem.protocol_number, PendingItem.counterpart_id).where(PendingItem.item_id == item.id)
    ).first()
    found: dict[int, Similar] = {}
    tests: list[tuple[str, Any]] = []
    if case is not None and case.protocol_number:
        tests.append(("number", PendingItem.protocol_number == case.protocol_number))
    if case is not None and case.counterpart_id:
        tests.append(("counterpart", PendingItem.counterpart_id == case.counterpart_id))
    if words := _telling(item.title):
        vector = WorkItem.word_vector.op("@@")(func.to_tsquery(text("'simple'"), " & ".join(words)))
        tests.append(("words", vector))
    for why, test in tests:
        for row in db.session.execute(_open(actor, item).where(test).limit(FROM_EACH)):
            found.setdefault(row.id, Similar(row.id, row.reference, row.title, row.protocol_number or "", why))
    return list(found.values())[:MOST]


def _open(actor: Actor, item: Item) -> Any:
    return (
        select(WorkItem.id, WorkItem.reference, WorkItem.title, PendingItem.protocol_number)
        .outerjoin(PendingItem, PendingItem.item_id == WorkItem.id)
        .where(WorkItem.id != item.id, IS_OPEN, visible_to(actor), WorkItem.kind == item.kind)
        .order_by(WorkItem.id.desc())
    )


def _telling(title: str) -> list[str]:
    """The words of a title that tell most: the longest ones, folded as the index has them."""
    words = {word for word in title_words(title).split() if len(word) >= SHORTEST and word.isalnum()}
    return sorted(words, key=lambda word: (-len(word), word))[:WORDS]
