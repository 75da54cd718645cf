"""The picture of who waits for whom: places on a ring and arrows between them. Pure: pairs in, coordinates out.

Coordinates are those of a picture read from left to right; `mirrored` turns it for those who read from the right.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640.0
BOX: Final = (112.0, 30.0)
MOST: Final = 14
"""Boxes that are drawn: more cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Box:
    """Somebody: the middle of their box."""

    key: Hashable
    x: float
    y: float
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curve from a box to the box awaited; `circled`: part of a circle. `x`, `y`: where its number stands."""

    pair: tuple[Hashable, Hashable]
    path: str
    x: float
    y: float
    circled: bool


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(
    rings: Sequence[Sequence[Hashable]],
    pairs: Sequence[tuple[Hashable, Hashable]],
    *,
    mirrored: bool = False,
) -> Picture:
    """Those of the circles first, each next to whom they wait for, then the ends of the other pairs, in their order."""
    circled = {step for ring in rings for step in zip(ring, (*ring[1:], *ring[:1]), strict=True)}
    order: dict[Hashable, None] = dict.fromkeys(node for ring in rings for node in ring)
    for pair in pairs:
        if len({*order, *pair}) <= MOST:
            order.update(dict.fromkeys(pair))
    nodes = list(order)[:MOST]
    height = 120.0 if len(nodes) <= 2 else 240.0 if len(nodes) <= 6 else 340.0
    boxes = {node: _box(node, place, len(nodes), height, mirrored) for place, node in enumerate(nodes)}
    drawn = dict.fromkeys([*circled, *pairs])
    arrows = [
        _arrow(pair, boxes, pair in circled, (pair[1], pair[0]) in drawn)
        for pair in drawn
        if pair[0] in boxes and pair[1] in boxes
    ]
    return Picture(WIDTH, height, tuple(boxes.values()), tuple(arrows))


def _box(node: Hashable, place: int, many: int, height: float, mirrored: bool) -> Box:
    turn = math.pi if many <= 2 else -math.pi / 2
    angle = turn + 2 * math.pi * place / max(1, many)
    x = WIDTH / 2 + (WIDTH / 2 - BOX[0] / 2 - 8) * math.cos(angle)
    y = height / 2 + (height / 2 - BOX[1] / 2 - 12) * math.sin(angle)
    x = WIDTH - x if mirrored else x
    return Box(node, round(x, 1), round(y, 1), round(x - BOX[0] / 2, 1), round(y - BOX[1] / 2, 1))


def _arrow(pair: tuple[Hashable, Hashable], boxes: dict[Hashable, Box], circled: bool, both: bool) -> Arrow:
    """From the edge of one box to that of the other, bent so that two arrows between the same boxes lie apart."""
    one, other = boxes[pair[0]], boxes[pair[1]]
    bend = 0.16 if both or circled else 0.06
    mx = (one.x + other.x) / 2 + (other.y - one.y) * bend
    my = (one.y + other.y) / 2 - (other.x - one.x) * bend
    sx, sy = _edge_of(one, mx, my, 2)
    ex, ey = _edge_of(other, mx, my, 5)
    x, y = 0.25 * sx + 0.5 * mx + 0.25 * ex, 0.25 * sy + 0.5 * my + 0.25 * ey
    path = f"M{sx:.1f} {sy:.1f}Q{mx:.1f} {my:.1f} {ex:.1f} {ey:.1f}"
    return Arrow(pair, path, round(x, 1), round(y, 1), circled)


def _edge_of(box: Box, x: float, y: float, gap: float) -> tuple[float, float]:
    """Where the line from the middle of a box to a point leaves it, and `gap` beyond."""
    dx, dy = x - box.x, y - box.y
    if not dx and not dy:
        return box.x, box.y
    scale = min((BOX[0] / 2 + gap) / abs(dx) if dx else math.inf, (BOX[1] / 2 + gap) / abs(dy) if dy else math.inf)
    return box.x + dx * scale, box.y + dy * scale
