"""How long a database that says nothing is waited for.

A server that is frozen, or lost behind a network that swallows everything, neither answers nor refuses, and its own
timeouts do not run. So the waiting is bounded here: the question "are you there?" that precedes every use of a
connection waits briefly, a statement a little longer than the server's own limit. Then the connection is given up,
and the caller hears that the database could not be asked.
"""

import time
from typing import Any, TypeVar

import psycopg
from psycopg import waiting
from psycopg.abc import PQGen
from psycopg.errors import OperationalError, _WaitTimeout
from sqlalchemy import Engine, event

from .apart import under_gevent

RV = TypeVar("RV")

CONNECTING = 3  # seconds, whole ones
LOOKING = 3.0
FRESH = 1.0  # a connection that answered so short a time ago is not asked whether it is there
STATEMENT = 13.0  # the server ends a statement after ten


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits `patience` seconds for an answer, and is closed when none comes."""

    patience: float = STATEMENT
    answered: float = 0.0
    asking: "psycopg.RawCursor[Any] | None" = None
    """The one cursor of prepared statements: to make one for each costs as much as to ask."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        allowed = self.patience if timeout is None else timeout
        try:
            return super().wait(gen, interval, allowed)
        except OperationalError as error:
            if timeout is None and isinstance(error, _WaitTimeout):  # psycopg's own, to be turned into another
                self.pgconn.finish()
                raise OperationalError(f"the database did not answer within {allowed:.0f} s") from error
            raise


def beside_others(gen: PQGen[RV], fileno: int, interval: float = 0.0, timeout: float | None = None) -> RV:  # noqa: ARG001
    """How psycopg waits where gevent lets many work in one thread: gevent itself is asked, `timeout` seconds in all.

    psycopg's own way makes a `poll` of gevent's for each answer, which costs as much again.
    """
    from gevent import socket

    until = None if timeout is None else time.monotonic() + timeout
    try:
        wanted = next(gen)
        while True:
            left = None if until is None else max(0.0, until - time.monotonic())
            if wanted == waiting.WAIT_R:
                socket.wait_read(fileno, left, _WaitTimeout)
                wanted = gen.send(waiting.READY_R)
            else:
                socket.wait_readwrite(fileno, left, _WaitTimeout)
                wanted = gen.send(waiting.READY_RW)
    except StopIteration as ended:
        answer: RV = ended.value
        return answer


class Driver:
    """psycopg as SQLAlchemy should see it: the same, but its connections are patient within bounds."""

    connect = staticmethod(PatientConnection.connect)

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


def bound(engine: Engine) -> None:
    """While a connection lies in the pool it is only looked at; while it is out it works."""
    if under_gevent():
        waiting.wait = beside_others
    ask = engine.dialect.do_ping

    def look(connection: Any) -> bool:
        return _just_answered(connection) or ask(connection)

    engine.dialect.do_ping = look  # type: ignore[method-assign,assignment]

    @event.listens_for(engine, "checkout")
    def out(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.patience = STATEMENT

    @event.listens_for(engine, "checkin")
    def back(connection: Any, _record: Any) -> None:
        if connection is not None:
            connection.patience = LOOKING
            connection.answered = time.monotonic()


def _just_answered(connection: Any) -> bool:
    """Whether a connection was of use a moment ago and nothing has come in since, as the end of the line would."""
    raw = getattr(connection, "driver_connection", connection)
    if raw.closed or time.monotonic() - raw.answered > FRESH:
        return False
    try:
        raw.pgconn.consume_input()  # reads what is there, and does not wait
    except OperationalError:
        return False
    return not raw.closed
