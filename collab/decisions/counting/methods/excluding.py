"""Who goes out next: one at a time, and among equals as the rule says."""

from collections.abc import Callable
from typing import NamedTuple

from ..exact import Number
from ..ladder import Groups, History, Ladder
from ..result import Tie


class Excluded(NamedTuple):
    """`option`: who goes, None where people must decide; `ties`: the tie that was met, if any."""

    option: int | None
    ties: tuple[Tie, ...]


def lowest(
    votes: list[Number],
    running: set[int],
    ladder: Ladder,
    history: History,
    round_: int,
    *,
    bulk: bool,
    seats: int = 1,
    either: Callable[[list[int]], int | None] = lambda _last: None,
) -> Excluded:
    """The one of `running` with fewest votes.

    Where nothing tells equals apart, it is asked whether the order matters, before the chair is: those without a vote
    have nothing to pass on; (`bulk`, in a run-off) those who together have fewer votes than the next all go out whoever
    goes first; and `either` may know who of them goes because it is the same whoever does.
    """
    least = min(votes[one] for one in running)
    tied = [one for one in sorted(running) if votes[one] == least]
    if len(tied) == 1:
        return Excluded(tied[0], ())
    names = ladder.ballots.options
    others = [votes[one] for one in running if votes[one] > least]
    nothing = least == 0 and len(running) - len(tied) >= seats
    behind = bulk and bool(others) and least * len(tied) < min(others)
    first: int | None = None

    def same(groups: Groups) -> bool:
        nonlocal first
        first = min(groups[-1], key=names.__getitem__) if nothing or behind else either(groups[-1])
        return first is not None

    settled = ladder.settle(tied, _one_last, steps=ladder.rule.elimination_ties, history=history, spare=same)
    between = tuple(names[one] for one in tied)
    order = tuple(tuple(names[one] for one in group) for group in settled.groups)
    last = settled.groups[-1]
    if len(last) == 1:
        return Excluded(last[0], (Tie(between, "exclusion", round_, settled.broken, order),))
    if first is not None or (settled.why != "awaits-chair" and same(settled.groups)):
        return Excluded(first, (Tie(between, "exclusion", round_, settled.broken, order, why="same-either-way"),))
    return Excluded(None, (Tie(between, "exclusion", round_, settled.broken, order, open=True, why=settled.why),))


def _one_last(groups: Groups) -> bool:
    return len(groups[-1]) == 1
