"""Reading a line: pieces that were understood, with their places, and the title that is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from collab.core.dates.said.days import Today, counted_at, day_at
from collab.core.dates.said.words import PLAIN_QUOTES, Word, words_of
from collab.core.text.fold import fold

from .marks import mark_at
from .repeating import Repeat, repeat_at
from .times import time_at

ONCE: Final = frozenset({"repeat", "due", "time", "priority", "holder", "unit", "parent", "effort"})
"""Kinds of which a task has one: the first is taken, a second stays among the words."""
LEFT: Final = ""
"""No kind: words that stay in the title whole, so that no part of them is taken for the day."""
STREETS: Final = frozenset({"street", "st", "rd", "avenue", "ave", "odos"})
PLACES: Final = frozenset({"road", "square", "lane"})
FAR: Final = 30
"""No phrase is longer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something understood at [start, end) of the line: repeat, due, time, priority, holder, label, unit or parent."""

    kind: str
    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class Understood:
    """A line: what is left as the title, and the pieces in their order."""

    title: str
    pieces: tuple[Piece, ...] = ()

    def value(self, kind: str) -> Any:
        """The value of the one piece of this kind, None without."""
        return next((piece.value for piece in self.pieces if piece.kind == kind), None)

    @property
    def due(self) -> date | None:
        found: date | None = self.value("due")
        return found

    @property
    def repeat(self) -> Repeat | None:
        found: Repeat | None = self.value("repeat")
        return found

    @property
    def labels(self) -> tuple[str, ...]:
        """Each label once, as it was written first, in that order: letters may be small or capital."""
        first: dict[str, str] = {}
        for piece in self.pieces:
            if piece.kind == "label":
                first.setdefault(fold(piece.value), piece.value)
        return tuple(first.values())


def read(text: str, today: Today) -> Understood:
    """What a line says. Nothing of it is lost: each word is in the title or in a piece."""
    pieces = pieces_in(text, today)
    return Understood(_title(text, pieces, today), tuple(pieces))


def pieces_in(text: str, today: Today) -> list[Piece]:
    """The pieces of a line, in order, none over another."""
    words = words_of(text)
    found: list[Piece] = []
    place = 0
    while place < len(words):
        taken = {piece.kind for piece in found} & ONCE
        piece = _piece(words, place, today, taken)
        if piece is None:
            place += 1
            continue
        count, kind, value = piece
        if kind != LEFT and kind not in taken:
            found.append(Piece(kind, words[place].start, words[place + count - 1].end, value))
        place += count
    return found


def _piece(words: Sequence[Word], place: int, today: Today, taken: set[str]) -> tuple[int, str, Any] | None:
    here = words[place]
    if not here.folded:
        return None
    marked = mark_at(here.text)
    if marked is not None:
        return None if marked[0] in taken else (1, *marked)
    free = _free(words, place)
    again = repeat_at(free, today)
    if again is not None:  # a second one stays in the title whole, so that nothing of it is taken for a day
        return again[0], "repeat", again[1]
    counted = counted_at(free, today) if here.text[-1].isalnum() else 0
    if counted:
        return counted, LEFT, None
    day = day_at(free, today) if "due" not in taken else None
    if day is not None:
        return day[0], "due", day[1]
    clock = time_at(free) if "time" not in taken else None
    return (clock[0], "time", clock[1]) if clock and not _in_a_street(words, place, clock[0]) else None


def _in_a_street(words: Sequence[Word], place: int, count: int) -> bool:
    """“At 3 Analipseos Street”: a bare number, a name and then the word for a street are an address. In small letters
    the word follows one name at once, and is none that is said of other things too."""
    lead, *after = words[place : place + 5]
    if lead.folded != "at" or count != 2 or not after[0].folded.isdigit() or len(after) < 3:
        return False
    kinds = [word.folded.strip(".,") for word in after[2:]]
    return kinds[0] in STREETS or (after[1].text[:1].isupper() and any(kind in STREETS | PLACES for kind in kinds))


def _free(words: Sequence[Word], place: int) -> list[str]:
    """The folded words from a place on, up to the first that is quoted."""
    free: list[str] = []
    for word in words[place : place + FAR]:
        if not word.folded:
            break
        free.append(word.folded)
    return free


def would_shed(inside: str, today: Today) -> bool:
    """Whether quotes around these words only kept them from being understood. Ordinary quotes are part of a title."""
    return bool(pieces_in(inside, today))


def _title(text: str, pieces: Sequence[Piece], today: Today) -> str:
    left, at = [], 0
    for piece in pieces:
        left.append(text[at : piece.start])
        at = piece.end
    left.append(text[at:])

    def shed(quoted: Any) -> str:
        return str(quoted[1] if would_shed(quoted[1], today) else quoted[0])

    title = " ".join(" ".join(PLAIN_QUOTES.sub(shed, part) for part in left).split())
    # A comma that only led to what was understood at the end leads nowhere now.
    return title if not pieces or left[-1].strip() else title.rstrip(" ,،")
