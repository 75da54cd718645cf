"""The rules one may choose from, in plain words: a few that cover nearly every vote, the rest for those who know why.

A preset says how the ballot looks (`form`) and how it is counted (`method`, and for yes or no the majority: a fraction
of a base, strictly more than it or at least as many).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from collab.core.i18n import N_

VERSION: Final = 1
QUESTION_FORMS: Final = ("yes-no", "consent")
"""Ballots about the question itself, without options."""
QUORUMS: Final = {
    "none": N_("None"),
    "third": N_("A third of those entitled"),
    "half": N_("More than half of those entitled"),
    "two-thirds": N_("Two thirds of those entitled"),
}
QUORUM_SHARES: Final = {
    "none": N_("None"),
    "third": N_("At least a third"),
    "half": N_("More than half"),
    "two-thirds": N_("At least two thirds"),
}
"""The same where of whom it is stands beside it."""
TIES: Final = {
    "chair": N_("The chair decides"),
    "lot": N_("A lot that anybody can draw again"),
    "open": N_("The tie stays and is written down"),
}


@dataclass(frozen=True, slots=True)
class Preset:
    """`form`: yes-no, consent, one, approve, rank or score; `most` is the highest score; `equal`: ranks may be shared;
    `base` and `share` are the majority of yes or no; `seats`, `costs`: what else has to be said;
    `stated`: the majority is said with the vote."""

    code: str
    name: str
    about: str
    form: str
    method: str
    usual: bool = False
    base: str = ""
    share: tuple[int, int] = (0, 1)
    strict: bool = True
    equal: bool = False
    most: int = 0
    seats: bool = False
    costs: bool = False
    stated: bool = False

    @property
    def has_options(self) -> bool:
        return self.form not in QUESTION_FORMS


PRESETS: Final = {
    preset.code: preset
    for preset in (
        Preset(
            "simple", N_("Yes or no, simple majority"),
            N_("Passes with more yes than no. Abstentions count on neither side."),
            "yes-no", "yes-no", True, "yes-no", (1, 2),
        ),
        Preset(
            "absolute", N_("Yes or no, absolute majority"),
            N_("Passes when more than half of all entitled people vote yes. Who stays away counts as not agreeing."),
            "yes-no", "yes-no", True, "entitled", (1, 2),
        ),
        Preset(
            "two-thirds", N_("Yes or no, two thirds"),
            N_("Passes when at least two thirds of the yes and no votes are yes."),
            "yes-no", "yes-no", True, "yes-no", (2, 3), strict=False,
        ),
        Preset(
            "one", N_("Choose one"),
            N_("Each has one vote; the option with the most votes wins, even with less than half."),
            "one", "plurality", True,
        ),
        Preset(
            "approve", N_("Approve any"),
            N_("Each ticks every option they can live with; the option with the most ticks wins."),
            "approve", "approval", True,
        ),
        Preset(
            "rank", N_("Rank the options"),
            N_("Each puts the options in order; the option that would win against every other alone wins (Schulze)."),
            "rank", "schulze", True, equal=True,
        ),
        Preset(
            "consent", N_("By consent"),
            N_("Nobody votes yes. Those entitled may object with a reason; it passes when none stands at the close."),
            "consent", "consent", True,
        ),
        Preset(
            "majority", N_("Yes or no, another majority"),
            N_("You say which share of whom is needed, and whether reaching it is enough."),
            "yes-no", "yes-no", base="yes-no", share=(1, 2), stated=True,
        ),
        Preset(
            "score", N_("Give points on a scale"),
            N_("The option with the most points wins. It rewards who exaggerates."),
            "score", "score", most=10,
        ),
        Preset(
            "dots", N_("Spread dots"),
            N_("Each spreads so many dots over the options, several on one if they like; most dots win."),
            "score", "dots", most=5,
        ),
        Preset(
            "budget", N_("Share out a budget"),
            N_("Each ticks what is worth its money; from the most ticks down, what still fits the budget is taken."),
            "approve", "budget", costs=True,
        ),
        Preset(
            "criteria", N_("Weigh by criteria"),
            N_("Each scores every option on each criterion, unseen by the others; scores are weighted and summed."),
            "criteria", "weighted-sum",
        ),
        Preset(
            "runoff", N_("Rank, last one drops out"),
            N_("Round by round the weakest drops out and its ballots go to their next choice (instant run-off)."),
            "rank", "irv",
        ),
        Preset(
            "borda", N_("Rank, points by place"),
            N_("Each place gives points. It finds what many accept, and invites to rank rivals last (Borda)."),
            "rank", "borda", equal=True,
        ),
        Preset(
            "copeland", N_("Rank, most duels won"),
            N_("The option that wins the most duels wins. Ties are frequent (Copeland)."),
            "rank", "copeland", equal=True,
        ),
        Preset(
            "pairs", N_("Rank, strongest duels first"),
            N_("The clearest duels are locked in first; the option on top wins (ranked pairs)."),
            "rank", "ranked-pairs", equal=True,
        ),
        Preset(
            "seats", N_("Rank, several places to fill"),
            N_("Groups of voters are represented in proportion (single transferable vote, Scottish rules)."),
            "rank", "scottish-stv", seats=True,
        ),
    )
}  # fmt: skip
"""Code → rule."""


OF_PRESENT: Final = N_("Yes or no, majority of those present")


def rule_name(preset: str, base: str) -> str:
    """What a rule is called, to be translated. `base` of its card: an absolute majority may be of those present."""
    return OF_PRESENT if preset == "absolute" and base == "present" else PRESETS[preset].name


def card_of(preset: Preset, quorum: str, ties: str, seats: int = 1, **particulars: Any) -> dict[str, Any]:
    """The rule card: everything the count depends on, in words that JSON can hold. `particulars`: what only some rules
    have; where a card says nothing of them they are not so."""
    return {
        "version": VERSION,
        "preset": preset.code,
        "method": preset.method,
        "form": preset.form,
        "base": preset.base,
        "share": list(preset.share),
        "strict": preset.strict,
        "equal": preset.equal,
        "most": preset.most,
        "seats": seats,
        "quorum": quorum,
        "ties": ties,
    } | particulars


def quorum_of(card: dict[str, Any], entitled: int, recused: int) -> int:
    """How many must vote, of so many entitled; `recused`: who stood aside and is not among them, and is in the base
    only where the card says so."""
    base = entitled + (recused if card.get("recused") == "count" else 0)
    base += absent_of(card) if card.get("quorum_base") != "present" else 0
    needed = {"none": 0, "third": -(-base // 3), "half": base // 2 + 1, "two-thirds": -(-base * 2 // 3)}
    return needed[card["quorum"]] if base else 0


def of_present(card: Mapping[str, Any]) -> bool:
    """Whether the majority or the quorum is reckoned of those present, so that only they vote."""
    return card.get("base") == "present" or card.get("quorum_base") == "present"


def absent_of(card: Mapping[str, Any]) -> int:
    """The votes of those who were entitled and not noted as present at the opening; 0 where that is not asked."""
    absent: int = card.get("present", {}).get("absent", 0)
    return absent


def abstentions_apart(card: Mapping[str, Any]) -> bool:
    """Whether who abstains does not count towards the quorum."""
    return card.get("abstentions") == "apart"
