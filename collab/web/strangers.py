"""Lines of strangers: a handshake costs memory before anybody is asked who they are, so it has seconds to be seated.

The line's engine opens it first; who sits there is asked in the `connect` that the page sends after. Until then it is a
stranger's: cut after `PATIENCE` seconds, and at most `MOST` of them stand at once in a process, so that a flood of them
leaves room for pages. Whoever is not let in by that asks for news now and then, as every page without a line does.
"""

import logging
import time
from typing import Any, Final

log = logging.getLogger(__name__)

PATIENCE: Final = 10.0
MOST: Final = 1_000
LOOK: Final = 1.0


class Strangers:
    """The lines of one server that nobody sits on yet, with the moment of each."""

    def __init__(self, engine: Any) -> None:
        self.since: dict[str, float] = {}
        self._engine, self._let_in, self._watching = engine, engine.handlers["connect"], False
        engine.on("connect", self._came)

    def seated(self, line: str | None) -> None:
        """Somebody sits there now."""
        self.since.pop(line or "", None)

    def _came(self, line: str, environ: dict[str, Any]) -> Any:
        if len(self.since) >= MOST:
            return False
        self.since[line] = time.monotonic()
        if not self._watching:
            self._watching = True
            self._engine.start_background_task(self._watch)
        return self._let_in(line, environ)

    def _watch(self) -> None:
        """Cut what had its time. Ends when no stranger is left."""
        while self.since:
            self._engine.sleep(LOOK)
            late = time.monotonic() - PATIENCE
            for line in [line for line, since in self.since.items() if since < late]:
                self.since.pop(line, None)
                try:
                    self._engine.disconnect(line)
                except Exception:  # one that cannot be cut never keeps the others
                    log.exception("a stranger's line could not be cut")
        self._watching = False
