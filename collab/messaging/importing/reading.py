"""An export as it lies on a disk: which kind it is, and its parts read within bounds.

A Slack export is a folder or a zip with `channels.json` and `users.json`; a Mattermost bulk export is a JSONL file (or
a zip with one) whose first line says `{"type": "version"}`; any other JSONL file is read as ours.
"""

import json
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import IO, Any, Final, Protocol

from collab.core.i18n import N_, _
from collab.people.importing.report import BadFile

from . import mattermost, plain, slack
from .shapes import Bar, Chat

MOST_PARTS: Final = 200_000
MOST_BYTES: Final = 2 * 1024**3
MOST_PART: Final = 128 * 1024**2
MOST_LINE: Final = 8 * 1024**2

READING: Final = N_("Reading")
NOT_THERE: Final = N_("%(file)s is not a file or folder that can be read.")
NOTHING: Final = N_("There is no chat in it: neither a Slack export, nor a Mattermost export, nor JSONL.")
TOO_LARGE: Final = N_("This export is larger than %(most)s MB. Bring it in in parts.")
BROKEN: Final = N_("This zip file is broken.")


class Folder(Protocol):
    """The files of an export by their names: a folder or a zip."""

    names: list[str]

    def size(self, name: str) -> int: ...
    def open(self, name: str) -> AbstractContextManager[IO[bytes]]: ...


class OnDisk:
    """A folder. What leads out of it is not followed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        root = path.resolve()
        files = (file for file in sorted(path.rglob("*")) if file.is_file() and file.resolve().is_relative_to(root))
        self.names = [file.relative_to(path).as_posix() for file in files]

    def size(self, name: str) -> int:
        return (self._path / name).stat().st_size

    def open(self, name: str) -> IO[bytes]:
        return (self._path / name).open("rb")


class InZip:
    """A zip file, read where it lies: nothing is unpacked to the disk."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._sizes = {one.filename: one.file_size for one in archive.infolist() if not one.is_dir()}
        self.names = sorted(self._sizes)

    def size(self, name: str) -> int:
        return self._sizes[name]

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


def read_chat(path: Path, zone: str, bar: Bar, source: str | None = None) -> Chat:
    """The whole export. `zone` is where times without an offset were written. Raises BadFile."""
    try:
        if path.is_dir():
            return _read_folder(OnDisk(path), zone, bar, source)
        if not path.is_file():
            raise BadFile(_(NOT_THERE, file=path.name))
        if zipfile.is_zipfile(path):
            with closing(zipfile.ZipFile(path)) as archive:
                return _read_folder(InZip(archive), zone, bar, source)
        with path.open("rb") as file:
            return _read_lines(file, path.stat().st_size, zone, bar, source)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise BadFile(_(BROKEN)) from problem
    except OSError as problem:
        raise BadFile(_(NOT_THERE, file=path.name)) from problem


def _read_folder(folder: Folder, zone: str, bar: Bar, source: str | None) -> Chat:
    total = sum(folder.size(name) for name in folder.names)
    if len(folder.names) > MOST_PARTS or total > MOST_BYTES:
        raise BadFile(_(TOO_LARGE, most=MOST_BYTES // 1024**2))
    prefix = slack.root_of(folder.names)
    if prefix is not None:
        bar.begin(_(READING), total)
        return slack.read(source or "slack", prefix, folder.names, _Parts(folder, bar).json)
    lines = [name for name in folder.names if name.endswith(".jsonl")]
    if len(lines) == 1:
        with folder.open(lines[0]) as file:
            return _read_lines(file, folder.size(lines[0]), zone, bar, source)
    raise BadFile(_(NOTHING))


class _Parts:
    """The JSON files of a folder, each read within bounds."""

    def __init__(self, folder: Folder, bar: Bar) -> None:
        self._folder, self._bar = folder, bar

    def json(self, name: str) -> Any:
        """What stands in one file. Raises ValueError when it is no JSON or too much of it."""
        if self._folder.size(name) > MOST_PART:
            raise ValueError(_(TOO_LARGE, most=MOST_PART // 1024**2))
        with self._folder.open(name) as file:
            read = file.read(MOST_PART + 1)
        self._bar.step(len(read))
        return decoded(read)


def decoded(read: bytes) -> Any:
    """JSON from bytes. Raises ValueError for whatever is none, however deep it goes."""
    try:
        return json.loads(read.decode("utf-8-sig"))
    except RecursionError as problem:
        raise ValueError(str(problem)) from problem


def _read_lines(file: IO[bytes], size: int, zone: str, bar: Bar, source: str | None) -> Chat:
    if size > MOST_BYTES:
        raise BadFile(_(TOO_LARGE, most=MOST_BYTES // 1024**2))
    bar.begin(_(READING), size)
    lines = _lines(file, bar)
    first = next(lines, None)
    if first is None:
        raise BadFile(_(NOTHING))
    if isinstance(first[1], dict) and first[1].get("type") == "version":
        return mattermost.read(source or "mattermost", lines)
    if not isinstance(first[1], dict):
        raise BadFile(_(NOTHING))
    return plain.read(source or "jsonl", first, lines, zone)


def _lines(file: IO[bytes], bar: Bar) -> Iterator[tuple[int, Any]]:
    """Number and JSON of each line that is not empty; None for one that is no JSON."""
    number, reached = 0, 0
    while line := file.readline(MOST_LINE + 1):
        number += 1
        reached += len(line)
        if number % 500 == 0:
            bar.reach(reached)
        if len(line) > MOST_LINE:
            yield number, None
            while line and not line.endswith(b"\n"):  # the rest of a line that is too long
                line = file.readline(MOST_LINE)
        elif line.strip():
            try:
                yield number, decoded(line)
            except ValueError:
                yield number, None
    bar.reach(reached)
