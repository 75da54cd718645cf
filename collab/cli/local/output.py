"""The words of the programs, each line after the name of who said it."""

import os
import sys
from collections import deque
from typing import IO

COLOURS = {"postgres": 34, "redis": 35, "together": 32}
LAST_LINES = 8
LONGEST_LINE = 64 * 1024


def say(text: str) -> None:
    """Write a line of Collab itself."""
    write(f"{text}\n")


def write(text: str) -> None:
    """Write to the terminal; a reader that has gone away is no reason to end."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        # Python would complain once more at exit about what it still holds.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115


class Lines:
    """Cuts what one program says into lines and remembers the last of them; one without a name speaks for us."""

    def __init__(self, name: str, pipe: IO[bytes], noise: tuple[str, ...] = ()) -> None:
        self.name = name
        self.noise = noise
        self.pipe = pipe
        self.last: deque[str] = deque(maxlen=LAST_LINES)
        self._rest = b""
        os.set_blocking(pipe.fileno(), False)

    def read(self) -> bool:
        """Pass on what is there; False when nothing more will ever come."""
        try:
            data = os.read(self.pipe.fileno(), LONGEST_LINE)
        except BlockingIOError:
            return True
        self._take(data)
        return bool(data)

    def drain(self) -> None:
        """Pass on what is still there without waiting for more."""
        try:
            while data := os.read(self.pipe.fileno(), LONGEST_LINE):
                self._take(data)
        except BlockingIOError:
            pass
        self._take(b"")

    def _take(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if self._rest and (not data or len(self._rest) >= LONGEST_LINE):
            lines, self._rest = [*lines, self._rest], b""
        for line in lines:
            self._tell(line.decode(errors="replace").rstrip("\r"))

    def _tell(self, line: str) -> None:
        if not self.name:
            write(f"{line}\n")
        elif line.strip():
            self.last.append(line)
            if any(word in line for word in self.noise):
                return
            name = f"{self.name:<10}"
            if sys.stdout.isatty() and self.name in COLOURS:
                name = f"\x1b[{COLOURS[self.name]}m{name}\x1b[0m"
            write(f"{name} | {line}\n")
