"""Copeland: a point for every other option that one beats, half a point for every one it is level with.

Copeland (1951), after Llull (1299). An option that beats all others, where there is one, always wins.
"""

from fractions import Fraction

from ..ballots import Ballots
from ..electorate import Electorate
from ..exact import Number
from ..ladder import Ladder
from ..placing import by_points
from ..result import Result
from ..rule import Rule
from .paired import paired
from .pairwise import able, table


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Seats to those with most points."""
    pairs, running = table(rule, ballots), able(rule, ballots)
    scores: dict[int, Number] = {}
    for one in running:
        against = [(pairs[one][other], pairs[other][one]) for other in running if other != one]
        twice = sum(2 * (mine > theirs) + (mine == theirs) for mine, theirs in against)
        scores[one] = twice // 2 if twice % 2 == 0 else Fraction(twice, 2)
    named = {ballots.options[one]: score for one, score in scores.items()}
    ladder = Ladder(rule, ballots, electorate)
    return paired(rule, ballots, electorate, by_points(running, scores), ladder, scores=named)
