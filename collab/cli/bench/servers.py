"""The processes that are measured: the web processes of Collab and of the bare application, PostgreSQL and Redis."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from config.settings import Settings

from .database import plain
from .processes import tree

ROOT = Path(__file__).resolve().parents[3]
SECONDS_TO_START = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def collab(settings: Settings, url: str, port: int) -> Iterator[int]:
    """The web processes as `collab web` starts them, on `port`; the number of their first process."""
    environment = {
        "DATABASE_URL": url,
        "REDIS_URL": settings.redis_url,
        "COLLAB_ENV": settings.environment,
        "COLLAB_DATA_DIR": str(settings.data_dir),
        "COLLAB_URL": f"http://localhost:{port}",
        "SECRET_KEY": settings.secret_key,
        "PORT": str(port),
        "WEB_PROCESSES": "2",
    }
    with running(["-m", "collab.cli", "web"], environment, f"http://127.0.0.1:{port}/healthz") as pid:
        yield pid


@contextlib.contextmanager
def teller(settings: Settings, url: str) -> Iterator[int]:
    """Who tells of what happened, and closes votes at their hour; its number."""
    environment = {
        "DATABASE_URL": url, "REDIS_URL": settings.redis_url, "COLLAB_ENV": settings.environment,
        "COLLAB_DATA_DIR": str(settings.data_dir), "SECRET_KEY": settings.secret_key,
    }  # fmt: skip
    with running(["-m", "collab.cli", "teller"], environment) as pid:
        yield pid


@contextlib.contextmanager
def bare(url: str, port: int) -> Iterator[int]:
    """The bare application, served the same way."""
    environment = {"BARE_DATABASE_URL": url, "BARE_PORT": str(port)}
    command = ["-m", "gunicorn", "-c", "python:collab.cli.bench.serving", "collab.cli.bench.bare:app"]
    with running(command, environment, f"http://127.0.0.1:{port}/list/1") as pid:
        yield pid


@contextlib.contextmanager
def running(
    arguments: list[str], environment: Mapping[str, str], address: str | None = None, seconds: int = SECONDS_TO_START
) -> Iterator[int]:
    """A process of Python, ready once `address` answers, which it may take some seconds to; its number."""
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        if address is not None:
            _wait(child, address, seconds)
        yield child.pid
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _wait(child: subprocess.Popen[bytes], address: str, seconds: int) -> None:
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310
            return
        if child.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{address} does not answer")
        time.sleep(0.1)


def database_pids(url: str) -> set[int]:
    """The processes of PostgreSQL, when it runs on this machine and may be looked at; else none."""
    with psycopg.connect(plain(url), autocommit=True) as connection:
        row = connection.execute("select current_setting('data_directory')").fetchone()
    try:
        return tree([int(Path(row[0] if row else "", "postmaster.pid").read_text().split()[0])])
    except (OSError, ValueError, psycopg.Error):
        return set()


def broker_pids(settings: Settings) -> set[int]:
    """The process of Redis, when it runs on this machine."""
    import redis

    pid = redis.Redis.from_url(settings.redis_url).info("server").get("process_id", 0)
    return tree([int(pid)])
