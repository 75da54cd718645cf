"""Instant run-off: whoever has fewest first places goes out, and those papers go on, until one has more than half.

Ware (about 1871), after Hare's transferable vote. More than half is reckoned of the papers that still name somebody.
Never are several put out at once; who of equals goes is settled as the rule says, and shown.
"""

from dataclasses import replace
from typing import Final

from ..ballots import Ballots
from ..electorate import Electorate
from ..exact import Number
from ..finishing import finished, named
from ..ladder import Ladder
from ..placing import Placed, by_points, place
from ..result import Result, Round, Tie
from ..rule import Rule
from ..standing import standing
from .excluding import layers, lowest, went
from .pairwise import able
from .papers import Parcel, sent_on, together, whole

WAYS: Final = 64
"""So many ways out of a tie are followed to their ends; where there are more, people must decide."""


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Round by round. A tie for going out that the rule cannot settle ends the count, unless it changes nothing:
    whoever of the equals goes, the same one wins in the end.

    A card of version 1 looked at the rounds between equals too, and had `WAYS` for all ties of a count together."""
    return _count(rule, ballots, electorate, (), [WAYS] if rule.version == 1 else None)


def _count(
    rule: Rule, ballots: Ballots, electorate: Electorate, taken: tuple[int | None, ...], ways: list[int] | None
) -> Result:
    """`taken`: who went out of each tie that nothing told apart, as far as was decided, None where it matters who does;
    `ways`: how many more may be tried; None where each tie has its own."""
    met = 0
    alike: frozenset[int] = frozenset()
    names, split = ballots.options, rule.equal_ranks == "split"
    ladder = Ladder(rule, ballots, electorate)
    standing_for = able(rule, ballots)
    running = set(standing_for)
    total = sum(ballots.strict.values()) + sum(ballots.weak.values())
    votes: list[Number] = [0] * len(names)
    piles: dict[int, list[Parcel]] = {one: [] for one in running}
    rounds: list[Round] = []
    ties: list[Tie] = []
    history: list[dict[int, Number]] = []
    out: list[list[int]] = []
    going: frozenset[int] = frozenset()
    of: tuple[str, ...] = ()
    moving, action = [whole(ballots, 1)], "count"

    def either(last: list[int]) -> int | None:
        nonlocal taken, met, alike
        if alike:
            # Every way from an earlier tie led to one winner, and this is one of them.
            return min(last, key=names.__getitem__)
        if met == len(taken):
            # With what the chair had said until here; what was said of later ties changes nothing about this one.
            until = replace(ballots, casting=ballots.casting[: ladder.heard])
            found = _either_way(rule, until, electorate, taken, last, [WAYS] if ways is None else ways)
            taken = (*taken, found)
            if found is not None and rule.version > 1:
                alike = frozenset(running)
        met += 1
        return taken[met - 1]

    while running:
        for parcel in moving:
            for option, part in sent_on(parcel, running, 1, split=split)[0].items():
                piles[option].append(part)
                votes[option] += part.many
        placed, gone = _decided(votes, running, ladder), None
        if placed is None:
            gone = lowest(votes, running, ladder, history, len(rounds) + 1, bulk=True, going=going, either=either)
            ties.extend(gone.ties)
        exhausted = total - sum(votes)
        elected = tuple(names[one] for one in placed.winners) if placed else ()
        leaving: tuple[str, ...] = (names[gone.option],) if gone and gone.option is not None else ()
        rounds.append(Round(action, named(names, votes), of, elected, leaving, exhausted))
        if placed is not None or gone is None or gone.option is None:
            break
        if not going & running:
            # While equals go out one after the other the totals hang on who was first, which nobody chose.
            history.insert(0, {one: votes[one] for one in running})
        going = gone.all_go or going
        running.discard(gone.option)
        went(out, gone.option, alike or going)
        votes[gone.option] = 0
        moving, action, of = together(piles.pop(gone.option)), "exclude", leaving
    final = _final(placed if running else Placed((), (), ()), votes, running, out, alike or going, ties)
    dropped = [one for one in range(len(names)) if one not in standing_for and names[one] != rule.none]
    return finished(
        rule,
        ladder,
        final,
        behind=([names.index(rule.none)] if rule.none is not None else [], dropped),
        dropped=tuple(names[one] for one in dropped),
        rounds=tuple(rounds),
        sums=standing(rule, ballots, electorate).sums(),
    )


def _either_way(
    rule: Rule,
    ballots: Ballots,
    electorate: Electorate,
    taken: tuple[int | None, ...],
    tied: list[int],
    ways: list[int],
) -> int | None:
    """Who of `tied` goes, the first by name, where the same one wins whoever does; None where it matters."""
    found = set()
    for one in tied:
        ways[0] -= 1
        if ways[0] < 0:
            return None
        result = _count(rule, ballots, electorate, (*taken, one), ways)
        if result.outcome != "decided":
            return None
        found.add(result.winners)
        if len(found) > 1:
            return None
    return min(tied, key=ballots.options.__getitem__)


def _decided(votes: list[Number], running: set[int], ladder: Ladder) -> Placed | None:
    """The winner with more than half, or the last one."""
    total = sum(votes[one] for one in running)
    if len(running) == 1 or any(2 * votes[one] > total for one in running):
        return place(by_points(sorted(running), votes), 1, ladder)
    return None


def _final(
    placed: Placed | None,
    votes: list[Number],
    running: set[int],
    out: list[list[int]],
    beside: frozenset[int],
    ties: list[Tie],
) -> Placed:
    """`beside`: those whom nothing told apart from the last who went out; who of them is still in stands with these."""
    if placed is not None:
        spared = (beside & running).difference(placed.winners)
        kept = (tuple(one for one in group if one not in spared) for group in placed.order)
        return Placed(placed.winners, (*(group for group in kept if group), *layers(out, spared)), tuple(ties))
    # The count stands still at a tie that people must decide.
    still: dict[Number, list[int]] = {}
    for one in sorted(running):
        still.setdefault(votes[one], []).append(one)
    return Placed((), (*(tuple(still[value]) for value in sorted(still, reverse=True)), *layers(out)), tuple(ties))
