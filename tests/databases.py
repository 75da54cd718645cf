"""The servers that tests stand on, and a fresh database for each test."""

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

# By itself: a test that stands in for `psycopg.connect` means what it tests, and not the servers beside it.
from psycopg import connect

TEMPLATE = "collab_template"


@dataclass(frozen=True)
class Servers:
    """One PostgreSQL and one Redis for the whole session."""

    database_url: str
    redis_url: str
    folder: Path

    def url_of(self, database: str) -> str:
        return self.database_url.replace("@/collab?", f"@/{database}?")

    def administer(self, *statements: str) -> None:
        with connect(self.url_of("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]


class Clones:
    """Fresh databases after a template, made in the background while tests run; used ones are dropped there too."""

    READY = 3
    # The one application of the process is on the clone that was taken last; one clone is made at a time.
    current = ""
    making = threading.Lock()

    def __init__(self, servers: Servers, template: str) -> None:
        self.servers = servers
        self.template = template
        self.ready: queue.Queue[str | BaseException] = queue.Queue(self.READY)
        self.used: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.ended = threading.Event()
        self.maker = threading.Thread(target=self._make, daemon=True)
        self.maker.start()

    def _make(self) -> None:
        number = 0
        while not self.ended.is_set():
            number += 1
            name = f"{self.template}_{number}"
            try:
                with self.making:
                    self.servers.administer(f"create database {name} template {self.template} strategy file_copy")
                    while not self.used.empty():
                        self.servers.administer(f"drop database {self.used.get()} with (force)")
                self._offer(name)
            except BaseException as error:
                self._offer(error)
                return

    def _offer(self, made: str | BaseException) -> None:
        while not self.ended.is_set():
            try:
                self.ready.put(made, timeout=0.2)
                return
            except queue.Full:
                continue

    def take(self) -> str:
        made = self.ready.get(timeout=60)
        if isinstance(made, BaseException):
            raise made
        Clones.current = made
        return made

    def end(self) -> None:
        self.ended.set()
        self.maker.join(10)


@contextmanager
def on_a_clone(made: Flask, clones: Clones) -> Iterator[Flask]:
    """The application on a fresh database, which is dropped afterwards."""
    from collab.core.db import db

    name = clones.take()
    made.extensions.pop("collab.actors", None)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    clones.used.put(name)
