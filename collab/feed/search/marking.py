"""Marking what was found: the words of a text that answer the question, as safe HTML."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from collab.core.markdown import unquoted
from collab.core.marks import with_marks
from collab.core.text.keys import key
from collab.core.text.stem import Word, words

from .asking import Asked

SNIPPET: Final = 160
BEFORE: Final = 50
"""Characters of a snippet before the first found word."""
_TOKEN: Final = re.compile(r"[^\W_]+(?:[\u200c\u0300-\u036f\u064b-\u065f\u00ad]+[^\W_]+)*[\u0300-\u036f\u064b-\u065f]*")
_MARKUP: Final = re.compile(r"[*_`#~|]+|!?\[([^\]\n]*)\]\([^)\n]*\)")
_SPACES: Final = re.compile(r"\s+")


def marked(text: str, asked: Asked) -> Markup:
    """`text` with the found words in `<mark>`, everything else escaped."""
    return with_marks(text, _found(text, asked))


def snippet(text: str, asked: Asked, length: int = SNIPPET) -> Markup:
    """The part of a Markdown text around its first found word, marked; its beginning where nothing is found in it."""
    return marked(plain_snippet(text, asked, length), asked)


def plain_snippet(text: str, asked: Asked, length: int = SNIPPET) -> str:
    """The same without marks, as plain text."""
    plain = _SPACES.sub(" ", _MARKUP.sub(r"\1", unquoted(text))).strip()
    first = next((start for start, _end in _found(plain, asked)), 0)
    begin = 0 if first <= BEFORE else plain.rfind(" ", 0, first - BEFORE + 1) + 1
    part = plain[begin : begin + length]
    if begin + length < len(plain):
        part = (part.rsplit(" ", 1)[0] or part) + "…"
    return ("…" if begin else "") + part


def found_in(text: str, asked: Asked) -> bool:
    """Whether some word of `text` answers the question."""
    return next(_found(text, asked), None) is not None


def _found(text: str, asked: Asked) -> Iterator[tuple[int, int]]:
    for token in _TOKEN.finditer(text):
        if any(_answers(word, asked) for word in _words(token[0])):
            yield token.span()


def _answers(word: Word, asked: Asked) -> bool:
    if word.stem in asked.stems or any(part in asked.stems for part in word.parts):
        return True
    if asked.beginnings and word.folded.startswith(asked.beginnings):
        return True
    return bool(asked.sounds) and key(word.folded) in asked.sounds


@lru_cache(maxsize=50_000)
def _words(token: str) -> tuple[Word, ...]:
    return tuple(words(token))
