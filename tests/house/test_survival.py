"""What was acknowledged survives: processes are killed while people work, and nothing is lost or doubled."""

import json
import os
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import psycopg
import pytest

from tests.house.running import Stack
from tests.machine.copies import soon

KILLS = 30 if os.environ.get("COLLAB_NIGHTLY") else 4
VICTIMS = ("collab-web", "collab-worker", "collab-teller", "postgres", "redis")


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[Stack]:
    running = Stack(tmp_path / "var")
    assert soon(running.ready, 400), (tmp_path / "var.log").read_text()[-3000:]
    yield running
    running.end()


class Writer(threading.Thread):
    """Creates tasks one after the other; repeats each under one key until it is acknowledged."""

    def __init__(self, port: int, token: str, unit: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.unit, self.stop = port, token, unit, stop
        self.acknowledged: dict[str, str] = {}
        self.repeats = 0

    def run(self) -> None:
        while not self.stop.is_set():
            title = f"survivor {uuid.uuid4()}"
            while True:
                reference = self._send(title)
                if reference is not None:
                    self.acknowledged[title] = reference
                    break
                self.repeats += 1
                time.sleep(0.1)

    def _send(self, title: str) -> str | None:
        request = urllib.request.Request(
            f"http://localhost:{self.port}/api/v1/tasks",
            data=json.dumps({"title": title, "unit": self.unit}).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": title,
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return str(json.load(answer)["reference"])
        except urllib.error.HTTPError as refusal:
            if refusal.code < 500:
                raise AssertionError(refusal.read()) from refusal
            return None
        except (OSError, ValueError, HTTPException):  # killed before, or in the middle of, its answer
            return None


def test_nothing_acknowledged_is_lost_or_doubled_when_processes_are_killed(stack: Stack) -> None:
    cast, token = stack.populate()
    stop = threading.Event()
    writers = [Writer(stack.port, token, cast.PARKS, stop) for _ in range(4)]
    for writer in writers:
        writer.start()
    dice = random.Random(7)
    for number in range(KILLS):
        time.sleep(1.0)
        before = sum(
            len(writer.acknowledged) for writer in writers
        )  # on a busy machine it takes a while to stand again
        assert soon(lambda before=before: sum(len(each.acknowledged) for each in writers) > before, 120)
        stack.kill(VICTIMS[number % len(VICTIMS)] if number < len(VICTIMS) else dice.choice(VICTIMS))
    assert soon(stack.ready, 400), "it stands again"
    time.sleep(1.0)
    stop.set()
    for writer in writers:
        writer.join(60)
        assert not writer.is_alive(), "a writer was never answered again"
    acknowledged = {title: reference for writer in writers for title, reference in writer.acknowledged.items()}
    with psycopg.connect(stack.database.replace("+psycopg", "")) as connection:
        rows = connection.execute("select title, reference from work_item where title like 'survivor %'").fetchall()
        assert soon(lambda: _outbox(connection) == 0, 120), "every consequence is told in the end"
        opened = connection.execute("select count(*) from facts where kind = 'item-opened'").fetchone()
    kept = dict(rows)
    repeats = sum(writer.repeats for writer in writers)
    lost = sum(kept.get(title) != reference for title, reference in acknowledged.items())
    doubled = len(rows) - len(kept)
    print(f"{KILLS} kills: {len(acknowledged)} acknowledged, {repeats} repeats, {lost} lost, {doubled} doubled")
    assert len(acknowledged) > 20
    assert len(rows) == len(kept), "none doubled"
    assert {title: kept.get(title) for title in acknowledged} == acknowledged, "none lost"
    assert opened == (len(rows),)


def _outbox(connection: psycopg.Connection) -> int:
    row = connection.execute("select count(*) from outbox").fetchone()
    connection.rollback()
    return int(row[0]) if row else -1
