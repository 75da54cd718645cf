"""A vote as a bundle that anybody can recount: rule, ballots, electorate, seed, hashes, result, and the program."""

from .contents import About, bundle
from .script import script

__all__ = ["About", "bundle", "script"]
