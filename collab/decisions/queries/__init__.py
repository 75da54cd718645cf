"""What pages and the API ask about decisions: the actor first, columns only."""

from .lists import Line, decisions
from .page import Argument, Found, Mine, Option, Turnout, arguments_of, find_decision, mine_of, options_of, turnout_of
from .results import NamedBallot, named_ballots
from .roll import Voter, previewed, roll_of

__all__ = [
    "Argument", "Found", "Line", "Mine", "NamedBallot", "Option", "Turnout", "Voter", "arguments_of", "decisions",
    "find_decision", "mine_of", "named_ballots", "options_of", "previewed", "roll_of", "turnout_of",
]  # fmt: skip
