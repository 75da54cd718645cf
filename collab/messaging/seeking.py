"""What somebody types to find messages: words, and marks like `from:`, `in:`, `unit:`, `before:`, `has:file`.

The marks are understood in the three languages; a value of several words stands in quotation marks.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from collab.core.dates import BadDay, parse_day
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
_PIECE: Final = re.compile(r"""(\w+):(?:["“«]([^"”»]*)["”»]|(\S+))""")
NO_DAY: Final = N_("“%(text)s” is no day. Write it like 2026-11-24.")
NO_SUCH: Final = N_("A message can have a file: write has:file.")
MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. Names are as they were typed; `wrong` says what was not understood, `marks` are as typed."""

    words: str = ""
    author: str = ""
    place: str = ""
    unit: str = ""
    before: date | None = None
    since: date | None = None
    files: bool = False
    wrong: list[str] = field(default_factory=list)
    marks: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.words or self.author or self.place or self.unit or self.before or self.since or self.files)


def sought(text: str, calendar: str = "gregorian") -> Sought:
    """Read what was typed. Marks nobody knows are words like others."""
    given: dict[str, str] = {}
    wrong: list[str] = []
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        mark = MARKS.get(fold(match[1])) or MARKS.get(match[1])
        if mark is None:
            return match[0]
        marks.append(match[0])
        given[mark] = (match[2] if match[2] is not None else match[3]).strip()
        return " "

    words = " ".join(_PIECE.sub(take, text[:MOST]).split())
    days: dict[str, date | None] = {"before": None, "since": None}
    for name in days:
        if name in given:
            try:
                days[name] = parse_day(given[name], calendar=calendar)  # type: ignore[arg-type]
            except BadDay:
                wrong.append(_(NO_DAY, text=given[name]))
    files = fold(given.get("has", "")) in FILES
    if "has" in given and not files:
        wrong.append(_(NO_SUCH))
    return Sought(
        words, given.get("author", ""), given.get("place", ""), given.get("unit", ""), days["before"], days["since"],
        files, wrong, tuple(marks),
    )  # fmt: skip
