"""Participatory budget: by votes from the top, each proposal that still fits into the money that is left.

The greedy rule of most Polish and Greek towns (Rey and Maly, *The (Computational) Social Choice Take on Indivisible
Participatory Budgeting*, 2023, section 3). A proposal too dear for what is left is passed over, not the end; what
nobody votes for is not paid for, whatever is left.
"""

from ..ballots import Ballots
from ..electorate import Electorate
from ..exact import Number
from ..finishing import finished, named
from ..ladder import Groups, Ladder
from ..placing import Placed
from ..refusals import N_, BadBallots
from ..result import Result, Round, Tie
from ..rule import Rule
from ..standing import standing
from .approval import approvals


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Votes are approvals, or the sum of points. Equals of which all or none fit are no tie that matters."""
    if not ballots.costs:
        raise BadBallots("costs", N_("Every option has one cost"))
    votes = approvals(ballots) if ballots.approvals else _points(ballots)
    ladder = Ladder(rule, ballots, electorate)
    left: Number = rule.budget if rule.budget is not None else 0
    taken: list[int] = []
    passed: list[int] = []
    rounds: list[Round] = []
    ties: list[Tie] = []
    names, costs = ballots.options, ballots.costs
    disputed: list[int] = []
    for value in sorted(set(votes), reverse=True):
        equal = [one for one, has in enumerate(votes) if has == value]
        fitting = [one for one in equal if value > 0 and costs[one] <= left]
        if sum(costs[one] for one in fitting) > left:
            tie, groups = _settled(fitting, ladder)
            ties.append(tie)
            if tie.open:
                disputed = [*fitting]
                break
            equal = [one for group in groups for one in group] + [one for one in equal if one not in fitting]
        for one in equal:
            fits = one in fitting and costs[one] <= left
            (taken if fits else passed).append(one)
            left -= costs[one] if fits else 0
            rounds.append(_round(names, votes, one, fits, left))
    rest = [one for one in range(len(names)) if one not in taken and one not in disputed]
    rest.sort(key=lambda one: -votes[one])
    order = [*((one,) for one in taken), *([tuple(disputed)] if disputed else []), *((one,) for one in rest)]
    return finished(
        rule,
        ladder,
        Placed(tuple(taken), tuple(order), tuple(ties)),
        rounds=tuple(rounds),
        scores=dict(named(names, votes)),
        sums=standing(rule, ballots, electorate).sums() | {"budget": rule.budget or 0, "left": left},
    )


def _points(ballots: Ballots) -> list[Number]:
    votes: list[Number] = [0] * len(ballots.options)
    for sheet, n in ballots.scores.items():
        for option, score in enumerate(sheet[0]):
            votes[option] += n * (score or 0)
    return votes


def _settled(tied: list[int], ladder: Ladder) -> tuple[Tie, Groups]:
    settled = ladder.settle(tied, lambda groups: all(len(group) == 1 for group in groups))
    names = ladder.ballots.options
    open_ = any(len(group) > 1 for group in settled.groups)
    order = tuple(tuple(names[one] for one in group) for group in settled.groups)
    between = tuple(names[one] for one in tied)
    return Tie(between, "money", 0, settled.broken, order, open_, settled.why if open_ else ""), settled.groups


def _round(names: tuple[str, ...], votes: list[Number] | list[int], one: int, fits: bool, left: Number) -> Round:
    name = (names[one],)
    return Round("take" if fits else "pass-over", ((names[one], votes[one]),), name, name if fits else (), (), left)
