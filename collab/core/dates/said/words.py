"""A line as words with their places. Words in quotes are kept out of all understanding."""

import re
from dataclasses import dataclass
from typing import Final

from collab.core.text.fold import fold

_WORD: Final = re.compile(r"\S+")
PLAIN_QUOTES: Final = re.compile(r'(?<!\S)"([^"]*)"(?!\S)')
"""Straight quotes around whole words: the way to say "leave these words alone"."""
_BOOK_QUOTES: Final = re.compile("«[^«»]*»|“[^“”]*”")
_TAIL: Final = ",;.:،؛"


@dataclass(frozen=True, slots=True)
class Word:
    """A word at [start, end) of the line. `folded` is what it is compared by; empty where it is quoted."""

    text: str
    start: int
    end: int
    folded: str


def words_of(text: str) -> list[Word]:
    """The words of a line in order."""
    kept = [found.span() for quotes in (PLAIN_QUOTES, _BOOK_QUOTES) for found in quotes.finditer(text)]
    return [_word(found, kept) for found in _WORD.finditer(text)]


def _word(found: re.Match[str], kept: list[tuple[int, int]]) -> Word:
    start, end = found.span()
    quoted = '"' in found[0] or any(start < last and first < end for first, last in kept)
    return Word(found[0], start, end, "" if quoted else fold(found[0].rstrip(_TAIL)))
