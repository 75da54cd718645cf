"""A calendar over a query: the first items of each day and how many each day has, in one query."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Date, Integer, bindparam, func, select

from collab.core import readings
from collab.core.actor import Actor

from ..filters.compile import Compiled
from ..models import WorkItem
from .arranged import LOOKED_AT, known
from .board import Stack, Stacked
from .patience import patience
from .plans import walks, within_sight
from .rows import DUE, ROW, made

CARDS: Final = 20
"""Items that a day shows; the rest stands in the table."""
DATES: Final[dict[str, Any]] = {"due": DUE, "start": WorkItem.start_on}


def dated_items(actor: Actor, wanted: Compiled, of: str, first: date, last: date) -> Stacked:
    """What the query finds, by the day on which it is due or starts (`of`), the most urgent first; looks at 5,000
    items at most."""
    walk = walks(actor, dense=wanted.dense, sieved=wanted.sieved)
    statement = known(("days", wanted.shape, of, walk), lambda who: _query(who, wanted, of, walk))
    with patience(short=not wanted.anchored):
        rows = statement.rows(actor, **wanted.given, first=first, last=last, rows=LOOKED_AT, cards=CARDS)
    found: dict[Any, Stack] = {}
    for row in rows:
        item = made(actor, row)
        day = item.due_on if of == "due" else item.start_on
        found.setdefault(day, Stack(day, [], row.many)).cards.append(item)
    readings.note_list(actor, sum(len(each.cards) for each in found.values()))
    return Stacked(list(found.values()), sum(each.count for each in found.values()) < LOOKED_AT)


def next_dated(actor: Actor, wanted: Compiled, of: str, last: date) -> date | None:
    """The first day after `last` on which something that the query finds is due or starts."""
    walk = walks(actor, dense=wanted.dense, sieved=wanted.sieved)

    def query(who: Actor) -> Any:
        day = DATES[of]
        plain = select(WorkItem.id, day.label("day")).where(*wanted.criteria, day > bindparam("last", type_=Date))
        seen = within_sight(who, plain, only_open=wanted.only_open, walk=walk, sieve=wanted.sieve)
        return seen.order_by(day, WorkItem.id).limit(1)

    with patience(short=not wanted.anchored):
        rows = known(("next day", wanted.shape, of, walk), query).rows(actor, **wanted.given, last=last)
    # What has no day stands at the end of all of them.
    return rows[0].day if rows and rows[0].day < date.max else None


def _query(actor: Actor, wanted: Compiled, of: str, walk: bool) -> Any:
    """Those of the days, looked at in order; each with its place in its day; then the lines of those that are shown."""
    day = DATES[of]
    within = day.between(bindparam("first", type_=Date), bindparam("last", type_=Date))
    plain = select(WorkItem.id, WorkItem.priority, day.label("day")).where(*wanted.criteria, within)
    seen = within_sight(actor, plain, only_open=wanted.only_open, walk=walk, sieve=wanted.sieve)
    some = seen.order_by(day, WorkItem.id).limit(bindparam("rows", type_=Integer)).subquery()
    ranked = select(
        some.c.id,
        some.c.day,
        func.row_number().over(partition_by=some.c.day, order_by=(some.c.priority.desc(), some.c.id)).label("place"),
        func.count().over(partition_by=some.c.day).label("many"),
    ).subquery()
    return (
        ROW.add_columns(ranked.c.many)
        .join(ranked, ranked.c.id == WorkItem.id)
        .where(ranked.c.place <= bindparam("cards", type_=Integer))
        .order_by(ranked.c.day, ranked.c.place)
    )
