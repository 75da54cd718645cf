"""Copies of Collab started and ended as an operator would."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TINY = Path(__file__).with_name("tiny.py")
ROOT = TINY.parents[2]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Copy:
    """One copy of Collab with its data folder and port."""

    def __init__(self, data_dir: Path, port: int | None = None, **given: str) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        here = {"COLLAB_DATA_DIR": str(data_dir), "PORT": str(self.port), "PYTHONPATH": str(ROOT)}
        log = data_dir.with_suffix(".log")
        with log.open("ab") as words:
            self.process = subprocess.Popen(
                [sys.executable, str(TINY)], env={**kept, **here, **given}, stdout=words, stderr=words
            )
        self.log = log

    def words(self) -> str:
        """Everything it has printed, and copies before it on the same folder."""
        return self.log.read_text(errors="replace")

    def answers(self) -> bool:
        """Whether it answers now."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def says(self, text: str, seconds: float = 40.0, times: int = 1) -> bool:
        """Whether it says `text` within some seconds (so many times)."""
        return soon(lambda: self.words().count(text) >= times, seconds)

    def end(self, number: int, seconds: float = 40.0) -> int:
        """Send a signal and wait for its end; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)


def soon(holds: object, seconds: float = 10.0) -> bool:
    """Whether `holds()` becomes true within some seconds."""
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
