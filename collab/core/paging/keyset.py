"""The order of a list, the criterion "after this row", and the page made of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeVar
from zlib import crc32

from sqlalchemy import BigInteger, ColumnElement, Select, and_, literal, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from .cursor import Kind, Values, read, written

MOST: Final = 200
"""The most rows a page may hold."""
USUAL: Final = 50

Row = TypeVar("Row")
Column = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Key:
    """One column to sort by. `nulls` is None for a column that is never null.

    A nullable column whose nulls come last cannot start an index scan in the middle: prefer columns that are
    never null for long lists.
    """

    name: str
    column: Column
    kind: Kind
    descending: bool = False
    nulls: Literal["first", "last"] | None = None

    def reversed(self) -> "Key":
        """The same column, walked the other way."""
        nulls: dict[str | None, Literal["first", "last"] | None] = {"first": "last", "last": "first"}
        return Key(self.name, self.column, self.kind, not self.descending, nulls.get(self.nulls))

    def order(self) -> ColumnElement[Any]:
        ordered = self.column.desc() if self.descending else self.column.asc()
        if self.nulls is None:
            return ordered
        return ordered.nulls_first() if self.nulls == "first" else ordered.nulls_last()


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows in order, with the cursors of the pages around them (None where there is none)."""

    items: Sequence[Row]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Keyset:
    """The order of a list: its last key is unique and never null, so that no two rows tie."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        if not self.keys or self.keys[-1].nulls is not None:
            raise ValueError("a keyset ends with a unique column that is never null")

    def window(self, cursor: str | None = None, limit: int = USUAL) -> "Window":
        """The part of the list that `cursor` points at; the first page without one. Raises BadCursor.

        `limit` is held between 1 and 200.
        """
        backward, position = (False, None) if cursor is None else read(self._mark(), self._columns(), cursor)
        return Window(self, max(1, min(limit, MOST)), backward, position)

    def beyond(self, position: Values) -> ColumnElement[bool]:
        """The criterion "sorts after the row with these sort values"."""
        keys, values = self.keys, position
        if len({key.descending for key in keys}) == 1 and all(key.nulls is None for key in keys):
            # One row comparison, which PostgreSQL answers with a single index range.
            left = tuple_(*(key.column for key in keys))
            right = tuple_(*(_bound(key, value) for key, value in zip(keys, values, strict=True)))
            return left < right if keys[0].descending else left > right
        last = keys[-1]
        bound = _bound(last, values[-1])
        rest: ColumnElement[bool] = last.column < bound if last.descending else last.column > bound
        for key, value in reversed(list(zip(keys[:-1], values[:-1], strict=True))):
            rest = _beyond_one(key, value, rest)
        first = keys[0]
        if first.nulls != "last" and values[0] is not None:
            # Follows from the rest, but lets an index scan begin here.
            start = _bound(first, values[0])
            rest = and_(first.column <= start if first.descending else first.column >= start, rest)
        return rest

    def reversed(self) -> "Keyset":
        return Keyset(tuple(key.reversed() for key in self.keys))

    def cursor(self, position: Values | None, *, backward: bool = False) -> str:
        """The cursor of the page after (or before) the row with these sort values.

        Without a position: the first page, or with `backward` the last.
        """
        return written(self._mark(), position, backward=backward)

    def _columns(self) -> list[tuple[Kind, bool]]:
        return [(key.kind, key.nulls is not None) for key in self.keys]

    def _mark(self) -> int:
        """Tells cursors of different orders apart."""
        shape = ";".join(f"{key.name},{key.kind},{key.descending},{key.nulls}" for key in self.keys)
        return crc32(shape.encode())


@dataclass(frozen=True)
class Window:
    """A place in a list and how many rows are wanted from there."""

    keyset: Keyset
    limit: int
    backward: bool
    position: Values | None

    def applied(self, query: Select[Any]) -> Select[Any]:
        """`query` in this order, from this place, one row longer than the page to see whether more follow."""
        walk = self.keyset.reversed() if self.backward else self.keyset
        if self.position is not None:
            query = query.where(walk.beyond(self.position))
        return query.order_by(None).order_by(*(key.order() for key in walk.keys)).limit(self.limit + 1)

    def page(self, rows: Sequence[Row], position: Callable[[Row], Values]) -> Page[Row]:
        """The page made of what the query gave; `position` tells the sort values of a row."""
        more = len(rows) > self.limit
        items = list(rows[: self.limit])
        if self.backward:
            items.reverse()
        behind = self.position is not None
        follows, precedes = (behind, more) if self.backward else (more, behind)
        keyset = self.keyset
        if not items:
            # Everything from here on is gone: lead back to the nearest end instead of nowhere.
            return Page(
                items,
                keyset.cursor(None) if follows else None,
                keyset.cursor(None, backward=True) if precedes else None,
            )
        return Page(
            items,
            keyset.cursor(position(items[-1])) if follows else None,
            keyset.cursor(position(items[0]), backward=True) if precedes else None,
        )


def _bound(key: Key, value: Any) -> ColumnElement[Any]:
    return literal(value, BigInteger() if key.kind is Kind.INTEGER else key.column.type)


def _beyond_one(key: Key, value: Any, rest: ColumnElement[bool]) -> ColumnElement[bool]:
    column = key.column
    if value is None:
        tied = and_(column.is_(None), rest)
        return or_(column.is_not(None), tied) if key.nulls == "first" else tied
    bound = _bound(key, value)
    after = or_(column < bound if key.descending else column > bound, and_(column == bound, rest))
    return or_(after, column.is_(None)) if key.nulls == "last" else after
