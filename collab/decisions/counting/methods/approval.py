"""Approval: each says of every option whether it will do; most approvals win.

Brams and Fishburn, *Approval Voting* (American Political Science Review 72, 1978).
"""

from ..ballots import Ballots
from ..electorate import Electorate
from ..result import Result
from ..rule import Rule
from .most import most


def count(rule: Rule, ballots: Ballots, electorate: Electorate) -> Result:
    """Seats to those with most approvals."""
    return most(rule, ballots, electorate, approvals(ballots))


def approvals(ballots: Ballots) -> list[int]:
    """How many approve of each option."""
    votes = [0] * len(ballots.options)
    for approved, n in ballots.approvals.items():
        for one in approved:
            votes[one] += n
    return votes
