"""Counting votes: pure, exact, the same tomorrow as today, with every step shown.

`count(rule, ballots, electorate)` is all there is to call. Nothing here knows a database, a clock or chance: a lot is
drawn from a seed that is given. It needs the standard library alone (`words.py` apart, which speaks of it), so that a
bundle can carry it and be recounted anywhere.
"""

from .ballots import Ballots
from .counted import count
from .criterion import Criterion
from .electorate import Electorate
from .objection import Objection
from .refusals import BadBallots, BadRule, Refusal
from .result import Pair, Result, Round, Tie
from .rule import Rule

__all__ = [
    "BadBallots",
    "BadRule",
    "Ballots",
    "Criterion",
    "Electorate",
    "Objection",
    "Pair",
    "Refusal",
    "Result",
    "Round",
    "Rule",
    "Tie",
    "count",
]
