"""Scores within a scale, and dots to spread: the most points win."""

from fractions import Fraction

from ..ballots import Ballots
from ..electorate import Electorate
from ..exact import Number
from ..gathering import Score
from ..refusals import N_, BadBallots
from ..result import Result
from ..rule import Rule
from .most import most


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Score voting: sums, a missing score being the lowest; or, where missing is no opinion, means of those given."""
    means = rule.unranked == "no-opinion"
    sums: list[Number] = [0] * len(ballots.options)
    givers = [0] * len(ballots.options)
    for at, (sheet, n) in enumerate(ballots.scores.items(), start=1):
        for option, score in enumerate(_row(sheet, at)):
            if score is None:
                sums[option] += 0 if means else n * rule.low
            elif rule.low <= score <= rule.high:
                sums[option] += n * score
                givers[option] += n
            else:
                why = N_("A score lies between %(low)s and %(high)s")
                raise BadBallots("scores", why, at, low=rule.low, high=rule.high)
    if means:
        sums = [
            Fraction(whole) / many if many else Fraction(rule.low) for whole, many in zip(sums, givers, strict=True)
        ]
    return most(rule, ballots, electorate, sums)


def dots(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Dot voting (cumulative): each spreads at most the rule's dots, as many on one option as they like."""
    sums: list[Number] = [0] * len(ballots.options)
    for at, (sheet, n) in enumerate(ballots.scores.items(), start=1):
        given = [score or 0 for score in _row(sheet, at)]
        if any(type(one) is not int or one < 0 for one in given):
            raise BadBallots("scores", N_("Dots are whole numbers from 0"), at)
        if rule.dots is not None and sum(given) > rule.dots:
            raise BadBallots("scores", N_("A person gives at most %(dots)s dots"), at, dots=rule.dots)
        for option, one in enumerate(given):
            sums[option] += n * one
    return most(rule, ballots, electorate, sums)


def _row(sheet: tuple[tuple[Score, ...], ...], at: int) -> tuple[Score, ...]:
    if len(sheet) != 1:
        raise BadBallots("scores", N_("Without criteria there is one row of scores a voter"), at)
    return sheet[0]
