"""Since when something waits to be found: what `/readyz` says of search.

A fact carries the time it tells of, which an import or a sample sets years back. It waits since it was written, which
is after the index was last at the end of the ledger: that moment is noted in Redis, and is a bound. Where it was never
noted, the first question notes it.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import select, text

from collab.core import broker, clock
from collab.core.db import db
from collab.core.horizon import AHEAD, counted_anew
from collab.web.health import LATE

from .models import SearchPlace

CAUGHT_UP: Final = "collab:search:caught-up"
_NEXT: Final = text(
    f"""
    select at from facts
    where (xid, id) > (cast(cast(:xid as text) as xid8), :fact) and id > :brought and xid < {AHEAD}
    order by xid, id limit 1
    """  # noqa: S608
)
# Where the place lies ahead after a restore, what comes next is known by its number alone.
_NEXT_BY_NUMBER: Final = text("select at from facts where id > :fact order by id limit 1")


def caught_up() -> None:
    """Note that everything written is found."""
    broker.ask("set", CAUGHT_UP, clock.now().isoformat())


def _last_caught_up() -> datetime | None:
    """When that was; None where Redis does not answer."""
    broker.ask("set", CAUGHT_UP, clock.now().isoformat(), nx=True)
    noted = broker.ask("get", CAUGHT_UP)
    return datetime.fromisoformat(noted.decode()) if noted else None


def readiness() -> dict[str, object]:
    """How long the oldest fact waits to be found, in seconds, and whether that is well."""
    xid, fact, brought = db.session.execute(select(SearchPlace.xid, SearchPlace.fact_id, SearchPlace.brought)).one()
    given = {"xid": xid, "fact": fact, "brought": brought}
    since = db.session.scalar(_NEXT_BY_NUMBER if counted_anew(db.session(), xid) else _NEXT, given)
    known = _last_caught_up() if since else None
    lag = max(0.0, (clock.now() - max(since, known or since)).total_seconds()) if since else 0.0
    return {"search_lag_seconds": round(lag, 1), "search_well": lag < LATE}
