"""The rule in plain words with its numbers, before anybody votes. Pure: it looks only at what it is given."""

from typing import Any

from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext

from .presets import PRESETS, quorum_of

TIES = {
    "chair": N_("If it stays even, the chair's vote decides."),
    "lot": N_(
        "If it stays even, a lot decides that anybody can draw again: what it is drawn from is fixed at opening."
    ),
    "open": N_("If it stays even, that is the result."),
}


def yes_needed(card: dict[str, Any], entitled: int, voting: int) -> int:
    """How many yes it takes when so many say yes or no and nobody abstains."""
    base: int = entitled if card["base"] == "entitled" else voting
    over, under = (int(part) for part in card["share"])
    return base * over // under + 1 if card["strict"] else -(-base * over // under)


def rule_words(card: dict[str, Any], entitled: int, recused: int = 0) -> list[str]:
    """The rule card as sentences: how it is decided, how many must vote, what it takes, what breaks a tie."""
    preset, ladder = PRESETS[card["preset"]], TIES[card["ties"]]
    said = [_(preset.about)]
    if entitled:
        said.append(
            ngettext(
                "%(count)s person is entitled.", "%(count)s people are entitled.", entitled, count=digits(entitled)
            )
        )
    if recused:
        said.append(
            ngettext(
                "%(count)s stands aside and is not counted.", "%(count)s stand aside and are not counted.", recused,
                count=digits(recused),
            )
        )  # fmt: skip
    quorum = quorum_of(card, entitled)
    if quorum:
        said.append(_(QUORUM, quorum=digits(quorum), entitled=digits(entitled)))
    if card["form"] == "yes-no" and entitled:
        said.append(_passes(card, entitled, quorum))
    if card["seats"] > 1:
        seats = card["seats"]
        said.append(ngettext("%(count)s place is filled.", "%(count)s places are filled.", seats, count=digits(seats)))
    if card["form"] != "yes-no":
        said.append(_(ladder))
    elif card["base"] == "yes-no" and card["strict"]:
        chaired = card["ties"] == "chair"
        said.append(_(EVEN_CHAIR if chaired else EVEN))
    return said


QUORUM = N_("At least %(quorum)s of %(entitled)s must vote, or it does not count.")
EVEN_CHAIR = N_("As many yes as no: the chair's vote decides.")
EVEN = N_("As many yes as no does not pass.")
PASSES = N_("If all %(voting)s vote and nobody abstains, it takes %(yes)s yes.")
PASSES_LESS = N_("If %(voting)s vote, it takes %(yes)s yes; if all %(entitled)s vote, %(all)s.")
PASSES_ALWAYS = N_("It takes %(yes)s yes of %(entitled)s, whoever stays away.")


def _passes(card: dict[str, Any], entitled: int, quorum: int) -> str:
    every = digits(yes_needed(card, entitled, entitled))
    if card["base"] == "entitled":
        return _(PASSES_ALWAYS, yes=every, entitled=digits(entitled))
    if quorum and quorum < entitled:
        yes = digits(yes_needed(card, entitled, quorum))
        return _(PASSES_LESS, voting=digits(quorum), yes=yes, entitled=digits(entitled), all=every)
    return _(PASSES, voting=digits(entitled), yes=every)
