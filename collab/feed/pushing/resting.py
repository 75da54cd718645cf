"""Leaving a service alone for a while that does not answer, so that the worker does other things meanwhile."""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from collab.core import clock

REST: Final = timedelta(minutes=3)
_resting: dict[str, datetime] = {}
"""Host → until when. Each worker finds out by itself."""


def rest(endpoint: str) -> None:
    """Hand nothing in at the host of this address for a while."""
    now = clock.now()
    for host in [host for host, until in _resting.items() if until <= now]:
        _resting.pop(host, None)
    _resting[_host(endpoint)] = now + REST


def rests(endpoint: str) -> bool:
    """Whether the host of this address is left alone now."""
    until = _resting.get(_host(endpoint))
    return until is not None and until > clock.now()


def _host(endpoint: str) -> str:
    return (urlsplit(endpoint).hostname or "").lower()
