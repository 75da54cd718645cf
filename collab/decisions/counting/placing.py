"""From "this one stands before that one" to who takes the seats, with every tie for a seat in the open."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .exact import Number
from .ladder import Groups, History, Ladder
from .result import Tie

Before = Mapping[int, frozenset[int]]
"""For each option those that it stands before: a strict order, in which two may stand beside each other."""


class Placed(NamedTuple):
    """`winners` in order; `order`: winners, then those a tie left open, then the rest; `ties` that mattered."""

    winners: tuple[int, ...]
    order: tuple[tuple[int, ...], ...]
    ties: tuple[Tie, ...]


def by_points(options: Iterable[int], points: Mapping[int, Number] | Sequence[Number]) -> Before:
    """More points stand before fewer."""
    groups: dict[Number, list[int]] = {}
    for one in options:
        groups.setdefault(points[one], []).append(one)
    before: dict[int, frozenset[int]] = {}
    behind: frozenset[int] = frozenset()
    for value in sorted(groups):
        for one in groups[value]:
            before[one] = behind
        behind |= frozenset(groups[value])
    return before


def place(before: Before, seats: int, ladder: Ladder, history: History = ()) -> Placed:
    """Give `seats` to those who stand first; who might or might not have one is settled by the ladder."""
    everyone = len(before)
    behind_how_many = dict.fromkeys(before, 0)
    for one in before:
        for other in before[one]:
            behind_how_many[other] += 1
    # In whatever order the equals are put: they have a seat, or they never do.
    sure = {one for one in before if everyone - 1 - len(before[one]) < seats}
    contested = [one for one in before if one not in sure and behind_how_many[one] < seats]
    left = min(seats, everyone) - len(sure)
    if left <= 0 or not contested:
        return _placed(before, sure, [], ())
    settled = ladder.settle(contested, lambda groups: _taken(before, groups, left)[1] == 0, history=history)
    taken, open_seats = _taken(before, settled.groups, left)
    names = ladder.ballots.options
    tie = Tie(
        between=tuple(names[one] for one in contested),
        step="seat",
        broken=settled.broken,
        order=tuple(tuple(names[one] for one in group) for group in settled.groups),
        open=open_seats > 0,
        why=settled.why if open_seats else "",
    )
    winners = sure | set(taken)
    return _placed(before, winners, [one for one in contested if one not in winners] if open_seats else [], (tie,))


def _taken(before: Before, groups: Groups, seats: int) -> tuple[list[int], int]:
    """Who of the contested takes a seat when the groups of the ladder stand in this order; seats still disputed."""
    rank = {one: at for at, group in enumerate(groups) for one in group}
    left = set(rank)
    taken: list[int] = []
    while left and len(taken) < seats:
        first = [one for one in left if not any(one in before[other] for other in left)]
        best = min(rank[one] for one in first)
        foremost = [one for one in first if rank[one] == best]
        equal = sum(rank[one] == best for one in left)
        # One alone goes first in any case; of several, some might give way to an equal that stands behind another.
        if equal > seats - len(taken) and len(foremost) > 1:
            return taken, seats - len(taken)
        taken.extend(foremost)
        left -= set(foremost)
    return taken, 0


def _placed(before: Before, winners: set[int], disputed: list[int], ties: tuple[Tie, ...]) -> Placed:
    rest = [one for one in before if one not in winners and one not in disputed]
    order = [
        *_layers(before, [one for one in before if one in winners]),
        *([tuple(disputed)] if disputed else []),
        *_layers(before, rest),
    ]
    return Placed(tuple(one for group in order for one in group if one in winners), tuple(order), ties)


def _layers(before: Before, options: list[int]) -> list[tuple[int, ...]]:
    """Those with nobody before them, then those with nobody before them among the rest, and so on."""
    left = set(options)
    waiting = dict.fromkeys(options, 0)
    for one in options:
        for other in before[one] & left:
            waiting[other] += 1
    layers = []
    while left:
        layer = tuple(one for one in options if one in left and not waiting[one])
        layers.append(layer)
        left.difference_update(layer)
        for one in layer:
            for other in before[one]:
                if other in left:
                    waiting[other] -= 1
    return layers
