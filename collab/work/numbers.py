"""References: `PARKS-214`. Each unit has a series; the row's lock hands out the numbers without gaps."""

import re
from typing import Any, Final

from sqlalchemy import BigInteger, Integer, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core.envelope import session
from collab.core.prepared import Fixed
from collab.people.models import Unit

from .models import Series

_NOT_WORD = re.compile(r"[^\w]+")


def prefix_of(code: str) -> str:
    """The prefix a unit's code gives: capitals, without spaces or hyphens, at most 20 characters."""
    return _NOT_WORD.sub("", code).upper().replace("_", "")[:20] or "ITEM"


def next_reference(unit_id: int) -> tuple[int, int, str]:
    """(series id, number, reference) for a new item of the unit. Waits for others numbering in the same series."""
    series, number, prefix = next_references(unit_id, 1)
    return series, number, f"{prefix}-{number}"


def next_references(unit_id: int, count: int) -> tuple[int, int, str]:
    """(series id, first number, prefix) for `count` new items of the unit in a row."""
    taken = _TAKE.rows(unit=unit_id, count=count)
    if not taken:
        _begin_series(unit_id)
        taken = _TAKE.rows(unit=unit_id, count=count)
    row = taken[0]
    return row.id, row.last_number - count + 1, row.prefix


def _take() -> Any:
    return (
        update(Series)
        .where(Series.unit_id == bindparam("unit", type_=BigInteger))
        .values(last_number=Series.last_number + bindparam("count", type_=Integer))
        .returning(Series.id, Series.last_number, Series.prefix)
    )


_TAKE: Final = Fixed(_take)


def _begin_series(unit_id: int) -> None:
    """A series for a unit that has none; a prefix that is taken gets a number of its own."""
    code = session().scalar(select(Unit.code).where(Unit.id == unit_id)) or ""
    for attempt in range(1, 100):
        prefix = prefix_of(code) + (str(attempt) if attempt > 1 else "")
        if prefix[-1].isdigit() and attempt == 1:
            prefix += "X" if len(prefix) < 2 else ""
        added = session().scalar(
            insert(Series).values(prefix=prefix, unit_id=unit_id).on_conflict_do_nothing().returning(Series.id)
        )
        known = session().scalar(select(Series.id).where(Series.unit_id == unit_id))
        if added is not None or known is not None:
            return
