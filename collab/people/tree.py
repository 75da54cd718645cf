"""The dated tree: under which unit each unit stood, when. Pure rules over edges; every period is half-open.

An edge holds from `since` to the day before `until` (None: for good). The edges of one unit never overlap, and on
no day is a unit above itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple


class Edge(NamedTuple):
    """`unit` stands under `parent` (None: at the top) from `since` to the day before `until`."""

    unit: int
    parent: int | None
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def reaches(self, day: date) -> bool:
        """Whether it still holds on `day` or later."""
        return self.until is None or self.until > day


def standing(edges: Iterable[Edge], day: date) -> dict[int, int | None]:
    """Unit → the unit above it on `day`, for every unit that stands in the tree then."""
    return {edge.unit: edge.parent for edge in edges if edge.holds_on(day)}


def moved(edges: Iterable[Edge], unit: int, parent: int | None, since: date, until: date | None) -> list[Edge]:
    """The edges once `unit` stands under `parent` from `since` on; what was planned for it afterwards is dropped."""
    return [*cut(edges, unit, since), Edge(unit, parent, since, until)]


def cut(edges: Iterable[Edge], unit: int, on: date) -> list[Edge]:
    """The edges once `unit` leaves the tree on `on`."""
    kept = []
    for edge in edges:
        if edge.unit != unit or not edge.reaches(on):
            kept.append(edge)
        elif edge.since < on:
            kept.append(edge._replace(until=on))
    return kept


def circle(edges: Iterable[Edge], since: date = date.min) -> tuple[date, list[int]] | None:
    """The first day from `since` on which some unit is above itself, with the units of that circle; None if never.

    The tree changes only on days on which an edge begins or ends, so only those are looked at.
    """
    every = list(edges)
    days = {edge.since for edge in every} | {edge.until for edge in every if edge.until}
    for day in sorted({max(day, since) for day in days} | {since}):
        found = _circle_in(standing(every, day))
        if found:
            return day, found
    return None


def _circle_in(parents: Mapping[int, int | None]) -> list[int]:
    """The units of one circle, or none. Each unit is walked over once."""
    cleared: set[int] = set()
    for start in parents:
        path: list[int] = []
        seen: set[int] = set()
        unit: int | None = start
        while unit is not None and unit not in cleared:
            if unit in seen:
                return path[path.index(unit) :]
            seen.add(unit)
            path.append(unit)
            unit = parents.get(unit)
        cleared |= seen
    return []


def uncovered(edges: Iterable[Edge], open_periods: Mapping[int, tuple[date, date | None]]) -> list[tuple[Edge, date]]:
    """Edges whose parent is not open all the time they hold, with the first day on which it is not.

    `open_periods`: unit → the days it is open, half-open.
    """
    found = []
    for edge in edges:
        if edge.parent is None:
            continue
        begins, ends = open_periods[edge.parent]
        if edge.since < begins:
            found.append((edge, edge.since))
        elif ends is not None and (edge.until is None or edge.until > ends):
            found.append((edge, max(ends, edge.since)))
    return found


def below(parents: Mapping[int, int | None], top: int) -> set[int]:
    """`top` and every unit under it."""
    children: dict[int, list[int]] = defaultdict(list)
    for unit, parent in parents.items():
        if parent is not None:
            children[parent].append(unit)
    found, waiting = {top}, [top]
    while waiting:
        for child in children[waiting.pop()]:
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found
