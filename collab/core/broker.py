"""Redis, which is never the record: it may be frozen, restarted or wiped and nothing is lost.

Every call has a short timeout and no retries; after one failure Redis is left alone for five seconds, so that a
frozen broker costs a page at most one timeout.
"""

import logging
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from . import room
from .rest import Rest

WAKE = "collab:wake"
_TAKEN = frozenset({"set", "ping"})
"""What Redis refuses while it cannot write, so that an answer says that it can."""

log = logging.getLogger(__name__)
_client: "redis.Redis | None" = None
_rest = Rest(log, "broker", "Redis does not answer")


def connect(url: str, *, timeout: float = 0.5) -> "redis.Redis":
    """A client with the settings that keep a frozen Redis from freezing us."""
    return redis.Redis.from_url(
        url, socket_timeout=timeout, socket_connect_timeout=timeout, retry=Retry(NoBackoff(), 0)
    )


def use(url: str) -> None:
    """Point this process at a broker."""
    global _client
    _client = connect(url)
    _rest.end()


def ask(verb: str, *args: Any, **kwargs: Any) -> Any:
    """Call a Redis verb; None when Redis does not answer or is being left alone."""
    if _client is None or _rest.on:
        return None
    try:
        answer = getattr(_client, verb)(*args, **kwargs)
    except redis.RedisError as error:
        _rest.begin(error)
        return None
    _rest.end()
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
