"""The only source of time. Tests set it; nothing else in Collab asks the machine what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

_fixed: datetime | None = None


def now() -> datetime:
    """The present instant, in UTC."""
    return _fixed or datetime.now(UTC)


def of_database(session: Any) -> datetime:
    """The present instant as the database tells it: one clock for all processes, where a millisecond decides. Asked
    under a lock it says when the lock was had, not when the transaction began."""
    told: datetime = _fixed or session.scalar(select(func.clock_timestamp()))
    return told


def as_told(instant: datetime) -> datetime:
    """The same where another statement has said it along, as its `clock_timestamp()`."""
    return _fixed or instant


def today(time_zone: str) -> date:
    """The calendar day it is now in `time_zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(time_zone)).date()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Hold the clock at `instant` (aware) inside the block. For tests and for replaying the past."""
    global _fixed
    if instant.tzinfo is None:
        raise ValueError("the clock is set to an aware instant")
    before, _fixed = _fixed, instant.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
