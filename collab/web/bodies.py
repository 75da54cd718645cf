"""Bodies come within their time: whoever sends one byte a minute holds neither a place nor the next reader.

The time grows with what a request says it sends, so that a large file may come over a slow line.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final, TypeVar

from flask import Flask
from gevent import Timeout, monkey

from collab.core.errors import Problem
from collab.core.i18n import N_

GRACE: Final = 30.0
"""Seconds for the first byte and the last."""
SLOWEST: Final = 16_384
"""Bytes a second that a line must carry, over the whole of a body."""


Got = TypeVar("Got")


class TooSlow(Problem):
    """The body of a request did not come within its time."""

    status, code = 408, "too-slow"
    title = N_("What was sent did not arrive in time.")


class Body:
    """What a request sends, with the moment by which it must be there. Reading raises TooSlow after that."""

    def __init__(self, raw: IO[bytes], length: int) -> None:
        self.raw = raw
        self.until = time.monotonic() + GRACE + length / SLOWEST

    def read(self, *size: int) -> bytes:
        return _in_time(self.until, self.raw.read, *size)

    def readline(self, *size: int) -> bytes:
        return _in_time(self.until, self.raw.readline, *size)

    def readlines(self, *hint: int) -> list[bytes]:
        return _in_time(self.until, self.raw.readlines, *hint)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")


def _in_time(until: float, reading: Callable[..., Got], *given: int) -> Got:
    if not monkey.is_module_patched("socket"):  # a server of tests, whose reading nothing can end
        return reading(*given)
    with Timeout(max(0.001, until - time.monotonic()), TooSlow()):
        return reading(*given)


class _Patient:
    """WSGI middleware: bodies are read through a `Body`."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said = environ.get("CONTENT_LENGTH") or ""
        if said.isdecimal() or "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input"] = Body(environ["wsgi.input"], int(said) if said.isdecimal() else 0)
        result: Iterable[bytes] = self.app(environ, start_response)
        return result


def install(app: Flask) -> None:
    app.wsgi_app = _Patient(app.wsgi_app)  # type: ignore[method-assign]


def hurry(environ: dict[str, Any], seconds: float) -> None:
    """Let the rest of this body come within so many seconds."""
    body = environ["wsgi.input"]
    if isinstance(body, Body):
        body.until = min(body.until, time.monotonic() + seconds)
