"""Reaching the push service that a browser named, and nothing else.

The address comes from whoever turned pop-ups on: it is never one of our own house. Every address that its name has is
looked at, and the line goes to the very one that was looked at. Nothing that is answered leads anywhere else.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from typing import Final
from urllib.parse import urlsplit

PATIENCE: Final = 10.0
"""Seconds for all of it: the name, the line, what is handed in and what is answered."""
LONGEST_ANSWER: Final = 4096
_ANSWERED: Final = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)[ \r\n]")
PORT: Final = 443
MOST: Final = 1000
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.I)
_GIVEN_OUT: Final = ipaddress.ip_network("2000::/3")
"""The addresses of version 6 from which the world is given its own: all others are of houses or of old ways."""
_NOT_OUTSIDE: Final = tuple(
    ipaddress.ip_network(net) for net in ("2001::/23", "2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24")
)
"""Of tunnels, of protocols and of books, some of which Python calls global."""


class NotOutside(OSError):
    """The name leads into a house, not out to a service."""


def may_be_reached(address: str) -> bool:
    """Whether this looks like the address of a push service: https, a name with dots, the usual port, no sign-in."""
    if not 0 < len(address) <= MOST or not address.isascii() or not address.isprintable() or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "https" and "@" not in parts.netloc and port in (None, PORT) and not parts.fragment
    return plain and " " not in address and _HOST.fullmatch(parts.hostname or "") is not None


def is_outside(address: str) -> bool:
    """Whether an address of the network belongs to the world outside."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if (found.version == 6 and found not in _GIVEN_OUT) or any(found in net for net in _NOT_OUTSIDE):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def hand_in(endpoint: str, headers: dict[str, str], body: bytes) -> int:
    """Hand one message to the service. Gives the status it answers. Raises OSError where it has none in time."""
    if not may_be_reached(endpoint):
        raise NotOutside(endpoint)
    until = time.monotonic() + PATIENCE
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    found = _addresses(host, until)
    if not found or not all(is_outside(address) for address in found):
        raise NotOutside(host)
    asked = [f"POST {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1", f"Host: {host}"]
    asked += [f"{name}: {value}" for name, value in headers.items()]
    asked += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    context = ssl.create_default_context()
    with socket.create_connection((found[0], PORT), timeout=_left(until)) as plain:
        plain.settimeout(_left(until))
        with context.wrap_socket(plain, server_hostname=host) as line:
            line.settimeout(_left(until))
            line.sendall("\r\n".join(asked).encode("ascii") + body)
            return status_of(line, until)


def status_of(line: socket.socket, until: float) -> int:
    """The status that is answered until then. Raises OSError where none is, however slowly it drips."""
    got = b""
    while b"\n" not in got and len(got) < LONGEST_ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        got += piece
    answer = _ANSWERED.match(got)
    if answer is None:
        raise OSError("no answer")
    return int(answer[1])


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _addresses(host: str, until: float) -> list[str]:
    """Every address of a name. Whoever tells them cannot be told how long to take, so they are asked apart."""
    found: list[str] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            found.extend(str(place[4][0]) for place in socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM))
        except OSError as error:
            failed.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_left(until))
    if asking.is_alive():
        raise TimeoutError
    if failed:
        raise failed[0]
    return found
