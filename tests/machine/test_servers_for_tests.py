"""The PostgreSQL and the Redis that every other test uses."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from collab.cli.local.identity import Identity, ourselves, unprivileged
from collab.cli.local.testing import start_for_tests
from tests.machine.watching import gone, processes_of

START_AND_SLEEP = """
import sys, time
from pathlib import Path
from collab.cli.local.identity import Identity, ourselves, unprivileged
from collab.cli.local.testing import start_for_tests
start_for_tests(Path(sys.argv[1]))
print("started", flush=True)
time.sleep(60)
"""


def test_both_answer_and_stop_leaves_nothing(tmp_path: Path) -> None:
    database_url, redis_url, stop = start_for_tests(tmp_path)
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        (version,) = connection.execute("show server_version_num").fetchone() or ("0",)
        assert int(version) >= 180000
    with redis.Redis.from_url(redis_url) as broker:
        assert broker.ping()
    assert len(processes_of(tmp_path)) >= 2
    stop()
    assert gone(tmp_path)


def possible_identities() -> list[Identity]:
    """Ourselves, or when we are root each of the users that PostgreSQL can be run as instead."""
    if os.geteuid() != 0:
        return [ourselves()]
    best = unprivileged(Path("/nowhere"))
    return list(dict.fromkeys([best, Identity("user", best.uid, best.gid)]))


@pytest.mark.parametrize("who", possible_identities(), ids=lambda who: who.mode)
def test_it_runs_below_a_closed_folder_and_keeps_its_owner(
    who: Identity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    with monkeypatch.context() as first:
        first.setattr("collab.cli.local.identity._substitute", lambda: who)
        start_for_tests(tmp_path / "data")[2]()
    database_url, _, stop = start_for_tests(tmp_path / "data")
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    stop()
    assert gone(tmp_path)


def test_both_end_when_the_session_that_started_them_is_killed(tmp_path: Path) -> None:
    session = subprocess.Popen(
        [sys.executable, "-c", START_AND_SLEEP, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    with session:
        assert session.stdout is not None
        assert session.stdout.readline() == "started\n"
        session.send_signal(signal.SIGKILL)
    assert gone(tmp_path)
