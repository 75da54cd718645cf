"""How firm a result is: whether other reasonable rules agree, and how little would have changed it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from .ballots import Ballots
from .counted import UNKNOWN, count
from .electorate import Electorate
from .exact import Number, plain
from .gathering import Weak
from .result import Result
from .rule import Rule
from .short import Short, short
from .turning import Turn, turns

ONE_SEAT: Final = ("plurality", "irv", "borda", "copeland", "schulze", "ranked-pairs")
MANY_SEATS: Final = ("plurality", "borda", "schulze", "ranked-pairs", "stv")
MOST_OPTIONS: Final = 60
"""Beyond that other rules are not asked: the answer would cost more than it says."""


@dataclass(frozen=True, slots=True)
class Other:
    """What another rule makes of the same ballots; `same`: the same winners, whatever their order."""

    method: str
    winners: tuple[str, ...]
    outcome: str
    same: bool


@dataclass(frozen=True, slots=True)
class Firmness:
    """`others`: rules that could have been chosen; `short`: votes short of a change; `turns`: weights that turn it."""

    others: tuple[Other, ...] = ()
    short: Short | None = None
    turns: tuple[Turn, ...] = ()

    def as_json(self) -> dict[str, object]:
        """For pages and the API."""
        return {
            "others": [[one.method, list(one.winners), one.outcome, one.same] for one in self.others],
            "short": None if self.short is None else self.short.as_json(),
            "turns": [one.as_json() for one in self.turns],
        }


def firmness(rule: Rule, ballots: Ballots, electorate: Electorate = UNKNOWN, result: Result | None = None) -> Firmness:
    """How firm `result` is; counted first where it is not given. Nothing where nothing was decided."""
    result = result or count(rule, ballots, electorate)
    if result.outcome not in ("decided", "rejected"):
        return Firmness()
    return Firmness(
        tuple(_other(rule, other, told, electorate, result) for other, told in _others(rule, ballots)),
        short(rule, ballots, electorate, result),
        turns(rule, ballots, result) if rule.method in ("weighted-sum", "ahp") else (),
    )


def _others(rule: Rule, ballots: Ballots) -> list[tuple[Rule, Ballots]]:
    """The rules that could have counted these ballots; what the chair said of a tie was not said of theirs."""
    ballots = replace(ballots, casting=())
    if len(ballots.options) > MOST_OPTIONS:
        return []
    method = rule.method
    if method in ("yes-no", "show-of-hands"):
        return [(one, ballots) for one in _majorities(rule)]
    if method in ("weighted-sum", "ahp"):
        level = tuple(replace(one, weight=Fraction(1)) for one in rule.criteria)
        return [(replace(rule, method="weighted-sum", criteria=level, comparisons=()), ballots)]
    if method == "score":
        weak = dict(_ranked(ballots))
        blank = weak.pop((), 0)
        ballots = replace(ballots, scores={}, strict={(): blank} if blank else {}, weak=weak)
    elif method not in (*ONE_SEAT, *MANY_SEATS, "scottish-stv"):
        return []
    known = ONE_SEAT if rule.seats == 1 else MANY_SEATS
    plain_rule = replace(rule, second=None, tie_ladder=(), decimals=None, threshold=None, method="schulze")
    return [(replace(plain_rule, method=one), ballots) for one in known if one != method]


def _majorities(rule: Rule) -> list[Rule]:
    """Simple, absolute of those present, and two thirds, as far as they are not the rule itself."""
    half, most = Fraction(1, 2), Fraction(2, 3)
    asked = [("yes+no", half, True), ("present", half, True), ("yes+no", most, False)]
    now = (rule.base, rule.threshold or half, rule.strict)
    return [replace(rule, base=b, threshold=t, strict=s) for b, t, s in asked if (b, t, s) != now]


def _ranked(ballots: Ballots) -> Mapping[Weak, int]:
    """Scores read as rankings: higher before lower, the unscored unranked; a blank sheet ranks nothing."""
    found: dict[Weak, int] = {}
    for sheet, n in ballots.scores.items():
        groups: dict[Number, list[int]] = {}
        for option, score in enumerate(sheet[0]):
            if score is not None:
                groups.setdefault(score, []).append(option)
        ranking = tuple(tuple(groups[score]) for score in sorted(groups, reverse=True))
        found[ranking] = found.get(ranking, 0) + n
    return found


def _other(own: Rule, rule: Rule, ballots: Ballots, electorate: Electorate, result: Result) -> Other:
    found = count(rule, ballots, electorate)
    name = rule.method if rule.method != own.method else _called(rule)
    winners = found.winners
    if found.outcome == "tie":
        winners += tuple(n for tie in found.ties if tie.open for n in tie.between if n not in winners)
    return Other(name, winners, found.outcome, found.outcome == result.outcome and set(winners) == set(result.winners))


def _called(rule: Rule) -> str:
    if rule.method in ("weighted-sum", "ahp"):
        return "equal-weights"
    return f"{plain(rule.threshold or Fraction(1, 2))} {rule.base}"
