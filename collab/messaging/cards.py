"""What messages name and what came out of them, as cards that show how it stands now."""

import re
from collections.abc import Iterable
from typing import Final

from collab.core.actor import Actor
from collab.core.package import UNFURL, Card

from .queries import Said

REFERENCE: Final = re.compile(r"(?<![\w/-])[A-Z][A-Z0-9]{0,11}-[1-9][0-9]{0,9}(?![\w-])")
MOST_CARDS: Final = 6


def cards_of(actor: Actor, messages: Iterable[Said]) -> dict[int, tuple[Card, ...]]:
    """Message id → cards, those that came out of it first: only of what the reader may see."""
    texts = {said.id: said.text for said in messages if not said.gone}
    named = {id_: list(dict.fromkeys(REFERENCE.findall(text))) for id_, text in texts.items()}
    references = {reference for found in named.values() for reference in found}
    cards: dict[int, dict[str, Card]] = {}
    for unfurl in UNFURL:
        known, made = unfurl(actor, references, list(texts))
        for id_, found in named.items():
            for card in [*made.get(id_, []), *(known[reference] for reference in found if reference in known)]:
                cards.setdefault(id_, {}).setdefault(card.href, card)
    return {id_: tuple(found.values())[:MOST_CARDS] for id_, found in cards.items()}
