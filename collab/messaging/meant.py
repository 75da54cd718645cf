"""The words that somebody meant who searched with a slip and found nothing: taken from what they may read.

No list of all words is asked, which would tell what stands in messages one may not see.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from collab.core.actor import Actor
from collab.core.text.near import apart, slips
from collab.core.text.stem import words

from . import queries
from .places import Places
from .seeking import Sought

MOST_TALKS: Final = 60
MOST_WORDS: Final = 4
NEVER: Final = 9
_WORD: Final = re.compile(r"[^\W_]+(?:\u200c[^\W_]+)*")


def meant(actor: Actor, wanted: Sought, places: Places) -> str:
    """The question with its words as they were meant, which finds something; "" where there is none.

    The talks of `places` must be the reader's own.
    """
    typed = wanted.words.split()
    if not typed or len(typed) > MOST_WORDS:
        return ""
    talks = places.ids if places.ids is not None else _newest(actor)
    known = queries.lexemes_in(talks)
    said = [_meant(word, known, talks) for word in typed]
    asked = " ".join(one for one in said if one)
    if None in said or asked == wanted.words:
        return ""
    if not queries.seek(actor, replace(wanted, words=asked), places.ids, limit=1).items:
        return ""
    return " ".join([asked, *wanted.marks])


def _newest(actor: Actor) -> list[int]:
    entries = [one for one in queries.conversations_of(actor) if one.last_at is not None]
    entries.sort(key=lambda one: one.last_at.timestamp() if one.last_at else 0, reverse=True)
    return [one.id for one in entries[:MOST_TALKS]]


def _meant(typed: str, known: set[str], talks: Sequence[int]) -> str | None:
    """The word itself where it is said somewhere, else the nearest one as it was written, None where none is near."""
    found = list(words(typed))
    if len(found) != 1:
        return typed
    [word] = found
    if word.stem in known or any(one.startswith(word.folded) for one in known):
        return typed
    most = slips(word.folded)
    # Counting slips is dear: it is done with the words that begin alike, of about the same length.
    alike = [
        one
        for one in known
        if (one[0] in word.folded[:2] or word.folded[0] in one[:2])
        and len(word.stem) - most <= len(one) <= len(word.folded) + most
    ]
    near = [(min(_apart(word.stem, one), _apart(word.folded, one)), one) for one in alike]
    slipped, lexeme = min((one for one in near if one[0] <= most), default=(0, ""))
    text = queries.said_with(lexeme, talks) if slipped else ""
    return next((match[0] for match in _WORD.finditer(text) if lexeme in {w.stem for w in words(match[0])}), None)


def _apart(typed: str, other: str) -> int:
    """Slips between two words, more than are ever forgiven where the typed one is too short for so many."""
    most = slips(typed)
    slipped = apart(typed, other, most)
    return slipped if slipped <= most else NEVER
