"""Who goes out next: one at a time, and among equals as the rule says."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from ..exact import Number
from ..ladder import Groups, History, Ladder
from ..result import Tie


class Excluded(NamedTuple):
    """`option`: who goes, None where people must decide; `ties`: the tie that was met, if any; `all_go`: where nothing
    told equals apart, those who all go out one after the other, whoever of them is first."""

    option: int | None
    ties: tuple[Tie, ...]
    all_go: frozenset[int] = frozenset()


def lowest(
    votes: list[Number],
    running: set[int],
    ladder: Ladder,
    history: History,
    round_: int,
    *,
    bulk: bool,
    seats: int = 1,
    going: frozenset[int] = frozenset(),
    either: Callable[[list[int]], int | None] = lambda _last: None,
) -> Excluded:
    """The one of `running` with fewest votes.

    Where nothing tells equals apart, it is asked whether the order matters, before the chair is: those without a vote
    have nothing to pass on; (`bulk`, in a run-off) those who together have fewer votes than the next all go out whoever
    goes first, as do those `going` since an earlier tie; and `either` may know who of them goes because it is the same
    whoever does.
    """
    least = min(votes[one] for one in running)
    tied = [one for one in sorted(running) if votes[one] == least]
    if len(tied) == 1:
        return Excluded(tied[0], ())
    names = ladder.ballots.options
    others = [votes[one] for one in running if votes[one] > least]
    nothing = least == 0 and len(running) - len(tied) >= seats
    behind = bulk and bool(others) and least * len(tied) < min(others)
    all_go = going if going.issuperset(tied) else frozenset(tied if nothing or behind else ())
    first: int | None = None

    def same(groups: Groups) -> bool:
        nonlocal first
        first = min(groups[-1], key=names.__getitem__) if all_go else either(groups[-1])
        return first is not None

    settled = ladder.settle(tied, _one_last, steps=ladder.rule.elimination_ties, history=history, spare=same)
    between = tuple(names[one] for one in tied)
    order = tuple(tuple(names[one] for one in group) for group in settled.groups)
    last = settled.groups[-1]
    if len(last) == 1:
        return Excluded(last[0], (Tie(between, "exclusion", round_, settled.broken, order),))
    if first is not None or (settled.why != "awaits-chair" and same(settled.groups)):
        tie = Tie(between, "exclusion", round_, settled.broken, order, why="same-either-way")
        # With a card of version 1 such equals stood apart all the same, and the rounds between them counted.
        return Excluded(first, (tie,), all_go if ladder.rule.version > 1 else frozenset())
    return Excluded(None, (Tie(between, "exclusion", round_, settled.broken, order, open=True, why=settled.why),))


def went(out: list[list[int]], option: int, beside: Collection[int]) -> None:
    """Put `option` behind those who are `out`, or with the last of them where both are of those that nothing tells
    apart."""
    if out and option in beside and out[-1][-1] in beside:
        out[-1].append(option)
    else:
        out.append([option])


def layers(out: list[list[int]], spared: Collection[int] = ()) -> tuple[tuple[int, ...], ...]:
    """Those who are `out`, best first: the last; with these stand who were `spared` because the count ended before."""
    found = [*out[:-1], [*out[-1], *spared]] if spared else out
    return tuple(tuple(sorted(beside)) for beside in reversed(found))


def _one_last(groups: Groups) -> bool:
    return len(groups[-1]) == 1
