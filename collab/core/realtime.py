"""Hints: "this changed, ask again". A hint carries no content, so it can tell nobody what they may not read.

Hints are best effort and ride on Redis to the web processes. A page that missed one asks when it comes back to
the foreground, when its line comes back, and every minute while it has none. A Redis that does not answer costs one
wait, and is then left alone for a while, so that a command with hundreds of hints waits once; whoever lost hints by it
says so as soon as it answers, and open pages ask again.
"""

import logging
from collections.abc import Iterable
from typing import Any

import redis
import socketio

from . import broker
from .rest import Rest

CHANNEL = "collab-sockets"
RESEAT = "reseat"
MISSED = "missed"
"""Said to every open page when something may have passed it by: it asks for all that it shows."""
WAIT = 1.0
"""Seconds. Longer than the broker's: a busy loop of greenlets may come late to an answer that is there."""
log = logging.getLogger(__name__)
_voice: Any = None


class Voice(socketio.RedisManager):  # type: ignore[misc]
    """A manager of rooms that speaks to other processes with a short patience, where its own way waits ten seconds."""

    def __init__(self, url: str | None, **options: Any) -> None:
        super().__init__(url, channel=CHANNEL, **options)
        self._line = broker.connect(url, timeout=WAIT) if url else None
        self._rest = Rest(log, "hints", "Redis takes no hints")
        self._lost = False

    def _publish(self, data: dict[str, Any]) -> None:
        if self._line is None:
            return
        if self._rest.on:
            self._lost = True
            return
        if self._lost:
            self.say_what_was_lost()
        self._put(data)

    def say_what_was_lost(self) -> None:
        """Where hints were lost and Redis may answer again: pages should ask. Those of others, for ours were told."""
        if self._lost and not self._rest.on:
            self._lost = False
            self._put({"method": "emit", "event": MISSED, "data": [{}], "namespace": "/", "host_id": self.host_id})

    def _put(self, data: dict[str, Any]) -> None:
        assert self._line is not None
        said = self.json.dumps(data)
        try:
            try:
                self._line.publish(self.channel, said)
            except redis.ConnectionError:  # the line of before a restart: a new one is tried at once
                self._line.publish(self.channel, said)
        except redis.RedisError as error:
            self._lost = True
            self._rest.begin(error)
        else:
            self._rest.end()


def use(url: str) -> None:
    """Speak through this broker from a process that serves no sockets (teller, worker)."""
    global _voice
    _voice = Voice(url, write_only=True)


def speak_through(manager: Any) -> None:
    """Speak through the process's own socket server (web)."""
    global _voice
    _voice = manager


def say_what_was_lost() -> None:
    """Called now and then: whoever waits for hints that Redis did not take is told that there were some."""
    if isinstance(_voice, Voice):
        _voice.say_what_was_lost()


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
