"""What a sheet is given: plain text, each paragraph with the direction it is read in. Pure.

What people mark (bold, lists, links) is said in plain words; a sheet sets text as it stands, whatever signs are in it.
"""

import re
import unicodedata
from typing import Any, Final, TypedDict

RIGHT_TO_LEFT: Final = frozenset({"fa", "ar", "he"})
MOST_PARTS: Final = 2_000
MOST_LETTERS: Final = 400_000


class Part(TypedDict):
    """A paragraph: its lines, and whether it is read from right to left."""

    lines: list[str]
    rtl: bool


def is_rtl(text: str, usual: bool) -> bool:
    """Whether a paragraph is read from right to left: by its first strong letter outside what is set apart (Unicode
    UAX #9, P2 and P3)."""
    apart = 0
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("LRI", "RLI", "FSI"):
            apart += 1
        elif kind == "PDI":
            apart = max(0, apart - 1)
        elif not apart and kind in ("L", "R", "AL"):
            return kind != "L"
    return usual


_MARKS: Final = (
    (re.compile(r"^(?:> ?)+"), ""),
    (re.compile(r"^[-*+] +"), "• "),
    (re.compile(r"^#{1,6} +"), ""),
    (re.compile(r"@\[([^\[\]\n]{1,200})\]\([a-z]+:\d+\)"), r"@\1"),
    (re.compile(r"\[([^\[\]\n]+)\]\((https?://[^()\s]+)\)"), r"\1 (\2)"),
    (re.compile(r"\*\*(?! )([^*\n]+)(?<! )\*\*"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)


def parts(text: str, language: str) -> list[Part]:
    """The paragraphs of a text; an empty line stands between two. Its marks (bold, lists, links) become plain words."""
    usual = language in RIGHT_TO_LEFT
    found: list[Part] = []
    for block in text[:MOST_LETTERS].replace("\r\n", "\n").split("\n\n"):
        if block.strip():
            lines = [_unmarked(line.strip()) for line in block.strip("\n").split("\n")]
            found.append({"lines": lines, "rtl": is_rtl(block, usual)})
    return found[:MOST_PARTS]


def _unmarked(line: str) -> str:
    for pattern, words in _MARKS:
        line = pattern.sub(words, line)
    return line


def sheet_data(language: str, title: str, **more: Any) -> dict[str, Any]:
    """What every sheet is told: language, direction, digits of page numbers, and the title that readers of the file
    show."""
    rtl = language in RIGHT_TO_LEFT
    return {"lang": language, "rtl": rtl, "numbering": "۱" if language == "fa" else "1", "title": title, **more}
