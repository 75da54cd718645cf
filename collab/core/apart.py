"""What has to be done differently where gevent lets many work in one thread.

Work that would hold up everybody else's requests is done in a thread beside the event loop; a signal that ends what is
being done ends it also while it waits.
"""

import sys
from collections.abc import Callable
from typing import TypeVar, cast

R = TypeVar("R")


def beside_the_loop(work: Callable[[], R]) -> R:
    """The result of `work`, which must not touch the database; other requests go on meanwhile."""
    if not under_gevent():
        return work()
    import gevent

    done, error = gevent.get_hub().threadpool.apply(_held, (work,))
    if error is not None:
        raise error
    return cast(R, done)


def _held(work: Callable[[], R]) -> tuple[R | None, Exception | None]:
    """What comes of it, or what it raised: gevent would print that in the log, though whoever asked is told."""
    try:
        return work(), None
    except Exception as error:
        return None, error


def interrupting(handle: Callable[[], None]) -> None:
    """Do what a signal asks for; what it raises is raised in the work of this thread.

    While that waits, the signal finds the event loop at work, where nobody hears what is raised and nothing may wait.
    """
    if not under_gevent():
        handle()
        return
    import gevent

    hub = gevent.get_hub()
    if gevent.getcurrent() is not hub:
        handle()
        return

    def apart() -> None:
        try:
            handle()
        except BaseException as error:
            hub.loop.run_callback(hub.parent.throw, error)

    gevent.spawn(apart)


def under_gevent() -> bool:
    """Whether sockets of this process are gevent's."""
    if "gevent.monkey" not in sys.modules:
        return False
    from gevent import monkey

    return bool(monkey.is_module_patched("socket"))
