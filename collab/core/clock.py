"""The only source of time. Tests set it; nothing else in Collab asks the machine what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_fixed: datetime | None = None


def now() -> datetime:
    """The present instant, in UTC."""
    return _fixed or datetime.now(UTC)


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
