"""A checklist as text: many lines pasted at once, with or without the marks of other programs before them. Pure."""

import re
from dataclasses import dataclass
from typing import Final

MOST: Final = 100
"""Lines of one item."""
LONGEST: Final = 200
_MARK: Final = re.compile(r"\s*(?:[-*+•–](?:\s+|$)|\d{1,3}[.)](?:\s+|$))?(?:\[(?P<done>[ xXχΧ✓✔])\]\s*)?")


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it was written, and whether it was ticked there."""

    text: str
    done: bool = False


def lines_in(text: str) -> list[Written]:
    """The lines of a pasted text: without bullets and numbers, "[x]" as a tick, empty lines left out."""
    found = []
    for line in text.splitlines():
        mark = _MARK.match(line)
        said = line[mark.end() :] if mark else line
        if said.strip():
            found.append(Written(" ".join(said.split()), bool(mark and (mark["done"] or " ").strip())))
    return found
