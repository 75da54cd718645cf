"""A closed vote counted: the card as the counting knows it, ballots under the names of the options, and the result."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from . import counting
from .counting import Ballots, Criterion, Electorate, Objection, Result, Rule, Tie
from .counting.choices import ballots_of
from .counting.contradictions import QUESTIONS
from .counting.firmness import firmness
from .counting.methods import METHODS
from .counting.methods.yes_no import chair_may_settle
from .disagreement import spread_of
from .presets import PRESETS, Preset, absent_of, abstentions_apart
from .shortened import short_of

QUORUMS: Final[dict[str, tuple[Fraction, bool] | None]] = {
    "none": None,
    "third": (Fraction(1, 3), False),
    "half": (Fraction(1, 2), True),
    "two-thirds": (Fraction(2, 3), False),
}
_BASES: Final = {"yes-no": "yes+no", "cast": "cast", "present": "present", "entitled": "entitled"}
Casting = tuple[str | tuple[str, ...], ...]
_SAID: Final = ("unranked", "strength", "none", "borda", "pair_ties", "second", "quota", "surplus", "quorum_base")
_CALLED: Final = {"surplus": "surplus_order"}
_LADDERS: Final = {"chair": ("history", "chair"), "lot": ("history", "lot"), "open": ("history",)}


def countable() -> dict[str, Preset]:
    """The rules that this installation counts, by code."""
    return {code: preset for code, preset in PRESETS.items() if preset.method in METHODS}


def card_for(card: Mapping[str, Any], seed_digest: str | None = None) -> Rule:
    """The rule in the words of the counting: every particular that the preset and the form settle."""
    also: dict[str, Any] = {}
    quorum = QUORUMS[card["quorum"]]
    if quorum is not None:
        also |= {"quorum": quorum[0], "quorum_strict": quorum[1]}
    if card["form"] == "yes-no":
        over, under = card["share"]
        also |= {"base": _BASES[card["base"]], "threshold": Fraction(over, under), "strict": card["strict"]}
    if card.get("weights"):
        also["weighted"] = True
    if card.get("overruling"):
        also["overruling"] = True
    if "dots" in card:
        also["dots"] = card["dots"]
    if card["method"] == "budget":
        also["budget"] = Fraction(card["budget"])
    if "criteria" in card:
        also["criteria"] = tuple(criterion_of(one) for one in card["criteria"])
    if card["most"]:
        also["high"] = card["most"]
    if card["method"] in ("stv", "scottish-stv"):
        also |= {"equal_ranks": "stop", "decimals": card.get("decimals", 5)}
    also |= {_CALLED.get(name, name): card[name] for name in _SAID if name in card}
    if "none" in card:
        also["none_ratio"] = Fraction(card["none_times"])
    if abstentions_apart(card):
        also["quorum_abstentions"] = False
    if card.get("recused") == "count":
        also["recused_in_base"] = True
    ladder = _LADDERS[card["ties"]]
    first, *rest = ladder
    return Rule(
        method=card["method"], seats=card["seats"], elimination_ties=ladder, seed_digest=seed_digest,
        tie_ladder=(first, "second", *rest) if "second" in card else ladder, **also,
    )  # fmt: skip


def chair_settles(card: Mapping[str, Any]) -> bool:
    """Whether the chair's casting vote can come to anything under this rule."""
    rule = card_for(card)
    return rule.method != "consent" and (rule.method not in QUESTIONS or chair_may_settle(rule))


def criterion_of(said: Mapping[str, Any]) -> Criterion:
    """A criterion with what its worst and its best mean, where that was said."""
    ends = ((said["worst"], said["worst_means"]), (said["best"], said["best_means"]))
    anchors = tuple((Fraction(at), means) for at, means in ends if means)
    scale = {"weight": Fraction(said["weight"]), "worst": Fraction(said["worst"]), "best": Fraction(said["best"])}
    return Criterion(said["name"], anchors=anchors, **scale)


def frozen_card(card: Mapping[str, Any], seed_digest: str | None = None) -> Rule:
    """The rule exactly as it was frozen at opening; of a card that is not frozen yet, as it would be."""
    kept = card.get("card")
    return Rule.from_json(json.dumps(kept)) if kept else card_for(card, seed_digest)


def ballots_from(
    card: Mapping[str, Any],
    options: Mapping[int, str],
    choices: Sequence[Mapping[str, Any]],
    *,
    seed: str | None = None,
    casting: Casting = (),
    objections: tuple[Objection, ...] = (),
    costs: tuple[int, ...] = (),
) -> Ballots:
    """Ballots as they were kept, for the counting; `options`: id → title in the order of the ballot."""
    also: dict[str, Any] = {"seed": seed, "casting": casting}
    if card["form"] == "consent":
        also["objections"] = objections
    if card["method"] == "budget":
        also["costs"] = costs
    return ballots_of(card["form"], options, choices, criteria=len(card.get("criteria", ())), **also)


def counted(
    card: Mapping[str, Any],
    seed_digest: str | None,
    ballots: Ballots,
    entitled: int,
    recused: int,
) -> dict[str, Any]:
    """The result as it is kept: who won, what is still even, and every step in `count`, how firm it is in `firm`.

    `entitled`: those entitled and not standing aside. Of a long count `short` is what pages read.
    """
    people = electorate_of(card, entitled, recused)
    rule = frozen_card(card, seed_digest)
    found = counting.count(rule, ballots, people)
    result = {
        "outcome": found.outcome,
        "winners": list(found.winners),
        "tied": still_even(found),
        "entitled": entitled,
        "recused": recused,
        "cast": ballots.cast,
        "abstained": ballots.abstained,
        "count": found.as_json(),
        "firm": firmness(rule, ballots, people, found).as_json(),
        **({"spread": spread_of(rule, ballots)} if card["form"] == "criteria" else {}),
        **({"objections": [one.as_json() for one in ballots.objections]} if card["form"] == "consent" else {}),
    }
    short = short_of(result)
    return result if short is None else result | {"short": short}


def electorate_of(card: Mapping[str, Any], entitled: int, recused: int) -> Electorate:
    """The numbers as the counting knows them. `entitled`: of those who may vote and do not stand aside, who are all
    present where the card was opened with a roll of those present."""
    present = entitled + (recused if card.get("recused") == "count" else 0) if "present" in card else None
    return Electorate(entitled=entitled + recused + absent_of(card), recused=recused, present=present)


def still_even(found: Result) -> list[str]:
    """The options between which people must decide: of those that stood equal the ones that nothing told apart yet."""
    return sorted({name for tie in found.ties if tie.open for name in _even(tie)})


def _even(tie: Tie) -> tuple[str, ...]:
    groups = [group for group in _in_question(tie) if len(group) > 1]
    return tuple(name for group in groups for name in group) or tie.between


def _in_question(tie: Tie) -> tuple[tuple[str, ...], ...]:
    """Who goes out is the last of an order, whose surplus goes on the first."""
    if tie.step == "exclusion":
        return tie.order[-1:]
    return tie.order[:1] if tie.step == "surplus" else tie.order


def words_of(chosen: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """What the chair said, in turn: `choice`, `reason`, `by`, `at`."""
    if not chosen:
        return []
    return [*chosen.get("earlier", ()), {key: said for key, said in chosen.items() if key != "earlier"}]


def casting_of(chosen: Mapping[str, Any] | None, result: Mapping[str, Any] | None) -> Casting:
    """The chair's words as the count of `result` was given them: the options chosen, in turn.

    Before the chair was asked again, one word put the others behind the chosen one by their names: such a result has no
    two left together in what the chair told apart, and it is counted again with that order.
    """
    said = tuple(str(one["choice"]) for one in words_of(chosen))
    ties = [tie for tie in ((result or {}).get("count") or {}).get("ties", ()) if "chair" in tie["broken"]]
    even = {name for tie in ties for name in tie["between"]}
    whole = all(isinstance(group, str) for tie in ties for group in tie["order"])
    if len(said) == 1 and len(even) > 2 and whole:
        return ((said[0], *sorted(even - {said[0]})),)
    return said
