"""What was told in the last moments, so that a page whose line comes a little after it hears what came between.

A page says from when on it knows nothing (the instant at which its request came, by the clock of whichever process
answered). The process to which its line comes has heard everything since, whoever said it, and tells the page what went
to rooms in which its reader sits. Only hints are kept, so that they can tell nobody more than that they may ask; of
what was said, that its talk moved on. Where something may have passed this process by, that is said instead, and the
page asks for everything it shows.
"""

import math
import time
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import takewhile
from sys import intern
from typing import Any, Final, NamedTuple

KEPT: Final = 60.0
MOST: Final = 2_000
MOST_ROOMS: Final = 200_000
"""Names of rooms over all that is kept: what is told to a whole house is told to thousands."""
SKEW: Final = 0.5
"""Seconds by which the clocks of two machines may differ; a hint that comes twice is one question more."""
MOST_AT_ONCE: Final = 50


class Hint(NamedTuple):
    event: str
    data: dict[str, Any]


class _Told(NamedTuple):
    at: float
    rooms: frozenset[str]
    hints: tuple[Hint, ...]


class Lately:
    """The hints of the last minute as one process heard them, the newest last."""

    def __init__(self) -> None:
        self._told: deque[_Told] = deque()
        self._rooms = 0
        self._whole_from = math.inf

    def begin(self, now: float | None = None) -> None:
        """From now on everything is heard; of what was before, something may be missing."""
        self._told.clear()
        self._rooms = 0
        self._whole_from = time.time() if now is None else now

    def deaf(self) -> None:
        """What others say is not heard for now."""
        self._whole_from = math.inf

    def note(self, event: str, data: Any, rooms: Any, now: float | None = None) -> None:
        """Something was told to these rooms."""
        hints = _hints(event, data)
        at = time.time() if now is None else now
        if hints:
            told = _Told(at, frozenset(map(intern, [rooms] if isinstance(rooms, str) else rooms or ())), hints)
            self._told.append(told)
            self._rooms += len(told.rooms)
        while self._told and (self._too_much() or self._told[0].at < at - KEPT):
            gone = self._told.popleft()
            self._rooms -= len(gone.rooms)
            self._whole_from = max(self._whole_from, gone.at)

    def _too_much(self) -> bool:
        return len(self._told) > MOST or self._rooms > MOST_ROOMS

    def since(self, moment: float, rooms: Iterable[str]) -> list[Hint] | None:
        """What was told to any of `rooms` from `moment` on, each once; None: what it was is not known in full."""
        if moment - SKEW < self._whole_from:
            return None
        mine = set(rooms)
        newest = takewhile(lambda told: told.at >= moment - SKEW, reversed(self._told))
        found = {str(hint): hint for told in newest if not mine.isdisjoint(told.rooms) for hint in told.hints}
        return None if len(found) > MOST_AT_ONCE else list(found.values())


def _hints(event: str, data: Any) -> tuple[Hint, ...]:
    [told] = data if isinstance(data, Sequence) and len(data) == 1 else [data]
    if event in ("hint", "read"):
        return (Hint(event, told),)
    if event == "message" and "owner" in told:
        talk = {"kind": f"{told['owner']['kind']}-talk", "id": told["owner"]["id"], "version": None}
        return Hint("hint", talk), Hint("hint", {"kind": "conversations", "id": "mine", "version": None})
    return ()
