"""The usual names of methods, and the rule card that each stands for when none is given."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from ..counting import Rule
from ..formats import Votes


class Unfit(Exception):
    """A method, rule and file that do not go together; the sentence says why."""


_SCOTTISH: Final = {"method": "scottish-stv", "decimals": 5, "equal_ranks": "stop"}
_ENTITLED: Final = {"method": "yes-no", "threshold": Fraction(1, 2), "base": "entitled"}
_TWO_THIRDS: Final = {"method": "yes-no", "threshold": Fraction(2, 3), "strict": False}
METHODS: Final[Mapping[str, tuple[Mapping[str, Any], tuple[str, ...]]]] = {
    "majority": ({"method": "yes-no"}, ("yes-no", "simple-majority", "show-of-hands")),
    "absolute-majority": (_ENTITLED, ()),
    "two-thirds": (_TWO_THIRDS, ("qualified-majority",)),
    "plurality": ({"method": "plurality"}, ("fptp", "first-past-the-post")),
    "approval": ({"method": "approval"}, ("approval-voting",)),
    "score": ({"method": "score"}, ("range", "score-voting", "range-voting")),
    "dots": ({"method": "dots"}, ("dot-voting", "cumulative")),
    "borda": ({"method": "borda"}, ("borda-count",)),
    "copeland": ({"method": "copeland"}, ()),
    "schulze": ({"method": "schulze"}, ("beatpath", "condorcet")),
    "ranked-pairs": ({"method": "ranked-pairs"}, ("tideman", "rankedpairs", "rp")),
    "irv": ({"method": "irv"}, ("instant-runoff", "alternative-vote", "av", "rcv", "runoff")),
    "scottish-stv": (_SCOTTISH, ("stv", "wig", "wigm")),
    "plain-stv": ({"method": "stv"}, ("exact-stv", "stv-exact")),
    "budget": ({"method": "budget"}, ("pb", "participatory-budget", "greedy")),
}
"""The name, the card it stands for, its other names."""
_KNOWN: Final = {alias: name for name, (_card, aliases) in METHODS.items() for alias in (name, *aliases)}
QUESTIONS: Final = ("yes-no", "show-of-hands", "consent")
TRANSFERABLE: Final = ("stv", "scottish-stv")


def rule_of(said: str, votes: Votes, *, seats: int | None, unranked: str | None, dots: int | None = None) -> Rule:
    """The card that a method's name stands for, filled with what the file says. Raises Unfit and counting.BadRule.

    Seats are those asked for; of transferable votes else those of the file; else one.
    """
    name = _KNOWN.get("-".join(said.lower().replace("_", " ").split()))
    if name is None:
        raise Unfit(f"there is no method {said!r}; these are: {', '.join(METHODS)}")
    card = dict(METHODS[name][0])
    if card["method"] == "budget":
        return Rule(**card, budget=_budget(votes))
    if card["method"] in QUESTIONS:
        if votes.threshold is not None and name == "majority":
            card |= {"threshold": votes.threshold, "strict": False, "base": "entitled", "recused_in_base": True}
        return Rule(**card, seats=seats or 1)
    card["seats"] = seats or (votes.seats if card["method"] in TRANSFERABLE else None) or 1
    if card["method"] in ("score", "dots"):
        card |= _scale(votes)
    if card["method"] == "dots":
        card["dots"] = dots or max((int(sum(each or 0 for each in row)) for row in votes.scores), default=1)
    card["unranked"] = unranked or ("no-opinion" if votes.form == "ranks" else "below")
    return Rule(**card)


def money_unit(votes: Votes) -> int:
    """By how much costs are multiplied so that all are whole: 1, or 100 where a file counts cents."""
    unit = 1
    for each in (*votes.costs, votes.budget or Fraction(0)):
        unit = max(unit, each.denominator)
    return unit


def _budget(votes: Votes) -> Fraction:
    if votes.budget is None:
        raise Unfit("a budget needs a file that says what each project costs and how much there is (Pabulib)")
    return votes.budget * money_unit(votes)


def _scale(votes: Votes) -> dict[str, int]:
    given = [each for row in votes.scores for each in row if each is not None]
    low, high = min([Fraction(0), *given]), max([Fraction(1), *given])
    return {"low": low.__floor__(), "high": high.__ceil__()}


def scored(said: str) -> bool:
    """Whether a method counts points or ticks, so that bare numbers in a table are those and no ranks."""
    name = _KNOWN.get("-".join(said.lower().replace("_", " ").split()))
    return name in ("score", "dots", "approval", "budget")
