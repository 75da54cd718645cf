"""From text to the stems that are compared: the same function for what is stored and for what is asked.

Words are folded first, then cut to their stem by the Snowball algorithm of their script: Greek (Ntais, Saroukos),
Persian, English for Latin letters (snowballstem.org, library `snowballstemmer`). Nothing is left to a database's
dictionaries, which differ from server to server. Words with digits (numbers, references, ΑΔΑ codes) stay whole.

Persian writes one word in three ways: کتاب‌ها with a half-space, کتابها joined, کتاب ها apart. Endings and prefixes
after a half-space or standing alone are left out, so that the three agree; a compound such as دانش‌آموز is known
both joined and by its parts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from snowballstemmer import stemmer

from .fold import HALF_SPACE, fold_keeping_half_spaces

LONGEST_WORD: Final = 64

_WORD: Final = re.compile(r"[^\W_]+(?:\u200c[^\W_]+)*")
_SCRIPTS: Final = (
    (re.compile("[α-ω]"), stemmer("greek")),
    (re.compile("[\u0620-\u064a\u066e-\u06d3]"), stemmer("persian")),
    (re.compile("[a-z]"), stemmer("english")),
)
_DIGIT: Final = re.compile("[0-9]")
_LOCK: Final = Lock()

_PREFIXES: Final = frozenset(["می", "نمی"])
_PLURALS: Final = ["ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان"]
_ALONE: Final = frozenset(["می", "نمی", *_PLURALS])
_ENDINGS: Final = frozenset(
    [*_PLURALS, "ی", "ای", "ام", "ات", "اش", "ان", "اند", "ایم", "اید", "مان", "تان", "شان", "تر", "تری", "ترین"]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as folded, its stem, and the stems of its parts where a half-space joins several."""

    folded: str
    stem: str
    parts: tuple[str, ...] = ()


def words(text: str) -> Iterator[Word]:
    """The words of `text` in order. Detached Persian prefixes and plural endings are no words of their own."""
    for match in _WORD.finditer(fold_keeping_half_spaces(text)):
        written = match[0]
        if HALF_SPACE in written:
            yield _compound(written)
        elif written not in _ALONE:
            folded = written[:LONGEST_WORD]
            yield Word(folded, stem(folded))


def _compound(written: str) -> Word:
    pieces = written.split(HALF_SPACE)
    bases = [piece for piece in pieces[:1] if piece not in _PREFIXES]
    bases += [piece for piece in pieces[1:] if piece not in _ENDINGS] if bases else pieces[1:]
    if len(bases) > 1 and bases[-1] in _ENDINGS:
        bases.pop()
    joined = "".join(bases)[:LONGEST_WORD]
    parts = tuple(stem(base[:LONGEST_WORD]) for base in bases) if len(bases) > 1 else ()
    return Word("".join(pieces)[:LONGEST_WORD], stem(joined), parts)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word; a word of no known script, or with a digit in it, is its own stem."""
    if _DIGIT.search(word):
        return word
    for letters, snowball in _SCRIPTS:
        if letters.search(word):
            # A stemmer keeps the word it works on in itself.
            with _LOCK:
                return snowball.stemWord(word) or word
    return word
