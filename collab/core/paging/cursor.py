"""The cursor: sort values of one row, written so that they survive an address and are read with care.

It is opaque to the reader and is not signed: it holds only sort values of a row the reader has seen, and the
page behind it passes the same visibility criterion as any other. Its values reach the database, so length,
types, ranges and the order it was made for are checked.
"""

import base64
import binascii
import json
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from ..errors import Invalid
from ..i18n import N_, _

LONGEST: Final = 4_000
_AMISS: Final = N_("This page of the list can no longer be found. Start again from the first page.")
_BIGINT: Final = 2**63

Values = tuple[Any, ...]


class BadCursor(Invalid):
    """A cursor that was not made here, or was made for another order. Every door takes it as `after`."""

    def __init__(self) -> None:
        super().__init__(_(_AMISS), fields={"after": [_(_AMISS)]})


class Kind(StrEnum):
    """What a sort value is, in Python and in a cursor."""

    INTEGER = "i"
    TEXT = "s"
    DAY = "d"
    INSTANT = "t"
    UUID = "u"
    TRUTH = "b"


def written(mark: int, position: Values | None, *, backward: bool) -> str:
    """The cursor for these sort values; `mark` names the order they belong to."""
    shown = None if position is None else [_shown(value) for value in position]
    text = json.dumps([mark, int(backward), shown], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(mark: int, columns: Sequence[tuple[Kind, bool]], cursor: str) -> tuple[bool, Values | None]:
    """Direction (True: backward) and sort values out of a cursor. Raises BadCursor.

    `columns`: for each sort value its kind and whether it may be null.
    """
    if len(cursor) > LONGEST or not cursor.isascii():
        raise BadCursor
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        made_for, backward, shown = json.loads(raw)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise BadCursor from None
    if type(made_for) is not int or made_for != mark or type(backward) is not int or backward not in (0, 1):
        raise BadCursor
    if shown is None:
        return bool(backward), None
    if not isinstance(shown, list) or len(shown) != len(columns):
        raise BadCursor
    pairs = zip(columns, shown, strict=True)
    return bool(backward), tuple(_value(kind, nullable, part) for (kind, nullable), part in pairs)


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant in a cursor is aware")
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, uuid.UUID) else value


def _value(kind: Kind, nullable: bool, part: Any) -> Any:
    if part is None and nullable:
        return None
    try:
        return _READ[kind](part)
    except (ValueError, TypeError, OverflowError):
        raise BadCursor from None


def _integer(part: Any) -> int:
    if type(part) is not int or not -_BIGINT <= part < _BIGINT:
        raise ValueError
    return part


def _text(part: Any) -> str:
    if type(part) is not str or "\x00" in part:
        raise ValueError
    part.encode()
    return part


def _day(part: Any) -> date:
    return date.fromisoformat(part)


def _instant(part: Any) -> datetime:
    instant = datetime.fromisoformat(part)
    if instant.tzinfo is None:
        raise ValueError
    return instant.astimezone(UTC)


def _uuid(part: Any) -> uuid.UUID:
    if type(part) is not str:
        raise ValueError
    return uuid.UUID(part)


def _truth(part: Any) -> bool:
    if type(part) is not bool:
        raise ValueError
    return part


_READ: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.INTEGER: _integer,
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.INSTANT: _instant,
    Kind.UUID: _uuid,
    Kind.TRUTH: _truth,
}
