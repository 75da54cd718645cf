"""One PostgreSQL and one Redis for a session of tests: the same as in use, but quick instead of durable."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from collab.cli.local import folder, postgres, redis
from collab.cli.local.problem import CannotStart
from config.places import embedded_database_url, embedded_redis_url

SECONDS_TO_START = 20.0


def start_for_tests(data_dir: Path) -> tuple[str, str, Callable[[], None]]:
    """Start both below `data_dir` (made if absent) and wait until they answer.

    Returns the SQLAlchemy address of an empty database `collab` (its user may create others), the address of
    Redis and a function that stops both. Both also end when this process dies. Call it from the main thread:
    the kernel ties a child to the thread that started it.
    Raises CannotStart with a sentence, ending what it had started.
    """
    data_dir = data_dir.absolute()
    folder.prepare(data_dir)
    postgres.initialise(data_dir, durable=False)
    started: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []

    def stop() -> None:
        for child, how in reversed(started):
            end(child, how)
        started.clear()

    try:
        database = start(postgres.command(data_dir, durable=False), data_dir / "postgres.log", postgres.environment())
        started.append((database, postgres.STOP))
        broker = start(redis.command(data_dir, durable=False), data_dir / "redis.log")
        started.append((broker, redis.STOP))
        wait("PostgreSQL", database, lambda: postgres.ready(data_dir, database.pid), data_dir / "postgres.log")
        wait("Redis", broker, lambda: redis.ready(data_dir), data_dir / "redis.log")
        postgres.make_database(data_dir)
    except BaseException:
        stop()
        raise
    return embedded_database_url(data_dir), embedded_redis_url(data_dir), stop


def start(command: list[str], log: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start one server in a session of its own, its words kept in `log`."""
    with log.open("ab") as words:
        return subprocess.Popen(  # noqa: S603
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )


def wait(name: str, child: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    """Wait until `ready()`; CannotStart holds the last words of a server that ends or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not ready():
        if child.poll() is not None or time.monotonic() > deadline:
            last = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
            raise CannotStart(f"{name} did not start. Its last words:\n{last}")
        time.sleep(0.02)


def end(child: subprocess.Popen[bytes], how: signal.Signals, seconds: float = 10.0) -> None:
    """Ask a server to end, and make it end when it does not."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
