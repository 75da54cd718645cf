"""Collab as it runs: web processes with sockets, a worker and the teller, on a cloned database with the cast."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from collab.cli.local.testing import end
from tests.databases import TEMPLATE, Servers
from tests.machine.copies import free_port

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "collab_journey"
SAMPLE = "collab_journey_sample"
SECONDS = 400.0


@dataclass(frozen=True)
class Stack:
    """A running Collab: its address, and the environment in which commands of its own speak to it."""

    url: str
    environment: dict[str, str]


@contextmanager
def running(servers: Servers, folder: Path) -> Iterator[Stack]:
    """Start it with the cast, wait until it says that all of it is ready, and end it afterwards."""
    servers.administer(
        f"drop database if exists {DATABASE} with (force)", f"create database {DATABASE} template {TEMPLATE}"
    )
    with _started(servers.url_of(DATABASE), servers, folder) as stack:
        yield stack


@contextmanager
def running_the_sample(servers: Servers, folder: Path) -> Iterator[Stack]:
    """The same with the sample organisation, as `make run` begins it."""
    servers.administer(f"drop database if exists {SAMPLE} with (force)", f"create database {SAMPLE}")
    with _started(servers.url_of(SAMPLE), servers, folder, ("db", "upgrade"), ("demo",)) as stack:
        yield stack
    servers.administer(f"drop database {SAMPLE} with (force)")


@contextmanager
def _started(url_of_database: str, servers: Servers, folder: Path, *before: tuple[str, ...]) -> Iterator[Stack]:
    port = free_port()
    url = f"http://localhost:{port}"
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
        "COLLAB_ENV": "development",
        "COLLAB_URL": url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_PROCESSES": "1",
        "DATABASE_URL": url_of_database,
        "REDIS_URL": servers.redis_url,
        "COLLAB_DATA_DIR": str(folder / "var"),
        "SECRET_KEY": "a secret of the journeys, long enough for them",
        "PYTHONPATH": str(ROOT),
    }
    for words in before:
        subprocess.run(
            [sys.executable, "-m", "collab.cli", *words],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    started = [(name, _start(name, folder, environment)) for name in ("web", "worker", "teller")]
    try:
        _wait_until_ready(url, started, folder)
        yield Stack(url, environment)
    finally:
        for _name, process in reversed(started):
            end(process, signal.SIGTERM)


def _start(name: str, folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    with (folder / f"{name}.log").open("ab") as words:
        return subprocess.Popen(
            [sys.executable, "-m", "collab.cli", name], env=environment, stdout=words, stderr=words, cwd=ROOT
        )


def _wait_until_ready(url: str, started: "list[tuple[str, subprocess.Popen[bytes]]]", folder: Path) -> None:
    deadline = time.monotonic() + SECONDS
    said = ""
    while time.monotonic() < deadline:
        for name, process in started:
            if process.poll() is not None:
                raise RuntimeError(f"{name} ended: {_last_words(folder, name)}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError as error:
            said = str(error)
        time.sleep(0.1)
    words = " | ".join(f"{name}: {_last_words(folder, name)}" for name, _process in started)
    raise RuntimeError(f"Collab was not ready within {SECONDS:.0f} s ({said}). {words}")


def _last_words(folder: Path, name: str) -> str:
    return " ".join((folder / f"{name}.log").read_text(errors="replace").splitlines()[-3:])
