"""What was needed for a while is forgotten after it: rows of a table that are over, the oldest first.

Each batch is a transaction of its own and a sweep ends after a moment, since it runs in the teller; what is left goes
the next time. Each kind has an index on the instant since when it is over.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, inspect, select, tuple_

from . import clock
from .actor import SYSTEM
from .envelope import envelope
from .idempotency import IdempotencyKey

BATCH: Final = 500
LONGEST: Final = 2.0
"""Seconds in one go, so that telling what happened is not held up."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Rows of `model` that are forgotten when `over`, an instant, is longer ago than `kept`."""

    model: Any
    over: Any
    kept: timedelta


KEYS: Final = Passing(IdempotencyKey, IdempotencyKey.at, timedelta(days=1))


def forget(kinds: Iterable[Passing]) -> None:
    """Forget what is over, as far as one goes at a time."""
    begun = time.monotonic()
    for kind in kinds:
        while _forget_some(kind) == BATCH:
            if time.monotonic() - begun > LONGEST:
                return


def _forget_some(kind: Passing) -> int:
    key = tuple_(*inspect(kind.model).primary_key)
    old = select(*inspect(kind.model).primary_key).where(kind.over < clock.now() - kind.kept)
    old = old.order_by(kind.over).limit(BATCH).with_for_update(skip_locked=True)
    with envelope(SYSTEM) as current:
        gone = delete(kind.model).where(key.in_(old)).execution_options(synchronize_session=False)
        return int(current.session.execute(gone).rowcount)  # type: ignore[attr-defined]


def sweep() -> None:
    """Every so often: which requests were carried out so long ago that nobody repeats them?"""
    forget([KEYS])
