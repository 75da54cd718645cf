"""Bodies come within their time: whoever sends one byte a minute holds neither a place nor the next reader.

The time grows with what has come, so that a large file may come over a slow line and a large claim buys nothing.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final, TypeVar

from flask import Flask
from gevent import Timeout, monkey
from gunicorn.http.errors import NoMoreData, ParseException

from collab.core.errors import Problem
from collab.core.i18n import N_

GRACE: Final = 30.0
"""Seconds for the first byte and the last."""
SLOWEST: Final = 16_384
"""Bytes a second that a line must carry, over the whole of a body."""
PIECE: Final = 65_536


Got = TypeVar("Got")


class TooSlow(Problem):
    """The body of a request did not come within its time."""

    status, code = 408, "too-slow"
    title = N_("What was sent did not arrive in time.")


class Garbled(Problem):
    """The body of a request does not come as its head says: a chunk of no size, an end where more was announced."""

    status, code = 400, "garbled-body"
    title = N_("What was sent cannot be read: it does not come as it was announced.")


class Body:
    """What a request sends, with the moment by which it must be there. Reading raises TooSlow after that, and Garbled
    where the server cannot make out what comes."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw = raw
        self.until = time.monotonic() + GRACE
        self.hurried = False

    def read(self, size: int = -1) -> bytes:
        """In pieces, so that each that came makes room for the next."""
        found: list[bytes] = []
        left = size if size is not None and size >= 0 else None
        while left is None or left > 0:
            piece = self._came(_in_time(self.until, self.raw.read, PIECE if left is None else min(left, PIECE)))
            if not piece:
                break
            found.append(piece)
            left = None if left is None else left - len(piece)
        return b"".join(found)

    def readline(self, *size: int) -> bytes:
        return self._came(_in_time(self.until, self.raw.readline, *size))

    def readlines(self, _hint: int = -1) -> list[bytes]:
        return list(self)

    def _came(self, piece: bytes) -> bytes:
        if not self.hurried:
            self.until += len(piece) / SLOWEST
        return piece

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")


def _in_time(until: float, reading: Callable[..., Got], *given: int) -> Got:
    try:
        if not monkey.is_module_patched("socket"):  # a server of tests, whose reading nothing can end
            return reading(*given)
        with Timeout(max(0.001, until - time.monotonic()), TooSlow()):
            return reading(*given)
    except (ParseException, NoMoreData) as error:
        raise Garbled from error


class _Patient:
    """WSGI middleware: bodies are read through a `Body`."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said = environ.get("CONTENT_LENGTH") or ""
        if said.isdecimal() or "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input"] = Body(environ["wsgi.input"])
        result: Iterable[bytes] = self.app(environ, start_response)
        return result


def install(app: Flask) -> None:
    app.wsgi_app = _Patient(app.wsgi_app)  # type: ignore[method-assign]


def hurry(environ: dict[str, Any], seconds: float) -> None:
    """Let the rest of this body come within so many seconds."""
    body = environ["wsgi.input"]
    if isinstance(body, Body):
        body.until, body.hurried = min(body.until, time.monotonic() + seconds), True
