"""Cleaning of text that people type, paste or import, before anything is kept.

Refused, because nobody types it and PostgreSQL or UTF-8 cannot hold it: NUL and lone surrogates.
Quietly removed: control characters (C0, C1), noncharacters, and in single lines every directional override,
embedding and isolate (U+202A–E, U+2066–9), with which an .exe can be shown as ending in "pdf"
(Unicode TR 36, section 3.1; CVE-2021-42574). Several lines keep embeddings and isolates, which honest
bilingual text uses and which end with their paragraph, and lose the two overrides.
Kept: the half-space of Persian (ZWNJ, U+200C), the joiner, the marks LRM, RLM and ALM.
Everything is NFC (Unicode Standard Annex 15). Cleaning twice changes nothing.
"""

import re
import unicodedata
from typing import Final


class Unclean(ValueError):
    """Text that cannot be taken. `code` says why; `limit` is the bound in characters where there is one."""

    code = "unclean"

    def __init__(self, limit: int | None = None) -> None:
        super().__init__(self.code if limit is None else f"{self.code}: {limit}")
        self.limit = limit


class NotText(Unclean):
    code = "not-text"


class HasNul(Unclean):
    code = "nul"


class HasSurrogate(Unclean):
    code = "surrogate"


class Blank(Unclean):
    code = "blank"


class TooShort(Unclean):
    code = "too-short"


class TooLong(Unclean):
    code = "too-long"


MARKS_IN_A_ROW: Final = 8
"""More combining marks than any living script stacks; longer piles run over the neighbouring lines."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17)
)
_NEVER: Final = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb" + _NONCHARACTERS
_NEVER_IN_A_LINE: Final = re.compile(f"[{_NEVER}\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
_NEVER_IN_LINES: Final = re.compile(f"[{_NEVER}\u202d\u202e\u206a-\u206f\x1c-\x1f]")
_SPACES: Final = re.compile(r"\s+")
_LINE_END: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ONLY_ASCII: Final = re.compile(r"[\n\t -~]*")
_LOOKS_EMPTY: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
_EMPTY_CATEGORIES: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"})
_EDGE_MARKS: Final = "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u00ad"


def clean_line(value: object, *, least: int = 1, most: int = 200) -> str:
    """One line of text, tidied: a name, a title, a label.

    Runs of white space, line ends included, become one space; the ends are trimmed of spaces and invisible
    marks. `least` and `most` bound the length of the result in characters; with `least=0` an empty result is
    allowed. Raises NotText, HasNul, HasSurrogate, Blank (nothing visible left), TooShort, TooLong.
    """
    text = _taken(value, most)
    if _ONLY_ASCII.fullmatch(text) is None:
        text = unicodedata.normalize("NFC", _NEVER_IN_A_LINE.sub("", _spaced(text)))
        text = unicodedata.normalize("NFC", _without_piles(text))
    text = _trimmed(_SPACES.sub(" ", text))
    return _bounded(text, least, most)


def clean_text(value: object, *, least: int = 0, most: int = 50_000) -> str:
    """Text of several lines, tidied: a body, a message, a comment.

    Line ends become `\\n`; tabs and inner spaces stay, since Markdown reads them; empty lines at the
    start and white space at the end go. Bounds and errors as for `clean_line`.
    """
    text = _LINE_END.sub("\n", _taken(value, most))
    if _ONLY_ASCII.fullmatch(text) is None:
        text = unicodedata.normalize("NFC", _NEVER_IN_LINES.sub("", text))
    return _bounded(text.rstrip().lstrip("\n"), least, most)


def is_blank(text: str) -> bool:
    """Whether nothing in `text` can be seen: only spaces, invisible marks and fillers."""
    return all(char in _LOOKS_EMPTY or unicodedata.category(char) in _EMPTY_CATEGORIES for char in text)


def _taken(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise NotText
    # Four times the bound leaves room for what cleaning removes, and spares work on a pasted book.
    if len(value) > 4 * most + 64:
        raise TooLong(most)
    if "\x00" in value:
        raise HasNul
    if _SURROGATE.search(value):
        raise HasSurrogate
    return value


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text)


def _trimmed(text: str) -> str:
    before = None
    while text != before:
        before, text = text, text.strip().strip(_EDGE_MARKS)
    return text


def _without_piles(text: str) -> str:
    row = 0
    kept = []
    for char in text:
        row = row + 1 if unicodedata.combining(char) else 0
        if row <= MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


def _bounded(text: str, least: int, most: int) -> str:
    if is_blank(text):
        if least > 0:
            raise Blank
        return ""
    if len(text) < least:
        raise TooShort(least)
    if len(text) > most:
        raise TooLong(most)
    return text
