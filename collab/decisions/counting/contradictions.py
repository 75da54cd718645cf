"""What a rule card may not say at once, each refusal naming the field that must change."""

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from .refusals import N_, BadRule

if TYPE_CHECKING:
    from .rule import Rule

QUESTIONS: Final = ("yes-no", "show-of-hands", "consent")
PAIRWISE: Final = ("copeland", "schulze", "ranked-pairs")
RANKED: Final = (*PAIRWISE, "borda", "irv", "stv", "scottish-stv")
SCORED: Final = ("score", "dots", "weighted-sum", "ahp")
METHODS: Final = (*QUESTIONS, "plurality", "approval", *SCORED, *RANKED, "budget")

WORDS: Final = {
    "method": METHODS,
    "base": ("yes+no", "cast", "present", "entitled"),
    "quorum_base": ("entitled", "present"),
    "quorum_counts": ("cast", "present"),
    "strength": ("winning-votes", "margins"),
    "unranked": ("below", "no-opinion"),
    "borda": ("average", "modified", "zero"),
    "equal_ranks": ("split", "stop"),
    "pair_ties": ("together", "opposition", "lot"),
    "quota": ("droop", "hare", "exact-droop"),
    "surplus_order": ("largest", "first-elected"),
}
LADDER: Final = ("history", "second", "chair", "lot")
VERSIONS: Final = (1, 2)
"""A card of an earlier one is counted as it was in its day (docs/adr/0090)."""


def check(rule: "Rule") -> None:
    """Raises BadRule where the card says what nobody knows, or two things that cannot both be."""
    for name, known in WORDS.items():
        if getattr(rule, name) not in known:
            raise BadRule(name, N_("This must be one of: %(known)s"), known=", ".join(known))
    if rule.version not in VERSIONS:
        raise BadRule("version", N_("Only cards of versions 1 and 2 are known"))
    _seats(rule)
    _majority(rule)
    _quorum(rule)
    _none(rule)
    _ties(rule)
    _stv(rule)
    _scales(rule)
    _criteria(rule)


def _seats(rule: "Rule") -> None:
    if not 1 <= rule.seats <= 1000:
        raise BadRule("seats", N_("There are 1 to 1000 seats"))
    if rule.seats > 1 and rule.method in (*QUESTIONS, "irv"):
        raise BadRule("seats", N_("This method decides one thing; several seats need another method"))
    if rule.seats > 1 and rule.method == "budget":
        raise BadRule("seats", N_("A budget is filled by money, not by seats"))


def _majority(rule: "Rule") -> None:
    if rule.threshold is None:
        return
    if rule.method not in ("yes-no", "show-of-hands", "plurality", "approval"):
        raise BadRule("threshold", N_("This method knows no majority; only questions, plurality and approval do"))
    if not 0 < rule.threshold <= 1 or (rule.strict and rule.threshold == 1):
        raise BadRule("threshold", N_("A majority lies above 0 and at most at 1, and nothing is more than all"))
    if rule.method in ("plurality", "approval") and rule.base == "yes+no":
        raise BadRule("base", N_("Here nobody votes yes or no; the base is cast, present or entitled"))


def _quorum(rule: "Rule") -> None:
    if rule.quorum is None:
        return
    if rule.quorum <= 0 or (rule.quorum > 1 and rule.quorum.denominator != 1):
        raise BadRule("quorum", N_("A quorum is a fraction up to 1, or a whole number of people"))
    if rule.quorum_strict and rule.quorum == 1:
        raise BadRule("quorum", N_("Nothing is more than all"))
    if rule.quorum_counts == "present" and rule.quorum_base == "present":
        raise BadRule("quorum_base", N_("Those present are always all of those present"))


def _none(rule: "Rule") -> None:
    if rule.none is not None and rule.method in (*QUESTIONS, "budget", "weighted-sum", "ahp"):
        raise BadRule("none", N_("This method knows no “none of these”"))
    if rule.none_ratio < 1:
        raise BadRule("none_ratio", N_("“None of these” is to be beaten at least once over: 1 or more"))


def _ties(rule: "Rule") -> None:
    for name, known in (("tie_ladder", LADDER), ("elimination_ties", ("history", "chair", "lot"))):
        steps = getattr(rule, name)
        if any(step not in known for step in steps):
            raise BadRule(name, N_("This must be one of: %(known)s"), known=", ".join(known))
        if sorted(steps, key=known.index) != list(steps) or len(set(steps)) != len(steps):
            raise BadRule(
                name, N_("Steps against a tie come once each, in this order: %(known)s"), known=", ".join(known)
            )
    if ("second" in rule.tie_ladder) != (rule.second is not None):
        raise BadRule("second", N_("A second method and the step “second” of the ladder belong together"))
    if rule.second is not None:
        family = (*RANKED, "plurality")
        if not {rule.method, rule.second} <= set(family) or rule.second in ("stv", "scottish-stv", rule.method):
            raise BadRule("second", N_("The second method must count the same ballots, and differently"))
    if rule.seed_digest is not None and not re.fullmatch("[0-9a-f]{64}", rule.seed_digest):
        raise BadRule("seed_digest", N_("This is a SHA-256, 64 hexadecimal digits"))


def _stv(rule: "Rule") -> None:
    if rule.decimals is not None and not 0 <= rule.decimals <= 12:
        raise BadRule("decimals", N_("STV keeps 0 to 12 decimals, or exact fractions"))
    if rule.method != "scottish-stv":
        if rule.decimals is not None and rule.method != "stv":
            raise BadRule("decimals", N_("Only STV cuts decimals; all else is counted exactly"))
        return
    law = {"quota": "droop", "surplus_order": "largest", "decimals": 5, "equal_ranks": "stop"}
    for name, asked in law.items():
        if getattr(rule, name) != asked:
            raise BadRule(name, N_("The Scottish order of 2007 says: %(asked)s"), asked=asked)


def _scales(rule: "Rule") -> None:
    if rule.low >= rule.high:
        raise BadRule("high", N_("The highest score must lie above the lowest"))
    if (rule.dots is not None) != (rule.method == "dots"):
        raise BadRule("dots", N_("Dot voting, and nothing else, says how many dots a person gives"))
    if rule.dots is not None and not 1 <= rule.dots <= 1000:
        raise BadRule("dots", N_("A person gives 1 to 1000 dots"))
    if (rule.budget is not None) != (rule.method == "budget"):
        raise BadRule("budget", N_("A participatory budget, and nothing else, has money to spend"))
    if rule.budget is not None and rule.budget < 0:
        raise BadRule("budget", N_("A budget is not below zero"))


def _criteria(rule: "Rule") -> None:
    judged = rule.method in ("weighted-sum", "ahp")
    if judged != bool(rule.criteria):
        raise BadRule("criteria", N_("Weighing by criteria needs criteria, and nothing else has them"))
    names = [one.name for one in rule.criteria]
    if len(set(names)) != len(names):
        raise BadRule("criteria", N_("Two criteria have the same name"))
    if rule.method == "weighted-sum" and not sum(one.weight for one in rule.criteria):
        raise BadRule("criteria", N_("All weights are zero"))
    if (rule.method == "ahp") != bool(rule.comparisons) and len(names) != 1:
        raise BadRule("comparisons", N_("AHP, and nothing else, takes its weights from comparisons of criteria"))
    if rule.method != "ahp":
        return
    if len(names) > 15:
        raise BadRule("criteria", N_("More than 15 criteria cannot be compared with each other consistently"))
    if [len(row) for row in rule.comparisons] != list(range(len(names) - 1, 0, -1)):
        raise BadRule("comparisons", N_("Each criterion is compared once with each that comes after it"))
    if any(not Fraction(1, 9) <= one <= 9 for row in rule.comparisons for one in row):
        raise BadRule("comparisons", N_("A comparison lies between 1/9 and 9"))
    if not 0 <= rule.consistency <= 1:
        raise BadRule("consistency", N_("The greatest inconsistency lies between 0 and 1"))
    from .ahp import weigh

    ratio = weigh(rule.comparisons).ratio
    if ratio > rule.consistency:
        raise BadRule(
            "comparisons",
            N_("These comparisons contradict each other: consistency ratio %(ratio)s, at most %(limit)s is allowed"),
            ratio=f"{float(ratio):.3f}",
            limit=f"{float(rule.consistency):.3f}",
        )
