"""What somebody types to find messages: words, and marks like `from:`, `in:`, `unit:`, `before:`, `has:file`.

The marks are understood in the three languages, and so are days: "yesterday", "Monday" (the last one), "πριν 3 μέρες".
A value of several words stands in quotation marks.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates.said import Today, day_in
from collab.core.i18n import N_, _
from collab.core.text.fold import fold

MARKS: Final = {
    "from": "author", "απο": "author", "از": "author",
    "in": "place", "σε": "place", "در": "place",
    "unit": "unit", "μοναδα": "unit", "واحد": "unit",
    "before": "before", "πριν": "before", "پیش": "before",
    "since": "since", "after": "since", "μετα": "since", "پس": "since",
    "has": "has", "εχει": "has", "دارد": "has",
}  # fmt: skip
FILES: Final = frozenset(map(fold, ("file", "files", "αρχείο", "αρχεία", "پرونده", "فایل")))
_PIECE: Final = re.compile(r"""(?<!\S)(\w+):(?:["“«]([^"”»]*)["”»]|(\S*))""")
_UNKNOWN: Final = re.compile(r"[^\W\d_]{2,20}")
_SCHEMES: Final = frozenset(("http", "https", "mailto", "ftp"))
NO_DAY: Final = N_("“%(text)s” is no day. Write it like 2026-11-24, yesterday or Monday.")
NOTHING: Final = N_("Nothing stands after “%(mark)s:”. Write what is meant right after it, without a space.")
UNKNOWN: Final = N_(
    "“%(mark)s:” is no mark of this search; it was looked for as words. Marks are from:, in:, unit:, before:, since: "
    "and has:file."
)
NO_SUCH: Final = N_("A message can have a file: write has:file.")
MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. Names are as they were typed; `wrong` says what was not understood, `notes` what was taken
    for words; `marks` are as typed."""

    words: str = ""
    author: str = ""
    place: str = ""
    unit: str = ""
    before: date | None = None
    since: date | None = None
    files: bool = False
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    marks: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.words or self.author or self.place or self.unit or self.before or self.since or self.files)


def sought(text: str, today: Today) -> Sought:
    """Read what was typed on a day. Marks nobody knows are words like others, and are spoken of."""
    given: dict[str, str] = {}
    wrong: list[str] = []
    notes: list[str] = []
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        mark = MARKS.get(fold(match[1])) or MARKS.get(match[1])
        value = (match[2] if match[2] is not None else match[3]).strip()
        if mark is None:
            if value and not value.startswith("//") and _UNKNOWN.fullmatch(match[1]) and match[1] not in _SCHEMES:
                notes.append(_(UNKNOWN, mark=match[1]))
            return match[0]
        if not value:
            wrong.append(_(NOTHING, mark=match[1]))
            return " "
        marks.append(match[0])
        given[mark] = value
        return " "

    words = " ".join(_PIECE.sub(take, text[:MOST]).split())
    days = {name: day_in(given[name], today) if name in given else None for name in ("before", "since")}
    wrong += [_(NO_DAY, text=given[name]) for name, day in days.items() if name in given and day is None]
    files = fold(given.get("has", "")) in FILES
    if "has" in given and not files:
        wrong.append(_(NO_SUCH))
    return Sought(
        words, given.get("author", ""), given.get("place", ""), given.get("unit", ""), days["before"], days["since"],
        files, wrong, notes, tuple(marks),
    )  # fmt: skip


def asked_by(actor: Actor, text: str) -> Sought:
    """What somebody typed, days by their calendar and counted from their today; what was said lies behind them."""
    return sought(text, Today(clock.today(actor.time_zone), actor.calendar, over=True))  # type: ignore[arg-type]
