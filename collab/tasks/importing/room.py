"""The references of items that are brought in: a stretch of the series of each unit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from collab.work.numbers import next_references

from .wanted import WorkWanted


class Room(NamedTuple):
    """So many references of a series from `first` on."""

    series: int
    first: int
    prefix: str
    size: int


def take_room(new: Sequence[WorkWanted]) -> dict[int, Room]:
    """The room that these items need, by unit. Series are locked in one order: no two imports block each other."""
    counts = Counter(one.unit for one in new)
    return {unit: Room(*next_references(unit, counts[unit]), counts[unit]) for unit in sorted(counts)}


def room_for(new: Sequence[WorkWanted], kept: Mapping[int, Room]) -> dict[int, Room]:
    """What was kept, where it is enough for what is brought in now; the rest is taken."""
    counts = Counter(one.unit for one in new)
    enough = {unit: kept[unit] for unit, count in counts.items() if unit in kept and kept[unit].size >= count}
    return enough | take_room([one for one in new if one.unit not in enough])
