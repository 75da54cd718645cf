"""What pages and the API ask about decisions: the actor first, columns only."""

from .abouts import About, abouts_of, interests_now, options_seen
from .advice import Advised, Proposed, advice_on, proposed_for
from .evidence import came_later, evidence_on, evidence_told, later_among
from .lists import Line, decisions
from .objections import Objected, objections_to
from .page import (
    Argument,
    Found,
    Mine,
    Option,
    Turnout,
    arguments_of,
    find_decision,
    find_whole,
    options_of,
    turnout_and_mine,
    turnout_of,
)
from .results import NamedBallot, named_ballots
from .roll import Voter, previewed, roll_of

__all__ = [
    "About",
    "Advised",
    "Argument",
    "Found",
    "Line",
    "Mine",
    "NamedBallot",
    "Objected",
    "Option",
    "Proposed",
    "Turnout",
    "Voter",
    "abouts_of",
    "advice_on",
    "arguments_of",
    "came_later",
    "decisions",
    "evidence_on",
    "evidence_told",
    "find_decision",
    "find_whole",
    "interests_now",
    "later_among",
    "named_ballots",
    "objections_to",
    "options_of",
    "options_seen",
    "previewed",
    "proposed_for",
    "roll_of",
    "turnout_and_mine",
    "turnout_of",
]  # fmt: skip
