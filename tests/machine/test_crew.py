"""Worker and teller in processes of their own that share what is loaded."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.machine.copies import soon

CREW = """
import os, sys, time
from pathlib import Path
from collab.cli.local import crew

place = Path(sys.argv[1])

def sleeper(name):
    def job():
        with (place / name).open("a") as file:
            file.write(f"{os.getpid()}\\n")
        time.sleep(600)
    return job

def failing():
    raise RuntimeError("no reason to live")

jobs = {"one": sleeper("one"), "two": sleeper("two")}
crew.keep(jobs if len(sys.argv) < 3 else {**jobs, "three": failing})
"""


class Crew:
    """A crew of two that write their process numbers down at each start."""

    def __init__(self, place: Path, *arguments: str) -> None:
        self.place = place
        self.log = place / "log"
        with self.log.open("wb") as words:
            command = [sys.executable, "-c", CREW, str(place), *arguments]
            self.process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "."}, stdout=words, stderr=words)
        assert soon(lambda: len(self.pids("one")) == len(self.pids("two")) == 1)

    def pids(self, name: str) -> list[int]:
        """Every process this member has been, in order."""
        file = self.place / name
        return [int(line) for line in file.read_text().splitlines()] if file.exists() else []

    def gone(self) -> bool:
        """Whether no member is left."""
        return not any(psutil.pid_exists(pid) for name in ("one", "two") for pid in self.pids(name))


@pytest.fixture
def crews() -> Iterator[list[Crew]]:
    """The crews of a test; what they leave running is ended."""
    made: list[Crew] = []
    yield made
    for crew in made:
        crew.process.kill()
        crew.process.wait(10)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_all_end_with_their_parent(how: int, tmp_path: Path, crews: list[Crew]) -> None:
    crew = Crew(tmp_path)
    crews.append(crew)
    crew.process.send_signal(how)
    assert crew.process.wait(10) == (0 if how != signal.SIGKILL else -signal.SIGKILL)
    assert soon(crew.gone)


def test_one_that_is_killed_comes_back_and_the_other_stays(tmp_path: Path, crews: list[Crew]) -> None:
    crew = Crew(tmp_path)
    crews.append(crew)
    os.kill(crew.pids("one")[0], signal.SIGKILL)
    assert soon(lambda: len(crew.pids("one")) == 2)
    assert len(crew.pids("two")) == 1
    assert psutil.pid_exists(crew.pids("two")[0])
    assert "one has ended; it is started again in 0.25 s." in crew.log.read_text()


def test_one_that_fails_says_why_and_is_tried_with_growing_pauses(tmp_path: Path, crews: list[Crew]) -> None:
    crew = Crew(tmp_path, "three")
    crews.append(crew)
    assert soon(lambda: "three has ended; it is started again in 0.5 s." in crew.log.read_text())
    assert "RuntimeError: no reason to live" in crew.log.read_text()
    assert len(crew.pids("one")) == 1
