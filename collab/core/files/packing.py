"""Several files as one zip archive that is sent while it is made: nothing is held but a piece of 64 kB.

The contents are stored as they are; what offices attach (pictures, PDF, office documents) is compressed already.
"""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from io import RawIOBase
from typing import Any, Protocol

_EARLIEST = 1980


class _Outflow(RawIOBase):
    """A file that can only be written to, whose bytes are taken out as they come."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        out = bytes(self._waiting)
        self._waiting.clear()
        return out


class Content(Protocol):
    """Pieces of a file that can be left before the end."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> object: ...


def packed(files: Iterable[tuple[str, datetime, Content]]) -> Iterator[bytes]:
    """An archive of (name, time, pieces of content) in pieces. Names that repeat get a number."""
    outflow = _Outflow()
    used: set[str] = set()
    with zipfile.ZipFile(outflow, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for name, at, content in files:
            entry = zipfile.ZipInfo(_own(name, used), date_time=_moment(at))
            # Left half-way, the file being read is closed all the same.
            with closing(content), archive.open(entry, "w", force_zip64=True) as place:
                for piece in content:
                    place.write(piece)
                    yield outflow.taken()
            yield outflow.taken()
    yield outflow.taken()


def _own(name: str, used: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number, wanted = 1, name
    while wanted.casefold() in used:
        number += 1
        wanted = f"{stem} ({number}){dot}{ending}"
    used.add(wanted.casefold())
    return wanted


def _moment(at: datetime) -> tuple[int, int, int, int, int, int]:
    return (max(at.year, _EARLIEST), at.month, at.day, at.hour, at.minute, at.second)
