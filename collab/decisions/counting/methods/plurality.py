"""One vote each, most votes win; of a ranking only its first place is read."""

from fractions import Fraction

from ..ballots import Ballots
from ..electorate import Electorate
from ..exact import Number
from ..result import Result
from ..rule import Rule
from .most import most


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """First places; options in an equal first place share the vote, or lose it where the rule says "stop"."""
    votes: list[Number] = [0] * len(ballots.options)
    for ranking, n in ballots.strict.items():
        if ranking:
            votes[ranking[0]] += n
    for groups, n in ballots.weak.items():
        first = groups[0]
        if len(first) == 1 or rule.equal_ranks == "split":
            for one in first:
                votes[one] += n if len(first) == 1 else Fraction(n, len(first))
    return most(rule, ballots, electorate, votes)
