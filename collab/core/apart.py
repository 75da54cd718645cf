"""Work that would hold up everybody else's requests, done in a thread beside the event loop."""

import sys
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


def beside_the_loop(work: Callable[[], R]) -> R:
    """The result of `work`, which must not touch the database; other requests go on meanwhile."""
    if not _under_gevent():
        return work()
    import gevent

    done: R = gevent.get_hub().threadpool.apply(work)
    return done


def _under_gevent() -> bool:
    if "gevent.monkey" not in sys.modules:
        return False
    from gevent import monkey

    return bool(monkey.is_module_patched("socket"))
