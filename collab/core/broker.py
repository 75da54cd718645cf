"""Redis, which is never the record: it may be frozen, restarted or wiped and nothing is lost.

Every call has a short timeout and no retries; after one failure Redis is left alone for five seconds, so that a
frozen broker costs a page at most one timeout.
"""

import logging
import time
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from . import room

WAKE = "collab:wake"
_REST = 5.0
_TAKEN = frozenset({"set", "ping"})
"""What Redis refuses while it cannot write, so that an answer says that it can."""

log = logging.getLogger(__name__)
_client: "redis.Redis | None" = None
_resting_until = 0.0


def connect(url: str, *, timeout: float = 0.5) -> "redis.Redis":
    """A client with the settings that keep a frozen Redis from freezing us."""
    return redis.Redis.from_url(
        url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 0)
    )


def use(url: str) -> None:
    """Point this process at a broker."""
    global _client, _resting_until
    _client, _resting_until = connect(url), 0.0


def ask(verb: str, *args: Any, **kwargs: Any) -> Any:
    """Call a Redis verb; None when Redis does not answer or is being left alone."""
    global _resting_until
    if _client is None or time.monotonic() < _resting_until:
        return None
    try:
        answer = getattr(_client, verb)(*args, **kwargs)
    except redis.RedisError as error:
        _resting_until = time.monotonic() + _REST
        if room.lacking(error):
            room.refused(log, room.REDIS)
        else:
            room.once(log, "broker", f"Redis does not answer ({error}); it is tried again every {_REST:.0f} s.")
        return None
    room.once(log, "broker", "")
    if verb in _TAKEN:
        room.wrote(log, room.REDIS)
    return answer


def wake() -> None:
    """Tell the teller that there is something to tell. Lost wakes only cost a second."""
    ask("publish", WAKE, "1")


def alive() -> bool:
    """Whether Redis answers now."""
    return bool(ask("ping"))


def listen(channel: str) -> Any:
    """A subscription to `channel`, or None while Redis is away."""
    if _client is None:
        return None
    pubsub = connect_like(_client).pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
    pubsub.subscribe(channel)
    return pubsub


def connect_like(client: "redis.Redis") -> "redis.Redis":
    """A second client to the same broker whose reads may wait (subscriptions)."""
    options = {**client.connection_pool.connection_kwargs, "socket_timeout": 5.0}
    pool = redis.ConnectionPool(connection_class=client.connection_pool.connection_class, **options)
    return redis.Redis(connection_pool=pool)
