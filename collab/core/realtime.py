"""Hints: "this changed, ask again". A hint carries no content, so it can tell nobody what they may not read.

Hints are best effort and ride on Redis to the web processes. A page that missed one asks when it comes back to
the foreground, when its line comes back, and every minute.
"""

import logging
from collections.abc import Iterable
from typing import Any

import socketio

CHANNEL = "collab-sockets"
RESEAT = "reseat"
log = logging.getLogger(__name__)
_voice: Any = None


def use(url: str) -> None:
    """Speak through this broker from a process that serves no sockets (teller, worker)."""
    global _voice
    _voice = socketio.RedisManager(
        url,
        channel=CHANNEL,
        write_only=True,
        redis_options={"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    )


def speak_through(manager: Any) -> None:
    """Speak through the process's own socket server (web)."""
    global _voice
    _voice = manager


def hint(rooms: Iterable[str], kind: str, id_: int | str, version: int | None = None) -> None:
    """Tell everybody in `rooms` that a thing changed."""
    emit("hint", {"kind": kind, "id": id_, "version": version}, rooms)


def reseat(person: int | None) -> None:
    """Tell the web processes that the rights of a person (None: of many) are others now: who may sit where is asked at
    once. It goes the way of the hints and is for the processes alone; nobody sits in a room of this name."""
    emit(RESEAT, {"person": person}, [RESEAT])


def emit(event: str, data: dict[str, Any], rooms: Iterable[str]) -> None:
    """Send once to everybody in any of `rooms`; a broker that is away loses it, which every page is built to bear."""
    wanted = list(dict.fromkeys(rooms))
    if _voice is None or not wanted:
        return
    try:
        _voice.emit(event, data, room=wanted, namespace="/")
    except Exception as error:  # any broker error: a hint is never worth a failure
        log.debug("hint lost: %s", error)
