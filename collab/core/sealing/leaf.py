"""What of a fact is sealed: every column of its row, each with its length, so that no two rows read the same. Pure."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from .tree import leaf_hash

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VERSION = b"collab-fact-1"


class Line(NamedTuple):
    """A row of the ledger. `text_hash` seals the free text, which may be erased; the text itself is no part of it."""

    id: int
    xid: int
    at: datetime
    kind: str
    subject_kind: str
    subject_id: int
    actor_id: int
    on_behalf_of: int | None
    via: str
    payload: dict[str, Any]
    text_hash: bytes | None


def leaf_of(line: Line) -> bytes:
    """The hash of a line of the ledger."""
    parts = [VERSION]
    for value in line:
        parts.append(_bytes(value))
    data = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return leaf_hash(data)


def _bytes(value: Any) -> bytes:
    """A value of a column. The letter before it keeps `None`, numbers, words and bytes apart."""
    if value is None:
        return b"n"
    if isinstance(value, bytes | memoryview):
        return b"b" + bytes(value)
    if isinstance(value, int):
        return b"i%d" % value
    if isinstance(value, str):
        return b"s" + value.encode()
    if isinstance(value, datetime):
        since = value - EPOCH
        return b"t%d" % ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)
    said = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return b"j" + said.encode()
