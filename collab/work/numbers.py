"""References: `PARKS-214`. Each unit has a series; the row's lock hands out the numbers without gaps."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from sqlalchemy import BigInteger, Integer, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core.envelope import session
from collab.core.prepared import Fixed
from collab.people.models import Unit

from .models import Series

TRIES: Final = 10
_NOT_WORD = re.compile(r"[^\w]+")


def prefix_of(code: str) -> str:
    """The prefix a unit's code gives: capitals, without spaces or hyphens, at most 20 characters."""
    return _NOT_WORD.sub("", code).upper().replace("_", "")[:20] or "ITEM"


def next_reference(unit_id: int) -> tuple[int, int, str]:
    """(series id, number, reference) for a new item of the unit. Waits for others numbering in the same series."""
    series, number, prefix = next_references(unit_id, 1)
    return series, number, f"{prefix}-{number}"


def next_references(unit_id: int, number: int) -> tuple[int, int, str]:
    """(series id, first number, prefix) for so many new items of the unit in a row."""
    taken = _TAKE.rows(unit=unit_id, count=number)
    if not taken:
        _begin_series(unit_id)
        taken = _TAKE.rows(unit=unit_id, count=number)
    row = taken[0]
    return row.id, row.last_number - number + 1, row.prefix


def _take() -> Any:
    return (
        update(Series)
        .where(Series.unit_id == bindparam("unit", type_=BigInteger))
        .values(last_number=Series.last_number + bindparam("count", type_=Integer))
        .returning(Series.id, Series.last_number, Series.prefix)
    )


_TAKE: Final = Fixed(_take)


def _begin_series(unit_id: int) -> None:
    """A series for a unit that has none, under the first prefix that no other unit has."""
    code = session().scalar(select(Unit.code).where(Unit.id == unit_id)) or ""
    for prefix in _prefixes(prefix_of(code), unit_id):
        added = session().scalar(
            insert(Series).values(prefix=prefix, unit_id=unit_id).on_conflict_do_nothing().returning(Series.id)
        )
        known = session().scalar(select(Series.id).where(Series.unit_id == unit_id))
        if added is not None or known is not None:
            return


def _prefixes(own: str, unit_id: int) -> Iterator[str]:
    """The unit's own, then with a small number; then with the unit's id, since codes that are long may all begin alike.
    Without an end: so many X as it takes."""
    yield f"{own}X" if own.isdigit() and len(own) == 1 else own
    for number in range(2, TRIES):
        yield f"{own}{number}"
    for more in count(1):
        yield f"{own}{'X' * more}{unit_id}"
