"""The teller: reads the outbox in commit order per subject and tells each fact to each reaction.

One teller works at a time, under an advisory lock; others stand by. It reads below the snapshot horizon, because
`id > last` over a sequence misses rows that commit late. A row that fails holds back its own subject and
reaction alone. Rows of the slow lane are leased and handed to the workers; one that nobody has told by the end of
its lease is handed over again. While the queue does not answer that lane is left out, so that the other one goes on.
It also runs the sweeps, since time is the other thing that makes things happen.
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from . import broker, clock, jobs, realtime, room
from .db import db
from .errors import Problem
from .horizon import SETTLED
from .reactions import REGISTRY
from .sweeps import SWEEPS, due_sweeps
from .telling import park, postpone, take_up_brought_along, take_up_parked, tell

log = logging.getLogger(__name__)

LOCK = 0x_C0_11_AB
BATCH = 200
LEASE = timedelta(seconds=60)

DUE = text(
    f"""
    select o.fact_id, o.reaction, o.lane
    from outbox o
    where o.next_at <= :now
      and o.xid < {SETTLED}
      and (o.lane <> 'queue' or :slow)
      and not exists (
        select from outbox earlier
        where earlier.reaction = o.reaction
          and earlier.subject_kind = o.subject_kind and earlier.subject_id = o.subject_id
          and (earlier.xid, earlier.fact_id) < (o.xid, o.fact_id))
    order by o.xid, o.fact_id, o.reaction
    limit :batch
    """  # noqa: S608
)


@dataclass
class Round:
    """What one look at the outbox did."""

    told: int = 0
    failed: int = 0
    queued: int = 0

    @property
    def idle(self) -> bool:
        return not (self.told or self.failed or self.queued)


def tell_due(now: datetime | None = None, *, queue_inline: bool = False) -> Round:
    """Tell everything that is due once. `queue_inline` also runs the slow lane here (tests, burst)."""
    result = Round()
    ask = not queue_inline and not jobs.resting()
    given = {"now": now or clock.now(), "batch": BATCH, "slow": queue_inline or ask}
    unknown: set[str] = set()
    for fact_id, reaction, lane in db.session.execute(DUE, given).all():
        try:
            if reaction not in REGISTRY.by_name:
                unknown.add(reaction)
            elif lane == "queue" and not queue_inline:
                ask = ask and _ask_worker(fact_id, reaction)
                result.queued += ask
            else:
                result.told += _tell(fact_id, reaction)
        except _NoRoom:
            break
        except _Failed:
            result.failed += 1
        except Problem:
            log.info("fact %s for %s is in other hands just now", fact_id, reaction)
    for reaction in unknown:
        park(reaction)
    result.failed += len(unknown)
    return result


class _Failed(Exception):
    """A reaction could not be told; its row says why and when again."""


class _NoRoom(Exception):
    """The database has no room: the rest of the round would only meet the same."""


def _tell(fact_id: int, reaction: str) -> int:
    try:
        return tell(fact_id, reaction)
    except Exception as error:
        if room.lacking(error) or room.lacking(error.__cause__):  # nothing can be written down of it either
            room.refused(log, room.POSTGRESQL)
            raise _NoRoom from error
        log.exception("telling fact %s to %s failed", fact_id, reaction)
        postpone(fact_id, reaction, error)
        raise _Failed from error


def _ask_worker(fact_id: int, reaction: str) -> bool:
    """Lease a row and hand it to the workers, in this order: a worker holds the row for as long as it works at it, so
    leasing afterwards would wait for it. False where nobody could be asked (Redis is away): it is due again at once,
    and the rest of the lane need not be tried now."""
    jobs.lease(fact_id, reaction, clock.now() + LEASE)
    if jobs.ask_to_tell(fact_id, reaction):
        return True
    jobs.lease(fact_id, reaction, clock.now())
    return False


def run(app: Flask) -> None:
    """Work until the process is ended. Standing by costs one query a second."""
    log.info("the teller is ready")
    while True:
        try:
            with app.app_context(), db.engine.connect() as lock:
                if _mine(lock):
                    _work(app, lock)
        except DBAPIError as error:
            if room.lacking(error):
                room.refused(log, room.POSTGRESQL)
            else:
                room.once(log, "teller", f"the teller cannot reach the database: {type(error).__name__}")
        except Exception:  # whatever it is, everybody's letters hang on this loop: say it and begin anew
            log.exception("the teller stumbled and begins anew")
        time.sleep(1)


def _mine(connection: Connection) -> bool:
    return bool(connection.execute(text("select pg_try_advisory_lock(:key)"), {"key": LOCK}).scalar())


def _work(app: Flask, lock: Connection) -> None:
    ear = _Ear()
    with app.app_context():
        take_up_brought_along()
        take_up_parked()
    while True:
        lock.execute(text("select 1"))  # the lock lives as long as this connection
        jobs.beat("teller")
        realtime.say_what_was_lost()
        with app.app_context():
            result = tell_due()
            again = due_sweeps(SWEEPS)
        if result.idle and not again:
            ear.wait(1.0)


class _Ear:
    """Waits for a wake on Redis, or simply for a moment when Redis is away."""

    def __init__(self) -> None:
        self._pubsub: Any = None

    def wait(self, seconds: float) -> None:
        try:
            if self._pubsub is None:
                self._pubsub = broker.listen(broker.WAKE)
            if self._pubsub is None:
                time.sleep(seconds / 2)
            else:
                self._pubsub.get_message(timeout=seconds)
        except Exception:  # a lost wake costs a moment, never a fact
            self._pubsub = None
            time.sleep(seconds / 2)
