"""How far this PostgreSQL has counted its transactions, by which the ledger is followed.

Outbox, search and seal follow the facts in the order of their transactions, as far as every one of them has ended. Each
PostgreSQL counts its own. A dump keeps the numbers of the one it was made on, and restored into another one they may
lie far ahead of what is counted there. Whoever keeps such a number asks here; a row that is seen and carries a number
from `AHEAD` on was brought along by a restore, and all there was to it has ended.
"""

from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

SETTLED: Final = "pg_snapshot_xmin(pg_current_snapshot())"
"""In SQL: every transaction below it has ended."""
AHEAD: Final = "pg_snapshot_xmax(pg_current_snapshot())"
"""In SQL: no transaction from here on has ended in this PostgreSQL."""

_ANEW: Final = text(f"select cast(cast(:kept as text) as xid8) > {AHEAD}")


def counted_anew(asking: Session | Connection, kept: int | str) -> bool:
    """Whether `kept`, up to which somebody had followed, is still to come: the database was restored from elsewhere.
    It has to be read first: what is written down meanwhile is not ahead of what is asked then."""
    return bool(asking.scalar(_ANEW, {"kept": str(kept)}))
