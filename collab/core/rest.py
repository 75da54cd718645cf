"""Leaving Redis alone for a while after it did not answer, so that what asks often waits for it once.

The broker, the queue and the hints each have a line of their own with a patience of its own, and so each a rest.
"""

import logging
import time

import redis

from . import room

SECONDS = 5.0


class Rest:
    """One line to Redis. `about` and `sentence` name it in the log, which says once that it does not answer."""

    def __init__(self, log: logging.Logger, about: str, sentence: str) -> None:
        self._log, self._about, self._sentence = log, about, sentence
        self._until = 0.0

    @property
    def on(self) -> bool:
        """Whether the line did not answer just now."""
        return time.monotonic() < self._until

    def begin(self, error: redis.RedisError) -> None:
        """It did not answer, or had no room to write."""
        self._until = time.monotonic() + SECONDS
        if room.lacking(error):
            room.refused(self._log, room.REDIS)
        else:
            tried = f"it is tried again every {SECONDS:.0f} s."
            room.once(self._log, self._about, f"{self._sentence} ({error}); {tried}")

    def end(self) -> None:
        """It answered, or another broker is used."""
        self._until = 0.0
        room.once(self._log, self._about, "")
