"""How often a door with credentials may be tried. Counted in PostgreSQL, whatever Redis does, over all processes.

An attempt is written down before the credentials are looked at, under a lock on its key, so that sixty at once
count as sixty. What succeeds wipes the attempts that led to it.

An account is never shut: a browser that signed in there before has an allowance of its own (`known`), one address has
few attempts at one account (`pair`), and all strangers together are slowed, not stopped (`account`), at a pace that
one address alone cannot use up.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from sqlalchemy import delete, func, insert, select, text

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.envelope import anonymous, open_command, session, system
from collab.core.errors import TooMany

from .models import Throttle


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts within `within`; with `then`, one more each time so long has passed since the last."""

    most: int
    within: timedelta
    then: timedelta | None = None


_QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)
LONGEST: Final = _HOUR

# An address is often a whole town hall behind one router, hence the wider limits.
LIMITS: Final[dict[tuple[str, str], Limit]] = {
    ("sign-in", "known"): Limit(10, _QUARTER),
    ("sign-in", "pair"): Limit(10, _QUARTER),
    ("sign-in", "account"): Limit(20, _HOUR, then=timedelta(minutes=1)),
    ("sign-in", "address"): Limit(100, _QUARTER),
    ("reset", "known"): Limit(3, _HOUR),
    ("reset", "account"): Limit(3, _HOUR),
    ("reset", "address"): Limit(30, _HOUR),
    ("code", "address"): Limit(30, _HOUR),
    ("password", "account"): Limit(10, _QUARTER),
    ("token", "address"): Limit(100, _QUARTER),
}

Key = tuple[str, str]


def from_stranger(account: str, address: str) -> list[Key]:
    """What an attempt at an account from an unknown browser is counted under."""
    return [("pair", f"{account} {_network(address)}"), ("address", address), ("account", account)]


def attempt(door: str, keys: Sequence[Key]) -> None:
    """Count one attempt at `door` under each key. Raises TooMany, with the seconds to wait."""
    count_attempt(SYSTEM, door, list(keys))


@open_command(anonymous)
def count_attempt(_actor: Actor, door: str, keys: list[Key]) -> None:
    """Write an attempt down, or refuse it."""
    now, writing = clock.now(), session()
    rows = []
    for kind, given in keys:
        limit, key = LIMITS[door, kind], _key(kind, given)
        writing.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 7))"), {"key": f"{door}:{key}"})
        mine = (Throttle.door == door) & (Throttle.key == key) & (Throttle.at > now - limit.within)
        recent = writing.scalars(select(Throttle.at).where(mine).order_by(Throttle.at.desc()).limit(limit.most)).all()
        if len(recent) == limit.most:
            free = recent[0] + limit.then if limit.then else recent[-1] + limit.within
            if free > now:
                raise TooMany(retry_after=max(1, int((free - now).total_seconds()) + 1))
        rows.append({"door": door, "key": key, "at": now})
    writing.execute(insert(Throttle), rows)


def forget_attempts(door: str, keys: Sequence[Key]) -> None:
    """After a success: what led to it counts no longer; at the address, where a whole town hall may come in at eight,
    this one attempt alone. Inside a command."""
    for kind, given in keys:
        mine = (Throttle.door == door) & (Throttle.key == _key(kind, given))
        last = select(func.max(Throttle.id)).where(mine).scalar_subquery()
        session().execute(delete(Throttle).where(Throttle.id == last if kind == "address" else mine))


@open_command(system)
def sweep_attempts(_actor: Actor) -> int:
    """Forget attempts that no limit looks at any more. Returns how many."""
    old = session().execute(delete(Throttle).where(Throttle.at < clock.now() - LONGEST).returning(func.now())).all()
    return len(old)


def sweep() -> None:
    sweep_attempts(SYSTEM)


def _key(kind: str, given: str) -> str:
    """What an attempt is counted under: hashed, so that the table holds no addresses."""
    if kind == "address":
        given = _network(given)
    return f"{kind}:{hashlib.sha256(given.strip().lower().encode('utf-8', 'replace')).hexdigest()[:32]}"


def _network(address: str) -> str:
    """One customer's network: an IPv6 line has 2⁶⁴ addresses, and they are one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)
