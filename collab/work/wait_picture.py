"""The picture of who waits for whom: those who wait in one column, those awaited in the other, lines between them.

Pure: pairs in, coordinates out. No line runs behind a name, since nothing stands between the columns. Heights are in
pixels of the page; across, a line goes from 0 (who waits) to 100 (for whom), so that the picture takes its place whole
and the names keep their size. `mirrored` turns it for those who read from the right.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

LOWEST: Final = 48
"""Height of a box with room for three lines of a name."""
PORT: Final = 26
"""Between two lines that begin or end at the same box."""
GAP: Final = 10
MOST: Final = 12
"""Boxes of a column: more cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody in a column: where their box begins and how high it is."""

    key: Hashable
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line to who is awaited; `circled`: part of a circle. `begin`, `end`: how high it leaves and comes."""

    pair: tuple[Hashable, Hashable]
    path: str
    begin: int
    end: int
    circled: bool


@dataclass(frozen=True, slots=True)
class Picture:
    height: int
    waiting: tuple[Box, ...]
    awaited: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(
    rings: Sequence[Sequence[Hashable]], pairs: Sequence[tuple[Hashable, Hashable]], *, mirrored: bool = False
) -> Picture:
    """Those of the circles first, each above whom they wait for, then the ends of the other pairs, in their order."""
    circled = [step for ring in rings for step in zip(ring, (*ring[1:], *ring[:1]), strict=True)]
    left: dict[Hashable, None] = {}
    right: dict[Hashable, None] = {}
    drawn: dict[tuple[Hashable, Hashable], None] = {}
    for pair in dict.fromkeys([*circled, *pairs]):
        if len({*left, pair[0]}) <= MOST and len({*right, pair[1]}) <= MOST:
            left[pair[0]] = right[pair[1]] = drawn[pair] = None
    place = {key: at for at, key in enumerate(left)}
    # Whoever is awaited stands at the middle of those who wait for them: few lines cross.
    middle = {key: _mean([place[one] for one, other in drawn if other == key]) for key in right}
    begins, ends = defaultdict(list), defaultdict(list)
    for pair in sorted(drawn, key=lambda pair: (middle[pair[1]], place[pair[0]])):
        begins[pair[0]].append(pair)
    for pair in sorted(drawn, key=lambda pair: place[pair[0]]):
        ends[pair[1]].append(pair)
    columns = [list(left), sorted(right, key=middle.__getitem__)]
    heights = [
        [max(LOWEST, PORT * len(of[key])) for key in column]
        for column, of in zip(columns, (begins, ends), strict=True)
    ]  # fmt: skip
    sums = [sum(column) + GAP * max(0, len(column) - 1) for column in heights]
    waiting, awaited = (
        _stacked(column, high, (max(sums) - one) // 2) for column, high, one in zip(columns, heights, sums, strict=True)
    )
    leave = {pair: at for box in waiting for pair, at in _ports(box, begins[box.key])}
    come = {pair: at for box in awaited for pair, at in _ports(box, ends[box.key])}
    ring = set(circled)
    arrows = [
        Arrow(pair, _curve(leave[pair], come[pair], mirrored), leave[pair], come[pair], pair in ring)
        for pair in sorted(drawn, key=ring.__contains__)
    ]
    return Picture(max(sums, default=0), waiting, awaited, tuple(arrows))


def _mean(places: list[int]) -> float:
    return sum(places) / len(places)


def _stacked(keys: list[Hashable], heights: list[int], top: int) -> tuple[Box, ...]:
    boxes = []
    for key, height in zip(keys, heights, strict=True):
        boxes.append(Box(key, top, height))
        top += height + GAP
    return tuple(boxes)


def _ports(box: Box, pairs: list[tuple[Hashable, Hashable]]) -> list[tuple[tuple[Hashable, Hashable], int]]:
    """Where the lines of a box begin or end: spread over its height, each at a place of its own."""
    step = box.height / len(pairs)
    return [(pair, round(box.top + step * (at + 0.5))) for at, pair in enumerate(pairs)]


def _curve(begin: int, end: int, mirrored: bool) -> str:
    one, other = (100, 0) if mirrored else (0, 100)
    return f"M{one} {begin}C50 {begin} 50 {end} {other} {end}"
