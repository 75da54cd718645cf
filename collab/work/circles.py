"""Circles of waiting: who waits for somebody who, in the end, waits for them. Pure: edges in, circles out.

Strongly connected components after R. Tarjan, Depth-first search and linear graph algorithms (SIAM J. Comput. 1, 1972),
without recursion, so that no organisation is too deep for it.
"""

from collections import deque
from collections.abc import Collection, Container, Hashable, Iterable, Mapping
from typing import Final, TypeVar

N = TypeVar("N", bound=Hashable)

MOST: Final = 12
"""Circles that are told; those with fewest members first."""
FEW: Final = 20


def components(edges: Mapping[N, Iterable[N]]) -> list[list[N]]:
    """The groups within which everybody waits, directly or through others, for everybody else. Every node is in
    exactly one; whoever waits in no circle is alone. Linear in nodes and edges."""
    after = {node: list(others) for node, others in edges.items()}
    for others in list(after.values()):
        for other in others:
            after.setdefault(other, [])
    number: dict[N, int] = {}
    low: dict[N, int] = {}
    open_ones: list[N] = []
    waiting: set[N] = set()
    found: list[list[N]] = []
    for start in after:
        if start in number:
            continue
        walk = [(start, iter(after[start]))]
        number[start] = low[start] = len(number)
        open_ones.append(start)
        waiting.add(start)
        while walk:
            node, rest = walk[-1]
            step = next(rest, None)
            if step is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == number[node]:
                    group: list[N] = []
                    while not group or group[-1] != node:
                        group.append(open_ones.pop())
                        waiting.discard(group[-1])
                    found.append(group)
            elif step not in number:
                number[step] = low[step] = len(number)
                open_ones.append(step)
                waiting.add(step)
                walk.append((step, iter(after[step])))
            elif step in waiting:
                low[node] = min(low[node], number[step])
    return found


def circles(
    edges: Mapping[N, Collection[N]], most: int = MOST, through: Container[N] | None = None
) -> list[tuple[N, ...]]:
    """For everybody who waits in a circle a shortest one through them, each circle once, the shortest first.

    `(a, b, c)`: a waits for b, b for c, c for a. Whoever waits for themselves alone makes no circle. `through`: only
    circles through one of these are looked for.
    """
    found: dict[tuple[N, ...], None] = {}
    alone = []
    for node in edges:
        if through is None or node in through:
            pair = _pair(edges, node)
            if pair is not None:
                found[_turned(pair)] = None
            else:
                alone.append(node)
    # Those between two are the shortest and are told in this order: none of the others would be among them.
    if len(found) >= most:
        return list(found)[:most]
    # To know who stands together at all costs as much as looking round from some of them.
    together = _together(edges) if len(alone) > FEW else dict.fromkeys(alone, edges.keys())
    for node in alone:
        way = _shortest(edges, together.get(node, ()), node)
        if way is not None:
            found[_turned(way)] = None
    return sorted(found, key=len)[:most]


def _together(edges: Mapping[N, Iterable[N]]) -> dict[N, Container[N]]:
    """Those who wait in circles, each with everybody who stands in them together with them."""
    groups = (set(group) for group in components(edges) if len(group) > 1)
    return {node: group for group in groups for node in group}


def _pair(edges: Mapping[N, Collection[N]], node: N) -> tuple[N, ...] | None:
    """Two who wait for each other: no circle is shorter, so nothing need be searched."""
    return next(((node, other) for other in edges[node] if other != node and node in edges.get(other, ())), None)


def _shortest(edges: Mapping[N, Iterable[N]], inside: Container[N], start: N) -> tuple[N, ...] | None:
    """A shortest way from `start` back to it through those `inside`; None where none leads back."""
    came: dict[N, N] = {}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for step in edges.get(node, ()):
            if step == node:
                continue
            if step == start:
                way = [node]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            if step in inside and step not in came:
                came[step] = node
                waiting.append(step)
    return None


def _turned(circle: tuple[N, ...]) -> tuple[N, ...]:
    """The same circle, begun at the member that is least: so it is known again wherever it was entered."""
    first = min(range(len(circle)), key=lambda place: repr(circle[place]))
    return circle[first:] + circle[:first]
