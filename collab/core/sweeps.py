"""What time itself sets off: each sweep runs every so often, in the teller, and finds its work by an index."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """A function to run every `seconds`; it must find little to do when there is little to do.

    One that ended after a moment with something left gives True, and is due again in the next round.
    """

    name: str
    seconds: float
    run: Callable[[], bool | None]


SWEEPS: list[Sweep] = []
_last: dict[str, float] = {}


def add(sweep: Sweep) -> None:
    if all(known.name != sweep.name for known in SWEEPS):
        SWEEPS.append(sweep)


def due_sweeps(sweeps: list[Sweep]) -> bool:
    """Run the sweeps whose time has come; True when one of them is due again at once.

    One that fails is logged and does not hold back the others.
    """
    again = False
    for sweep in sweeps:
        if time.monotonic() - _last.get(sweep.name, -1e9) < sweep.seconds:
            continue
        _last[sweep.name] = time.monotonic()
        try:
            if sweep.run():
                del _last[sweep.name]
                again = True
        except Exception:
            log.exception("sweep %s failed", sweep.name)
    return again
