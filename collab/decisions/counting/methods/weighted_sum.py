"""Weighing by criteria: each score stands between the declared worst, 0, and best, 1; weighted and summed.

The weighted sum of Keeney and Raiffa, *Decisions with Multiple Objectives* (1976), with anchors fixed before anybody
scores, so that adding or removing an option cannot turn two others around. Weights are said outright, or come from
comparisons of criteria (AHP, see `ahp.py`).
"""

from fractions import Fraction

from ..ahp import weigh
from ..ballots import Ballots
from ..criterion import Criterion
from ..electorate import Electorate
from ..gathering import Score
from ..refusals import N_, BadBallots
from ..result import Result
from ..rule import Rule
from .most import most


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Seats to those with the greatest sum, between 0 and 1; `shares` says what each criterion brought."""
    worths, names = means(rule, ballots), ballots.options
    weights = weights_of(rule)
    sums = [
        sum((w * row[one] for w, row in zip(weights, worths, strict=True)), Fraction(0)) for one in range(len(names))
    ]
    shares = {
        criterion.name: {name: weight * value for name, value in zip(names, row, strict=True)}
        for criterion, weight, row in zip(rule.criteria, weights, worths, strict=True)
    }
    return most(rule, ballots, electorate, sums, shares=shares)


def weights_of(rule: Rule) -> tuple[Fraction, ...]:
    """The share of each criterion; they sum to 1."""
    if rule.method == "ahp":
        return weigh(rule.comparisons).weights
    whole = sum(criterion.weight for criterion in rule.criteria)
    return tuple(criterion.weight / whole for criterion in rule.criteria)


def means(rule: Rule, ballots: Ballots) -> list[list[Fraction]]:
    """For each criterion the mean worth of each option, missing scores being worst, or left out as no opinion."""
    size = len(ballots.options)
    sums = [[Fraction(0)] * size for _ in rule.criteria]
    givers = [[0] * size for _ in rule.criteria]
    for at, (sheet, n) in enumerate(ballots.scores.items(), start=1):
        if len(sheet) != len(rule.criteria):
            raise BadBallots("scores", N_("A sheet has one row of scores for each criterion"), at)
        for criterion, row, total, many in zip(rule.criteria, sheet, sums, givers, strict=True):
            for option, score in enumerate(row):
                if score is not None:
                    total[option] += n * criterion.worth(_within(criterion, score, at))
                if score is not None or rule.unranked == "below":
                    many[option] += n
    return [
        [value / number if number else Fraction(0) for value, number in zip(total, many, strict=True)]
        for total, many in zip(sums, givers, strict=True)
    ]


def _within(criterion: Criterion, score: Score, at: int) -> Fraction:
    if score is None or not criterion.low <= score <= criterion.high:
        why = N_("A score of “%(name)s” lies between %(low)s and %(high)s")
        raise BadBallots("scores", why, at, name=criterion.name, low=criterion.low, high=criterion.high)
    return Fraction(score)
