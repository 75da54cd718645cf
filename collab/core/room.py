"""Whether Redis and PostgreSQL have room to write, as their own answers tell, and a log that says a thing once.

A full disk is met again every few seconds by everything that writes. Said each time it hides all else; so a sentence
stands in the log once, until there is another one to say. What is kept here is of this process alone.
"""

import logging

import redis

REDIS = "Redis"
POSTGRESQL = "PostgreSQL"
_DISK_FULL = "53100"

_said: dict[str, str] = {}
_refusing: set[str] = set()


def lacking(error: BaseException | None) -> bool:
    """Whether a server refused to write because its disk has no room, or cannot be written."""
    found = getattr(error, "orig", None) or error
    if isinstance(found, redis.RedisError):
        return "MISCONF" in str(found)  # of one command, or of one among those of a pipeline
    return getattr(found, "sqlstate", None) == _DISK_FULL


def once(log: logging.Logger, about: str, sentence: str) -> None:
    """Say it, unless it was the last thing said about this; an empty sentence says nothing and is remembered."""
    if _said.get(about, "") != sentence:
        _said[about] = sentence
        if sentence:
            log.warning("%s", sentence)


def refused(log: logging.Logger, server: str) -> None:
    """A server wrote nothing for want of room."""
    _refusing.add(server)
    once(log, server, f"{server} takes no writes: its disk is full or cannot be written. Make room: it is tried again.")


def wrote(log: logging.Logger, server: str) -> None:
    """A server took a write; costs nothing where it always did."""
    if server in _refusing:
        _refusing.discard(server)
        once(log, server, f"{server} takes writes again.")


def left() -> bool:
    """Whether no server refused for want of room what this process wrote last."""
    return not _refusing
