"""How much may be said up the line: as much as of messages, by one page and by one person with all their pages.

Counted in each process, in memory, so that a flood costs next to nothing. What is refused counts no further: whoever
waits as long as they are told is heard again. Messages do not come this way, and none is held back by it.
"""

import time
from collections import deque
from collections.abc import Callable
from math import ceil
from typing import Final, NamedTuple

from collab.core.errors import TooMany
from collab.core.i18n import ngettext


class Pace(NamedTuple):
    """At most `most` words within `within` seconds."""

    most: int
    within: float


LINE: Final = Pace(60, 30.0)
PERSON: Final = Pace(120, 60.0)


class Hurry:
    """When the lines and people of this process said something last."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lines: dict[str, deque[float]] = {}
        self._people: dict[int, deque[float]] = {}

    def hold_back(self, sid: str, person_id: int) -> None:
        """Count one word, or refuse it with the seconds to wait. Raises TooMany."""
        now = self._now()
        said = [
            (self._lines.setdefault(sid, deque(maxlen=LINE.most)), LINE),
            (self._people.setdefault(person_id, deque(maxlen=PERSON.most)), PERSON),
        ]
        wait = max(ceil(times[0] + pace.within - now) if len(times) == pace.most else 0 for times, pace in said)
        if wait > 0:
            raise TooMany(
                ngettext(
                    "That was much in a short time. Wait %(n)s second.",
                    "That was much in a short time. Wait %(n)s seconds.",
                    wait,
                ),
                retry_after=wait,
            )
        for times, _pace in said:
            times.append(now)

    def forget(self, sid: str, person_id: int | None) -> None:
        """A line ended; `person_id` when it was the person's last. A new line is no way round what was just said."""
        self._lines.pop(sid, None)
        times = self._people.get(person_id) if person_id is not None else None
        if person_id is not None and (not times or times[-1] + PERSON.within <= self._now()):
            self._people.pop(person_id, None)
