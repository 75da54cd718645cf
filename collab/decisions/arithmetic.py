"""The rule in plain words with its numbers, before anybody votes: the words of the counting itself.

They are made of the very card by which will be counted, so that what is said and what is done cannot part.
"""

from fractions import Fraction
from typing import Any, Final

from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext

from .counted import electorate_of, frozen_card
from .counting.words import apart, arithmetic, rule_in_words
from .counting.words.speaking import number
from .presets import of_present
from .weights import said_of_weights

CURRENCY: Final = "€"
"""What budgets and costs of the house are entered in, in whole ones."""
WHO_IS_PRESENT: Final = N_("Present are those noted so in the meeting when the vote opens, and only they vote.")


def rule_words(card: dict[str, Any], entitled: int, recused: int = 0) -> list[str]:
    """The rule card as sentences: how it is decided, how many must vote, what it takes, what settles a tie.

    `entitled`: the votes of those who may vote, without those who stand aside.
    """
    rule = frozen_card(card)
    said = rule_in_words(rule, CURRENCY)
    if of_present(card):
        said.append(_(WHO_IS_PRESENT))
    if entitled:
        people = electorate_of(card, entitled, recused)
        said.append(arithmetic(rule, people, weighted=bool(card.get("weights"))))
    said += said_of_weights(card)
    said += scales_of(card)
    if "compared" in card:
        said.append(
            _(
                "The weights come from comparing each two criteria; their consistency ratio is %(ratio)s.",
                ratio=number(Fraction(card["compared"]["ratio"]), 2),
            )
        )
    days = card.get("extension")
    if days:
        said.append(
            ngettext(
                "If too few have voted by then, it stays open %(days)s day longer, once.",
                "If too few have voted by then, it stays open %(days)s days longer, once.", days, days=digits(days),
            )
        )  # fmt: skip
    return [sentence for sentence in said if sentence]


def scales_of(card: dict[str, Any]) -> list[str]:
    """Of each criterion what the ends of its scale mean."""
    return [_scale(one) for one in card.get("criteria", ())]


def _scale(one: dict[str, Any]) -> str:
    """What the ends of a criterion's scale mean."""
    worst, best = (
        f"{digits(one[end])} ({apart(one[f'{end}_means'])})" if one[f"{end}_means"] else digits(one[end])
        for end in ("worst", "best")
    )
    return _("“%(name)s”: %(worst)s is the worst, %(best)s the best.", name=apart(one["name"]), worst=worst, best=best)
