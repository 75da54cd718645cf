"""The holder bar: who had the ball for how long, drawn as one line. Pure: intervals in, widths out."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 2.0
"""Per cent of the bar that even a stretch of no working day gets, so that it can be seen and pointed at."""
MOST_SEGMENTS: Final = 14
"""Older stretches beyond these are drawn as one."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time with one holder: `key` tells holders apart; `stopped` while somebody outside is awaited."""

    key: Hashable
    name: str
    days: int
    stopped: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar, in per cent of its length. `look`: held, now, stopped or earlier."""

    name: str
    days: int
    start: float
    width: float
    look: str


@dataclass(frozen=True, slots=True)
class Total:
    """All the time one holder had it, over the whole life of the item."""

    name: str
    days: int
    stopped: bool
    now: bool


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours with the same holder become one."""
    found: list[Stretch] = []
    for one in stretches:
        last = found[-1] if found else None
        if last is not None and (last.key, last.stopped) == (one.key, one.stopped):
            found[-1] = Stretch(one.key, one.name, last.days + one.days, one.stopped, one.now)
        else:
            found.append(one)
    return found


def segments(stretches: Iterable[Stretch], earlier: str) -> list[Segment]:
    """The bar from the beginning to now. Widths follow working days, each at least 2 %, and add up to 100.

    `earlier` names what came before the last fourteen holders.
    """
    parts = merged(stretches)
    if len(parts) > MOST_SEGMENTS:
        old, parts = parts[: -MOST_SEGMENTS + 1], parts[-MOST_SEGMENTS + 1 :]
        parts = [Stretch(("earlier",), earlier, sum(one.days for one in old)), *parts]
    if not parts:
        return []
    found, start = [], 0.0
    for one, width in zip(parts, _widths([one.days for one in parts]), strict=True):
        look = "stopped" if one.stopped else "now" if one.now else "held"
        found.append(Segment(one.name, one.days, round(start, 2), round(width, 2), look))
        start += width
    return found


def totals(stretches: Iterable[Stretch]) -> list[Total]:
    """Days by holder, in the order in which each first had it: the same numbers as words."""
    found: dict[tuple[Hashable, bool], Total] = {}
    for one in stretches:
        known = found.get((one.key, one.stopped))
        days, now = (known.days, known.now) if known else (0, False)
        found[one.key, one.stopped] = Total(one.name, days + one.days, one.stopped, now or one.now)
    return list(found.values())


def _widths(days: Sequence[int]) -> list[float]:
    whole = sum(days)
    if not whole:
        return [100.0 / len(days)] * len(days)
    room = 100.0 - LEAST * len(days)
    return [LEAST + room * each / whole for each in days]
