"""The rule in plain words with its numbers, before anybody votes: the words of the counting itself.

They are made of the very card by which will be counted, so that what is said and what is done cannot part.
"""

from typing import Any

from collab.core.dates import digits
from collab.core.i18n import ngettext

from .counted import frozen_card
from .counting import Electorate
from .counting.words import arithmetic, rule_in_words


def rule_words(card: dict[str, Any], entitled: int, recused: int = 0) -> list[str]:
    """The rule card as sentences: how it is decided, how many must vote, what it takes, what settles a tie.

    `entitled`: those who may vote, without those who stand aside.
    """
    rule = frozen_card(card)
    said = rule_in_words(rule)
    if entitled:
        said.append(arithmetic(rule, Electorate(entitled=entitled + recused, recused=recused)))
    days = card.get("extension")
    if days:
        said.append(
            ngettext(
                "If too few have voted by then, it stays open %(days)s day longer, once.",
                "If too few have voted by then, it stays open %(days)s days longer, once.", days, days=digits(days),
            )
        )  # fmt: skip
    return [sentence for sentence in said if sentence]
