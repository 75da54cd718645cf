"""Cast vote records: a row is a ballot, columns are the 1st, 2nd, 3rd choice, cells the names chosen.

As cities publish them (CSV, or a sheet of a workbook). `overvote`: two names in one place: the ballot ends there. Two
places left empty one after the other (`undervote`, `skipped`) end it too; one alone is passed over; a name that comes
again is passed over. These are the rules of Maine and Minneapolis, after RCTab's documentation.
"""

import re
from collections import Counter

from .reading import BadFile, distinct
from .table import COUNTS, Row, even
from .votes import Ranking, Votes

CHOICE = re.compile(
    r"(?:^|\b)(?:(?P<a>\d+)(?:st|nd|rd|th)?\s*choice|choice\s*(?P<b>\d+)|"
    r"(?:rank|preference|pref|choice)[ _#-]*(?P<c>\d+)|"
    r"(?P<d>first|second|third|fourth|fifth|sixth)\s+choice)",
    re.IGNORECASE,
)
WORDS = {word: at for at, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)}
SKIPPED = re.compile(r"^(?:under-?vote[sd]?|skipped(?: rank(?:ing)?)?|blank|none|no choice|-+|n/?a)?$", re.IGNORECASE)
OVER = re.compile(r"^over-?vote[sd]?$", re.IGNORECASE)
MOST_SKIPPED = 1


def places_of(head: Row) -> list[int]:
    """The columns that hold choices, in the order of preference; empty when the table is of another kind."""
    found: list[tuple[int, int]] = []
    for place, name in enumerate(head.cells):
        if said := CHOICE.search(name):
            number = said["a"] or said["b"] or said["c"]
            found.append((int(number) if number else WORDS[said["d"].lower()], place))
    if len({number for number, _place in found}) < len(found):
        return []
    return [place for _number, place in sorted(found)]


def read(rows: list[Row]) -> Votes:
    even(rows)
    places = places_of(rows[0])
    if not places:
        raise BadFile(rows[0].line, "the first row should name columns such as `1st choice`, `2nd choice`")
    counts = next((at for at, name in enumerate(rows[0].cells) if COUNTS.match(name)), None)
    found: Counter[tuple[str, ...]] = Counter()
    for row in rows[1:]:
        times = 1
        if counts is not None:
            cell = row.cells[counts].removesuffix(".0")
            if not cell.isascii() or not cell.isdigit() or len(cell) > 10:
                raise BadFile(row.line, f"the number of ballots should be a whole number, not {cell!r}")
            times = int(cell)
        found[tuple(" ".join(row.cells[place].split()) for place in places)] += times
    if not found:
        raise BadFile(rows[0].line, "there is no ballot below the first row; the file may be cut")
    said = {cell for cells in found for cell in cells if not SKIPPED.match(cell) and not OVER.match(cell)}
    names = sorted(said)
    distinct(names, [rows[0].line] * len(names))
    number = {name: at for at, name in enumerate(names)}
    rankings: Counter[Ranking] = Counter()
    over = 0
    for cells, times in found.items():
        ranking, ended = _ranking(cells, number)
        rankings[ranking] += times
        over += times if ended else 0
    notes = (f"{over} ballots end at a place where two names or too few were marked",) if over else ()
    return Votes("choices", tuple(names), "", None, dict(rankings), notes=notes)


def _ranking(cells: tuple[str, ...], number: dict[str, int]) -> tuple[Ranking, bool]:
    ranking: list[tuple[int, ...]] = []
    seen: set[str] = set()
    skipped = 0
    for at, cell in enumerate(cells):
        if OVER.match(cell):
            return tuple(ranking), True
        if SKIPPED.match(cell):
            skipped += 1
            if skipped > MOST_SKIPPED and any(not SKIPPED.match(each) for each in cells[at + 1 :]):
                return tuple(ranking), True
            continue
        skipped = 0
        if cell not in seen:
            seen.add(cell)
            ranking.append((number[cell],))
    return tuple(ranking), False
