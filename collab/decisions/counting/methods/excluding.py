"""Who goes out next: one at a time, and among equals as the rule says."""

from typing import NamedTuple

from ..exact import Number
from ..ladder import Groups, History, Ladder
from ..result import Tie


class Excluded(NamedTuple):
    """`option`: who goes, None where people must decide; `ties`: the tie that was met, if any."""

    option: int | None
    ties: tuple[Tie, ...]


def lowest(
    votes: list[Number], running: set[int], ladder: Ladder, history: History, round_: int, *, bulk: bool, seats: int = 1
) -> Excluded:
    """The one of `running` with fewest votes.

    Where nothing tells equals apart, it is asked whether the order matters: those without a vote have nothing to pass
    on; and (`bulk`, in a run-off) those who together have fewer votes than the next all go out whoever goes first.
    """
    least = min(votes[one] for one in running)
    tied = [one for one in sorted(running) if votes[one] == least]
    if len(tied) == 1:
        return Excluded(tied[0], ())
    names = ladder.ballots.options
    settled = ladder.settle(tied, _one_last, steps=ladder.rule.elimination_ties, history=history)
    between = tuple(names[one] for one in tied)
    order = tuple(tuple(names[one] for one in group) for group in settled.groups)
    last = settled.groups[-1]
    if len(last) == 1:
        return Excluded(last[0], (Tie(between, "exclusion", round_, settled.broken, order),))
    others = [votes[one] for one in running if votes[one] > least]
    nothing = least == 0 and len(running) - len(tied) >= seats
    behind = bulk and bool(others) and least * len(tied) < min(others)
    if nothing or behind:
        first = min(last, key=names.__getitem__)
        return Excluded(first, (Tie(between, "exclusion", round_, settled.broken, order, why="same-either-way"),))
    return Excluded(None, (Tie(between, "exclusion", round_, settled.broken, order, open=True, why=settled.why),))


def _one_last(groups: Groups) -> bool:
    return len(groups[-1]) == 1
