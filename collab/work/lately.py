"""What was found to be so within the last minutes, in this process: by which a plan is chosen, never a row."""

import time
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

REMEMBERED: Final = 2_000
KEPT_FOR: Final = 600.0


class Lately:
    """Yes or no by key, for ten minutes; of the 2,000 keys asked last."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[float, bool]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bool | None:
        """What was put, unless it is too long ago."""
        with self._lock:
            found = self._known.get(key)
            return found[1] if found is not None and time.monotonic() - found[0] < KEPT_FOR else None

    def put(self, key: Hashable, so: bool) -> bool:
        """Remembers it, and gives it back."""
        with self._lock:
            self._known[key] = (time.monotonic(), so)
            self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return so

    def forget(self) -> None:
        with self._lock:
            self._known.clear()
