"""How often a door with credentials may be tried. Counted in PostgreSQL, whatever Redis does, over all processes.

An attempt is written down before the credentials are looked at, under a lock on its key, so that sixty at once
count as sixty. What succeeds wipes the account's own attempts.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, insert, select, text

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.envelope import anonymous, open_command, session, system
from collab.core.errors import TooMany

from .models import Throttle


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts within `within`."""

    most: int
    within: timedelta


_QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)
LONGEST: Final = _HOUR

# An address is often a whole town hall behind one router, hence the wider limits.
LIMITS: Final[dict[tuple[str, str], Limit]] = {
    ("sign-in", "account"): Limit(10, _QUARTER),
    ("sign-in", "address"): Limit(100, _QUARTER),
    ("reset", "account"): Limit(3, _HOUR),
    ("reset", "address"): Limit(30, _HOUR),
    ("code", "address"): Limit(30, _HOUR),
    ("password", "account"): Limit(10, _QUARTER),
    ("token", "address"): Limit(100, _QUARTER),
}


def attempt(door: str, *, account: str | None = None, address: str | None = None) -> None:
    """Count one attempt at `door`. Raises TooMany, with the seconds to wait, when there were too many."""
    keys = [(kind, given) for kind, given in (("account", account), ("address", address)) if given is not None]
    count_attempt(SYSTEM, door, keys)


@open_command(anonymous)
def count_attempt(_actor: Actor, door: str, keys: list[tuple[str, str]]) -> None:
    """Write an attempt down, or refuse it."""
    now, writing = clock.now(), session()
    rows = []
    for kind, given in keys:
        limit, key = LIMITS[door, kind], _key(kind, given)
        writing.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 7))"), {"key": f"{door}:{key}"})
        mine = (Throttle.door == door) & (Throttle.key == key) & (Throttle.at > now - limit.within)
        recent = writing.scalars(select(Throttle.at).where(mine).order_by(Throttle.at.desc()).limit(limit.most)).all()
        if len(recent) == limit.most:
            raise TooMany(retry_after=max(1, int((recent[-1] + limit.within - now).total_seconds()) + 1))
        rows.append({"door": door, "key": key, "at": now})
    writing.execute(insert(Throttle), rows)


def forget_attempts(door: str, account: str, address: str | None = None) -> None:
    """After a success: the account's attempts no longer count, nor does this one at the address, where a whole town
    hall may come in at eight. Inside a command."""
    session().execute(delete(Throttle).where(Throttle.door == door, Throttle.key == _key("account", account)))
    if address is not None:
        mine = (Throttle.door == door) & (Throttle.key == _key("address", address))
        last = select(func.max(Throttle.id)).where(mine).scalar_subquery()
        session().execute(delete(Throttle).where(Throttle.id == last))


@open_command(system)
def sweep_attempts(_actor: Actor) -> int:
    """Forget attempts that no limit looks at any more. Returns how many."""
    old = session().execute(delete(Throttle).where(Throttle.at < clock.now() - LONGEST).returning(func.now())).all()
    return len(old)


def sweep() -> None:
    sweep_attempts(SYSTEM)


def _key(kind: str, given: str) -> str:
    """What an attempt is counted under: hashed, so that the table holds no addresses."""
    return f"{kind}:{hashlib.sha256(given.strip().lower().encode('utf-8', 'replace')).hexdigest()[:32]}"
