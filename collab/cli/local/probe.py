"""Asking the web processes whether they are ready, and whether the port is free, in as few lines as it takes."""

import errno
import socket
import time
from urllib.parse import urlsplit

from collab.cli.local.problem import CannotStart
from config.settings import Settings

SECONDS_FOR_AN_EARLIER_COPY = 8.0


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def answers(settings: Settings, path: str = "/readyz") -> bool:
    """Whether `GET path` is answered with 200."""
    name = urlsplit(settings.url).hostname
    try:
        with socket.create_connection((_reachable(settings.host), settings.port), timeout=5) as line:
            line.sendall(f"GET {path} HTTP/1.0\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
            first = line.makefile("rb").readline()
    except OSError:
        return False
    return b" 200 " in first


def _bind(settings: Settings) -> OSError | None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((settings.host, settings.port))
            # Two sockets may be bound side by side; only one may listen.
            door.listen(1)
        except OSError as error:
            return error
    return None


def need_free_port(settings: Settings, *, earlier_copy: bool) -> None:
    """Raise CannotStart unless HOST and PORT can be listened on; an earlier copy gets some seconds to end."""
    deadline = time.monotonic() + (SECONDS_FOR_AN_EARLIER_COPY if earlier_copy else 0)
    while (error := _bind(settings)) and time.monotonic() < deadline:
        if error.errno != errno.EADDRINUSE:
            break
        time.sleep(0.25)
    if error:
        raise CannotStart(
            f"Port {settings.port} on {settings.host} cannot be used: {error.strerror}. "
            f"Choose another one, for example PORT={settings.port % 65535 + 1}."
        )
