"""Reading the ledger of the database as it stands at one moment, and holding it against its seal."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, text

from ..db import db
from ..horizon import counted_anew
from .examine import Report, Sealed, Texts, examine
from .heads import Head, read_heads
from .key import FILE as KEY_FILE
from .key import public_key, seal_key
from .leaf import Line
from .sealer import FILE as HEADS_FILE
from .sealer import line_of

AT_ONCE: Final = 2_000

_LINES: Final = text(
    "select f.id, f.xid::text as xid, f.at, f.kind, f.subject_kind, f.subject_id, f.actor_id, f.on_behalf_of, f.via,"
    " f.payload, f.text_hash from facts f order by f.id"
)
_TEXTS: Final = text("select fact_id, name, text, salt from fact_text order by fact_id, name")
_BY_FACT: Final = text("select position, fact_id, leaf from seal_leaf order by fact_id, position")
_IN_ORDER: Final = text("select position, fact_id, leaf from seal_leaf order by position")
_HEADS: Final = text("select size, root, at, key, signature from seal_head order by size")
_HORIZON: Final = text("select horizon::text from seal_head order by size desc limit 1")


def hold(folder: Path, taken_away: Iterable[Head] = ()) -> Report:
    """Hold the ledger against its seal: the heads of the database, those kept in the data folder, those given.

    One pass in a few megabytes of memory; writes nothing. Raises ValueError where the file of heads cannot be read.
    """
    with db.engine.connect() as connection:
        reading = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with reading.begin():
            reading.execute(text("set local statement_timeout = 0"))
            reading.execute(text("set local idle_in_transaction_session_timeout = 0"))
            heads = [Head(*row) for row in reading.execute(_HEADS)]
            horizon = reading.scalar(_HORIZON) or 0
            return examine(
                _lines(reading),
                (Sealed(*row) for row in _streamed(reading, _BY_FACT)),
                (Sealed(*row) for row in _streamed(reading, _IN_ORDER)),
                [*heads, *kept_heads(folder), *taken_away],
                # Restored elsewhere, what happens there has lower numbers than that until the sealer has been at it.
                horizon=0 if counted_anew(reading, horizon) else int(horizon),
                key=known_key(folder),
            )


def known_key(folder: Path) -> bytes | None:
    """By what the signatures of this ledger are checked; None on a machine that holds no key."""
    return public_key(seal_key(folder)) if (folder / KEY_FILE).exists() else None


def kept_heads(folder: Path) -> list[Head]:
    """The heads that were put away beside the key."""
    path = folder / HEADS_FILE
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return read_heads(file)


def _lines(reading: Connection) -> Iterator[tuple[Line, Texts]]:
    """Every line of the ledger with its texts, side by side."""
    texts = _streamed(reading, _TEXTS)
    told: Any = next(texts, None)
    for row in _streamed(reading, _LINES):
        own: Texts = []
        while told is not None and told.fact_id <= row.id:
            if told.fact_id == row.id:
                own.append((told.name, told.text, bytes(told.salt)))
            told = next(texts, None)
        yield line_of(row), own


def _streamed(reading: Connection, query: Any) -> Iterator[Any]:
    yield from reading.execution_options(stream_results=True).execute(query, execution_options={"yield_per": AT_ONCE})
