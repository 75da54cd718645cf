"""Presence: who sits at a page of this process is written down every few seconds and what changed is told, in one
message for all that changed, so that a thousand people who come at eight cost a message every five seconds.

People who do not want to be seen are never written down, and programs do not sit anywhere. Whoever goes from one page
to the next is not gone: a seat stays warm for a while.
"""

import secrets
import time
from collections.abc import Iterable

from collab.core import presence, realtime
from collab.core.actor import Actor


class Seated:
    """The people of one process, with when each was last seen sitting. Seconds: between two beats, for which a seat
    stays warm, and for which the process counts after its last beat."""

    every, warm, life = 5.0, 12.0, presence.LIFE

    def __init__(self) -> None:
        self.process = secrets.token_hex(8)
        self._last: dict[int, float] = {}
        self._next = 0.0

    def look(self, seated: Iterable[Actor], now: float | None = None) -> None:
        """Called often; every few seconds it writes down who is here and tells what changed."""
        at = time.monotonic() if now is None else now
        if at < self._next:
            return
        self._next = at + self.every
        here: set[int] = set()
        hidden: set[int] = set()
        for one in seated:
            if one.session_id is not None:
                (here if one.shows_presence else hidden).add(one.person_id)
        self._last = {id_: seen for id_, seen in self._last.items() if at - seen < self.warm and id_ not in hidden}
        self._last |= dict.fromkeys(here - hidden, at)
        changed = presence.beat(self.process, self._last, self.life)
        if changed and (changed.came or changed.went):
            # To all who have signed in: the directory is open to them. Nobody else sits in this room.
            realtime.emit("presence", {"here": changed.came, "gone": changed.went}, ["all"])

    @property
    def empty(self) -> bool:
        """Whether nobody sits here, nor sat here just now."""
        return not self._last
