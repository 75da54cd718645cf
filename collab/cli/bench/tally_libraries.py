"""The libraries beside which a count is measured, as far as they are installed: the same ballots, and the profile that
each of them takes built anew, as its own users do."""

from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

Counting = Callable[[Sequence[tuple[int, ...]], int], Any]
"""Counts rankings of options 0 to n - 1."""


class NotCounted(Exception):
    """A library does not count these ballots, or not in a time that is worth waiting for."""


def _pref_voting(method: str) -> Counting | None:
    profiles = import_module("pref_voting.profiles")
    counted = {
        "borda": ("scoring_methods", "borda"), "irv": ("iterative_methods", "instant_runoff"),
        "schulze": ("margin_based_methods", "beat_path"), "ranked-pairs": ("margin_based_methods", "ranked_pairs_zt"),
    }  # fmt: skip
    module, name = counted[method]
    rule = getattr(import_module(f"pref_voting.{module}"), name)

    def count(rankings: Sequence[tuple[int, ...]], options: int) -> Any:
        if any(len(row) < options for row in rankings):
            raise NotCounted("whole rankings only: ballots that stop early take it seconds")
        return rule(profiles.Profile([list(row) for row in rankings]))

    return count


def _votelib(method: str) -> Counting | None:
    convert, condorcet = import_module("votelib.convert"), import_module("votelib.evaluate.condorcet")
    if method == "irv":
        return None  # it stops at a tie of those who have no first places
    if method == "borda":
        points = import_module("votelib.component.rankscore").Borda(base=0)
        most = import_module("votelib.evaluate.core").Plurality()
        positional = convert.RankedToPositionalVotes(points)
        return lambda rankings, _options: most.evaluate(positional.convert(dict(Counter(rankings))), 1)
    pairs, rule = convert.RankedToCondorcetVotes(), getattr(condorcet, COUNTED_BY_PAIRS[method])()
    return lambda rankings, _options: rule.evaluate(pairs.convert(dict(Counter(rankings))), 1)


def _pyrankvote(method: str) -> Counting | None:
    if method != "irv":
        return None
    library = import_module("pyrankvote")

    def count(rankings: Sequence[tuple[int, ...]], options: int) -> Any:
        names = [library.Candidate(str(place)) for place in range(options)]
        ballots = [library.Ballot([names[place] for place in row]) for row in rankings]
        return library.instant_runoff_voting(names, ballots)

    return count


COUNTED_BY_PAIRS: Final = {"schulze": "Schulze", "ranked-pairs": "RankedPairs"}
LIBRARIES: Final[dict[str, Callable[[str], Counting | None]]] = {
    "pref_voting": _pref_voting, "votelib": _votelib, "pyrankvote": _pyrankvote,
}  # fmt: skip


def installed() -> list[str]:
    """Which of them are there."""
    return [name for name in LIBRARIES if find_spec(name) is not None]


def counting(library: str, method: str) -> Counting | None:
    """How a library counts by a method; None where it does not."""
    return LIBRARIES[library](method)
