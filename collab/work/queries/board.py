"""A board over a query: the first cards of each column and how many each has, in one query."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Integer, bindparam, func, select

from collab.core import readings
from collab.core.actor import Actor
from collab.core.prepared import Prepared

from ..filters.compile import Compiled
from ..models import WorkItem
from .arranged import GROUPS, LOOKED_AT, Arrangement, group_key, keyset_of, known
from .patience import patience
from .plans import walks, within_sight
from .rows import ROW, made
from .shapes import Row

CARDS: Final = 30
"""Cards that a column shows; the rest stands in the table."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The first cards of a column, and how many it has in all (of those that were looked at)."""

    key: Any
    cards: list[Row]
    count: int


@dataclass(frozen=True, slots=True)
class Stacked:
    """The columns that have cards, in their order; `whole` says whether all items were looked at."""

    stacks: list[Stack]
    whole: bool


def stacked_items(actor: Actor, wanted: Compiled, by: str, order: str) -> Stacked:
    """What the query finds, stacked by state, holder or priority; looks at 5,000 items at most."""
    arranged, walk = Arrangement(order), walks(actor, dense=wanted.dense, sieved=wanted.sieved)
    statement = known(("board", wanted.shape, by, arranged, walk), lambda who: _query(who, wanted, by, arranged, walk))
    with patience(short=not wanted.anchored):
        rows = _rows(statement, actor, wanted.given)
    found: dict[Any, Stack] = {}
    for row in rows:
        card = made(actor, row)
        key = group_key(by, card)
        if key not in found:
            found[key] = Stack(key, [], row.many)
        found[key].cards.append(card)
    readings.note_list(actor, sum(len(each.cards) for each in found.values()))
    return Stacked(list(found.values()), sum(each.count for each in found.values()) < LOOKED_AT)


def _rows(statement: Prepared, actor: Actor, given: dict[str, Any]) -> Any:
    return statement.rows(actor, **given, rows=LOOKED_AT, cards=CARDS)


def _query(actor: Actor, wanted: Compiled, by: str, arranged: Arrangement, walk: bool) -> Any:
    """Those looked at, in order; each with its place in its column; then the lines of those that are shown."""
    keys = keyset_of(wanted, arranged).keys
    column = GROUPS[by][-1].column
    order = [key.order() for key in keys]
    plain = (
        select(WorkItem.id, column.label("stack"), func.row_number().over(order_by=order).label("place"))
        .select_from(WorkItem)
        .where(*wanted.criteria)
    )
    seen = within_sight(actor, plain, only_open=wanted.only_open, walk=walk, sieve=wanted.sieve)
    some = seen.order_by(*order).limit(bindparam("rows", type_=Integer)).subquery()
    ranked = select(
        some.c.id,
        func.row_number().over(partition_by=some.c.stack, order_by=some.c.place).label("place"),
        func.count().over(partition_by=some.c.stack).label("many"),
    ).subquery()
    sorts = [key.order() for key in GROUPS[by]]
    return (
        ROW.add_columns(ranked.c.many)
        .join(ranked, ranked.c.id == WorkItem.id)
        .where(ranked.c.place <= bindparam("cards", type_=Integer))
        .order_by(*sorts, ranked.c.place)
    )
