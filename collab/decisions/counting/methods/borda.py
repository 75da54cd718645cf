"""Borda: points by place, n − 1 for the first of n options down to 0 for the last.

Borda, *Mémoire sur les élections au scrutin* (1781). Equals share the points of their places. Of options left unranked
the rule says: "average", they share the places that are left; "zero", they get nothing; "modified" (Emerson 2007),
the first of k ranked gets k points, the last of them 1, so that short ballots weigh less.
"""

from collections import Counter
from fractions import Fraction

from ..ballots import Ballots
from ..electorate import Electorate
from ..exact import Number
from ..result import Result
from ..rule import Rule
from .most import most
from .pairwise import standing_against_none


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Seats to those with most points."""
    twice = points(rule.borda, ballots)
    exact: list[Number] = [one // 2 if one % 2 == 0 else Fraction(one, 2) for one in twice]
    return most(rule, ballots, electorate, exact, stands=standing_against_none(rule, ballots))


def points(partial: str, ballots: Ballots) -> list[int]:
    """Twice the points of each option, whole numbers."""
    size = len(ballots.options)
    twice = [0] * size
    # Ballots of one length and one number lie together: their first places are then counted at once, and so on.
    alike: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for ranking, n in ballots.strict.items():
        alike.setdefault((n, len(ranking)), []).append(ranking)
    for (n, length), rankings in alike.items():
        top = length if partial == "modified" else size - 1
        rest = n * (size - length - 1) if partial == "average" else 0
        if rest and length:
            every = rest * len(rankings)
            twice = [one + every for one in twice]
        for place, column in enumerate(zip(*rankings, strict=True)):
            worth = 2 * n * (top - place) - rest
            for option, many in Counter(column).items():
                twice[option] += worth * many
    for groups, n in ballots.weak.items():
        _equals(twice, partial, groups, n)
    return twice


def _equals(twice: list[int], partial: str, groups: tuple[tuple[int, ...], ...], n: int) -> None:
    size, length = len(twice), sum(map(len, groups))
    top = length if partial == "modified" else size - 1
    for group in groups:
        # The places top … top − g + 1, shared: their mean is top − (g − 1)/2.
        for option in group:
            twice[option] += n * (2 * top - len(group) + 1)
        top -= len(group)
    if partial == "average" and length < size:
        ranked = {option for group in groups for option in group}
        for option in range(size):
            if option not in ranked:
                twice[option] += n * (size - length - 1)
