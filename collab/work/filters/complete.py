"""What may come next while a query is being typed: conditions, then their values."""

import re
from dataclasses import dataclass
from typing import Final

from collab.core.i18n import _
from collab.core.text.fold import fold

from . import fields, words
from .fields import Field
from .parse import OPERATORS, QUOTES
from .values import Speaker
from .words import Words

MOST: Final = 12
_TERM: Final = re.compile(r"(?:^|(?<=[\s(]))-?([^\s()\"«“„:=<>!]+)\s*(!=|>=|<=|:|=|<|>)([^\s()]*)$")
_WORD: Final = re.compile(r"(?:^|(?<=[\s(]))-?([^\s()\"«“„:=<>!]*)$")


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` replaces what stands between `begin` and the end; `note` says what it is. Half a condition goes on."""

    text: str
    note: str
    begin: int
    done: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value being typed that only the database knows: names of parties or labels that begin so."""

    field: Field
    typed: str
    begin: int


def complete(text: str, speaker: Speaker) -> tuple[list[Completion], Wanted | None]:
    """What fits at the end of `text`. Nothing inside quotation marks that are still open."""
    if sum(text.count(mark) for mark in QUOTES if mark == '"') % 2:
        return [], None
    if match := _TERM.search(text):
        field = fields.called(match[1])
        return _values(field, match[3], match.start(3), speaker) if field else ([], None)
    if match := _WORD.search(text):
        return _fields(match[1], match.start(1), speaker), None
    return [], None


def _fields(typed: str, begin: int, speaker: Speaker) -> list[Completion]:
    begun = fold(typed)
    found = []
    for code, field in fields.FIELDS.items():
        every = [word for spoken in (field.words or words.FIELDS[code]).values() for word in spoken]
        written = fields.word_of(code, speaker.locale)
        if not begun or any(fold(word).startswith(begun) for word in every) or fold(_(field.label)).startswith(begun):
            found.append(Completion(f"{written}:", _(field.label), begin, done=False))
    return found[:MOST]


def _values(field: Field, typed: str, begin: int, speaker: Speaker) -> tuple[list[Completion], Wanted | None]:
    # After a comma the next value begins.
    cut = max(typed.rfind(","), typed.rfind("،")) + 1
    typed, begin = typed[cut:], begin + cut
    begun = fold(typed)
    codes: dict[str, Words] = {**field.specials, **field.choices}
    if field.takes == "day":
        codes |= words.DAYS
    found = []
    for code, spoken in codes.items():
        if any(fold(word).startswith(begun) for many in spoken.values() for word in many):
            label = field.labels.get(code) or fields.SPECIAL_LABELS.get(code) or code
            found.append(Completion((spoken.get(speaker.locale) or spoken["en"])[0], _(label), begin, done=True))
    if field.takes == "day" and not begun:
        days, weeks = words.UNITS["d"][speaker.locale][0], words.UNITS["w"][speaker.locale][0]
        found += [Completion(f"+7{days}", "", begin, done=True), Completion(f"-3{weeks}", "", begin, done=True)]
    asks = field.takes in ("party", "unit") or field.code == "label"
    return found[:MOST], Wanted(field, typed, begin) if asks and begun else None


__all__ = ["MOST", "OPERATORS", "Completion", "Wanted", "complete"]
