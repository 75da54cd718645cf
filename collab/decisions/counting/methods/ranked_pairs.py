"""Ranked pairs: victories are locked from the strongest on, unless one would close a circle with those before it.

Tideman, *Independence of clones as a criterion for voting rules* (Social Choice and Welfare 4, 1987). Where victories
are equally strong the rule says what happens: "together", none of them is locked that closes a circle with stronger
ones and its equals, which treats all options alike and may leave a tie; "opposition", the one with fewer votes against
goes first, then the same; "lot", in the order of a lot among the options (Zavist and Tideman 1989), recorded where it
made a difference.
"""

from dataclasses import replace

from ..ballots import Ballots
from ..electorate import Electorate
from ..ladder import Ladder
from ..lot import draw
from ..result import Pair, Result, Tie
from ..rule import Rule
from .paired import paired
from .pairwise import able, finely, strengths, table

Victory = tuple[int, int]


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Seats to those who stand first in the locked order; `locked` shows every victory and what became of it."""
    running = able(rule, ballots)
    pairs = table(rule, ballots)
    strong = strengths(rule, pairs)
    classes: dict[int, list[Victory]] = {}
    for a in running:
        for b in running:
            if strong[a][b]:
                classes.setdefault(strong[a][b], []).append((a, b))
    ordered = [classes[strength] for strength in sorted(classes, reverse=True)]
    names = ballots.options
    reach, kept = _together(len(names), ordered)
    ties: tuple[Tie, ...] = ()
    lot: tuple[str, ...] = ()
    if rule.pair_ties == "lot":
        disputed = {
            names[one] for equal in ordered for pair in equal if len(equal) > 1 and pair not in kept for one in pair
        }
        if disputed and ballots.seed is None:
            ties = (Tie(_listed(names, disputed), "pairs", open=True, why="awaits-seed"),)
        elif ballots.seed is not None:
            lot = draw(ballots.seed, names)
            rank = {names.index(name): at for at, name in enumerate(lot)}
            one_by_one = [
                [pair] for equal in ordered for pair in sorted(equal, key=lambda p: (rank[p[0]], -rank[p[1]]))
            ]
            before_the_lot = reach
            reach, kept = _together(len(names), one_by_one)
            if reach != before_the_lot:
                ties = (Tie(_listed(names, disputed), "pairs", broken=("lot",)),)
    before = {a: frozenset(b for b in running if reach[a] >> b & 1) for a in running}
    ladder = Ladder(rule, ballots, electorate)
    fine = finely(rule, pairs)
    shown = tuple(Pair(names[a], names[b], strong[a][b] // fine, (a, b) in kept) for equal in ordered for a, b in equal)
    result = paired(rule, ballots, electorate, before, ladder, locked=shown)
    if any(tie.open for tie in ties):
        return replace(result, ties=ties, outcome="tie", winners=())
    return replace(result, ties=ties + result.ties, lot=lot or result.lot)


def _together(size: int, ordered: list[list[Victory]]) -> tuple[list[int], set[Victory]]:
    """Whom each reaches by locked victories, as bits, and which are locked; equal victories stand or fall alike."""
    reach = [0] * size
    kept: set[Victory] = set()
    for equal in ordered:
        if len(equal) == 1:
            fit = [(a, b) for a, b in equal if not reach[b] >> a & 1]
        else:
            tried = list(reach)
            for a, b in equal:
                _lock(tried, a, b)
            fit = [(a, b) for a, b in equal if not tried[b] >> a & 1]
        for a, b in fit:
            _lock(reach, a, b)
        kept.update(fit)
    return reach, kept


def _lock(reach: list[int], a: int, b: int) -> None:
    gained = reach[b] | 1 << b
    if reach[a] & gained == gained:
        return
    bit = 1 << a
    for one, reached in enumerate(reach):
        if reached & bit:
            reach[one] = reached | gained
    reach[a] |= gained


def _listed(names: tuple[str, ...], chosen: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in chosen)
