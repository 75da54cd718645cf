"""The key of a word beside its stem: what words share that a reader takes for the same and a stemmer does not.

Greek has its sound (`greeklish`), which Latin spellings and misspellings share. Persian has its root: Snowball keeps
the endings that are written joined, so that کتابی, کتابان and کتاب have three stems. Here the endings of plural,
indefinite and ezafe go, at most two of them, and three letters stay.
"""

import re
from functools import lru_cache
from typing import Final

from .greeklish import sound

_PERSIAN: Final = re.compile("[\u0620-\u064a\u066e-\u06d3]+")
_ENDINGS: Final = re.compile(
    "(?:هایمان|هایتان|هایشان|هایی|هایم|هایت|هایش|های|ها|یان|(?<=....)گان|یی|ان|ات|ت|ی|ه)$"
)  # fmt: skip
_LEAST: Final = 3


@lru_cache(maxsize=50_000)
def root(word: str) -> str | None:
    """The root of one folded Persian word; None for other words and very short ones."""
    if len(word) < _LEAST or not _PERSIAN.fullmatch(word):
        return None
    for _turn in range(2):
        shorter = _ENDINGS.sub("", word)
        if len(shorter) < _LEAST:
            break
        word = shorter
    return word


def key(word: str) -> str | None:
    """The sound of a Greek word, the root of a Persian one; None where there is neither."""
    return sound(word) or root(word)
