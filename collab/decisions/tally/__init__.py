"""A file of votes counted by a rule: what `collab tally` does, without a command line. Pure."""

from .methods import METHODS, Unfit, rule_of
from .papers import ballots_of
from .shown import as_json, as_text

__all__ = ["METHODS", "Unfit", "as_json", "as_text", "ballots_of", "rule_of"]
