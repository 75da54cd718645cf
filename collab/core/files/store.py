"""Contents kept under their SHA-256 in a data folder: written once, whole or not at all, the same content once.

A file is written beside its place, synced, and renamed into it (POSIX rename is atomic), so that a crash leaves at
most a stray in `incoming`, which `sweep` removes.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from .kinds import HEAD
from .refusal import Refused

CHUNK: Final = 64 * 1024
SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that was kept: its SHA-256 in hexadecimal, its size in bytes, its first bytes."""

    sha256: str
    size: int
    head: bytes


Check = Callable[[Kept, BinaryIO], None]
"""Looks at what arrived before it is kept, and raises to refuse it."""


class Store:
    """The contents in one folder, two levels deep by the first letters of their hash."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._incoming = root / "incoming"

    def keep(self, chunks: Iterable[bytes], most: int, check: Check | None = None) -> Kept:
        """Keep a content of at most `most` bytes that passes `check`.

        Raises Refused (empty, too-large) and whatever `check` raises; then nothing is left behind, and the same
        content kept before stays.
        """
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                kept = _written(file, chunks, most)
            if check is not None:
                with Path(name).open("rb") as arrived:
                    check(kept, arrived)
            self._settle(Path(name), kept.sha256)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return kept

    def path(self, sha256: str) -> Path:
        """Where a content stands, kept or not. Raises ValueError for what is no hash."""
        if not SHA256.fullmatch(sha256):
            raise ValueError("a content is named by 64 hexadecimal digits")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    @contextmanager
    def at_hand(self, sha256: str) -> Iterator[Path]:
        """The content as a file of this machine, for a program that reads files. Raises FileNotFoundError."""
        yield self.path(sha256)

    def opened(self, sha256: str) -> BinaryIO:
        """The content, open for reading. Raises FileNotFoundError."""
        return self.path(sha256).open("rb")

    def chunks(self, sha256: str, start: int = 0, end: int | None = None) -> "Pieces":
        """The bytes from `start` up to but not including `end`, a piece at a time. Raises FileNotFoundError at once."""
        return Pieces(self.path(sha256), start, end)

    def remove(self, sha256: str) -> None:
        """Forget a content; one that is not there is forgotten already."""
        self.path(sha256).unlink(missing_ok=True)

    def contents(self, before: float) -> Iterator[str]:
        """The hashes of what is kept since before `before` (Unix seconds), in no order."""
        for place in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if SHA256.fullmatch(place.name) and place.stat().st_mtime < before:
                yield place.name

    def room(self) -> int:
        """Bytes that the disk still holds."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return shutil.disk_usage(self.root).free

    def sweep(self, before: float) -> int:
        """Remove strays of writes that never ended and are older than `before` (Unix seconds); how many."""
        strays = [stray for stray in self._incoming.glob("*") if stray.stat().st_mtime < before]
        for stray in strays:
            stray.unlink(missing_ok=True)
        return len(strays)

    def _settle(self, written: Path, sha256: str) -> None:
        place = self.path(sha256)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(written, place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _written(file: BinaryIO, chunks: Iterable[bytes], most: int) -> Kept:
    digest, size, head = hashlib.sha256(), 0, b""
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise Refused("too-large", most)
        if len(head) < HEAD:
            head += chunk[: HEAD - len(head)]
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Refused("empty")
    file.flush()
    os.fsync(file.fileno())
    return Kept(digest.hexdigest(), size, head)


class Pieces:
    """The bytes of a file from `start` up to `end`, a piece at a time. Open from the first piece to the last, so that
    an answer nobody reads holds nothing open."""

    def __init__(self, place: Path, start: int, end: int | None) -> None:
        if not place.is_file():
            raise FileNotFoundError(place)
        self._place, self._start = place, start
        self._left = None if end is None else max(0, end - start)
        self._file: BinaryIO | None = None

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> bytes:
        if self._file is None:
            self._file = self._place.open("rb")
            self._file.seek(self._start)
        most = CHUNK if self._left is None else min(CHUNK, self._left)
        piece = self._file.read(most) if most and not self._file.closed else b""
        if not piece:
            self.close()
            raise StopIteration
        if self._left is not None:
            self._left -= len(piece)
        return piece

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """A stream as pieces of 64 kB, for `Store.keep`."""
    while piece := stream.read(CHUNK):
        yield piece
