"""RQ: the slow lane. A job is only a nudge to do what a row in the database says is due.

RQ alone loses or doubles jobs when workers are killed. Here the row is the truth: a lost job is asked for again
when its lease ends, a doubled one finds the row gone.
"""

import logging
import re
import time
from datetime import datetime
from typing import Any

import redis
from flask import Flask
from rq import Queue, SimpleWorker
from rq.exceptions import DuplicateJobError
from rq.timeouts import UnixSignalDeathPenalty
from sqlalchemy import update

from . import broker, clock, rest, room
from .actor import SYSTEM
from .apart import interrupting
from .envelope import envelope
from .outbox import OutboxRow
from .rest import Rest
from .telling import postpone, tell

log = logging.getLogger(__name__)

QUEUE = "collab"
_app: Flask | None = None
_queue: Queue | None = None
_rest = Rest(log, "queue", "The queue does not answer")


def use(url: str) -> None:
    """Point this process's queue at a broker."""
    global _queue
    _queue = Queue(QUEUE, connection=broker.connect(url, timeout=1.0))
    _rest.end()


def resting() -> bool:
    """Whether the queue did not answer just now and is left alone for a moment."""
    return _queue is None or _rest.on


def enqueue(function: str, *args: Any, job_id: str, timeout: int = 300) -> bool:
    """Ask a worker to call `function` (dotted path). Asking twice under one id is asking once.

    False when Redis is away: the caller's row stays due and is asked for again.
    """
    if _queue is None or resting():
        return False
    try:
        _queue.enqueue_call(
            function,
            args=args,
            job_id=re.sub(r"[^A-Za-z0-9_-]", "-", job_id),
            unique=True,
            result_ttl=0,
            failure_ttl=0,
            timeout=timeout,
        )
    except DuplicateJobError:
        return True
    except redis.RedisError as error:
        _rest.begin(error)
        return False
    _rest.end()
    room.wrote(log, room.REDIS)
    return True


def ask_to_tell(fact_id: int, reaction: str) -> bool:
    return enqueue("collab.core.jobs.tell_job", fact_id, reaction, job_id=f"tell-{fact_id}-{reaction}")


def tell_job(fact_id: int, reaction: str) -> None:
    """The job behind every reaction in the slow lane."""
    with running_app().app_context():
        try:
            tell(fact_id, reaction)
        except Exception as error:
            log.exception("telling fact %s to %s failed", fact_id, reaction)
            postpone(fact_id, reaction, error)


def lease(fact_id: int, reaction: str, until: datetime) -> None:
    """A worker has been asked; ask again at `until` if the row is still there."""
    mine = (OutboxRow.fact_id == fact_id) & (OutboxRow.reaction == reaction)
    with envelope(SYSTEM) as current:
        current.session.execute(update(OutboxRow).where(mine).values(next_at=until))


def beat(who: str) -> None:
    """Say that `who` (worker, teller) is alive; /readyz reads it."""
    broker.ask("set", f"collab:beat:{who}", clock.now().isoformat(), ex=30)


def beats(who: str) -> bool:
    """Whether `who` said so within half a minute."""
    return broker.ask("get", f"collab:beat:{who}") is not None


def running_app() -> Flask:
    if _app is None:
        raise RuntimeError("no worker is running in this process")
    return _app


class _Deadline(UnixSignalDeathPenalty):
    """How long a job may take, also where it waits."""

    def handle_death_penalty(self, signum: Any, frame: Any) -> None:
        interrupting(lambda: super(_Deadline, self).handle_death_penalty(signum, frame))  # type: ignore[no-untyped-call]


class _Worker(SimpleWorker):
    """Runs jobs in its own process and says that it is alive each time it looks for work."""

    death_penalty_class = _Deadline

    def request_stop(self, signum: Any, frame: Any) -> None:
        interrupting(lambda: super(_Worker, self).request_stop(signum, frame))  # type: ignore[no-untyped-call]

    def request_force_stop(self, signum: int, frame: Any) -> None:
        interrupting(lambda: super(_Worker, self).request_force_stop(signum, frame))

    def heartbeat(self, *args: Any, **kwargs: Any) -> None:
        beat("worker")
        super().heartbeat(*args, **kwargs)


def work(app: Flask, *, burst: bool = False) -> None:
    """Work through the queue until the process is ended (or, in a burst, until it is empty). While Redis has no room
    for what a worker says of itself, it waits and begins anew."""
    global _app
    _app = app
    while True:
        try:
            return _work(app, burst)
        except redis.ResponseError as error:
            if burst or not room.lacking(error):
                raise
            room.refused(log, room.REDIS)
            time.sleep(rest.SECONDS)


def _work(app: Flask, burst: bool) -> None:
    connection = broker.connect(app.config["REDIS_URL"], timeout=30.0)
    worker = _Worker(
        [Queue(QUEUE, connection=connection)],
        connection=connection,
        worker_ttl=20,
        maintenance_interval=5,
        log_job_description=False,
    )
    beat("worker")
    worker.work(burst=burst, logging_level="WARNING")
