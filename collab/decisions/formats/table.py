"""Tables, as CSV or a sheet of a workbook: the rows, the line each stands in, and the columns that are no options."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Hashable
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from .reading import BadFile, distinct, whole

B = TypeVar("B", bound=Hashable)
Cells = tuple[str, ...]

NOT_OPTIONS: Final = re.compile(
    r"^(?:voters?|voter[ _-]?(?:id|name|no\.?|number)|ballots?(?:[ _-]?(?:id|no\.?|number))?|id|no\.?|#|nr|timestamp|"
    r"time|date|e-?mail(?: address)?|username|precinct|ward|ballot style|cast vote record|cvr(?:[ _-]?number)?)$",
    re.IGNORECASE,
)
COUNTS: Final = re.compile(
    r"^(?:counts?|weights?|ballots|votes|number of (?:ballots|voters|votes)|times|multiplicity)$", re.I
)


_SEPARATOR: Final = re.compile(r"^sep=([,;\t])\s*$", re.IGNORECASE)


class Row(NamedTuple):
    """A row and the line of the file that it ends in (of a sheet: its row)."""

    line: int
    cells: tuple[str, ...]


def rows_of(text: str) -> list[Row]:
    """The rows of a CSV text. The delimiter is the one of comma, semicolon and tab that the first row holds most of."""
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=lambda sign: _outside(first, sign))
    said = _SEPARATOR.match(first)  # as spreadsheets write it for each other
    if said:
        delimiter = said[1]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if said and not rows and _SEPARATOR.match(delimiter.join(cells)):
                continue
            if cells and (len(cells) > 1 or cells[0].strip()):
                rows.append(Row(reader.line_num, tuple(map(str.strip, cells))))
    except csv.Error as error:
        why = "a quotation mark is not closed; the file seems to be cut" if "end of data" in str(error) else str(error)
        raise BadFile(reader.line_num, f"the row cannot be read: {why}") from error
    if not rows:
        raise BadFile(0, "the file is empty")
    return _without_empty_end(rows)


def _without_empty_end(rows: list[Row]) -> list[Row]:
    """Without a last column that holds nothing: the first row and all others ended with a delimiter."""
    width = len(rows[0].cells)
    if width > 2 and len(rows) > 1 and all(len(row.cells) == width and not row.cells[-1] for row in rows):
        return [Row(row.line, row.cells[:-1]) for row in rows]
    return rows


def _outside(line: str, sign: str) -> int:
    return re.sub(r'"[^"]*"', "", line).count(sign)


def even(rows: list[Row]) -> None:
    """Every row is as wide as the first one."""
    width = len(rows[0].cells)
    for row in rows[1:]:
        if len(row.cells) < width:
            raise BadFile(row.line, f"the row has {len(row.cells)} cells instead of {width}; the file may be cut")
        if len(row.cells) > width and any(row.cells[width:]):
            raise BadFile(row.line, f"the row has {len(row.cells)} cells, but the first row names only {width} columns")


def columns(head: Row) -> tuple[list[int], int | None]:
    """Which columns are options, and which one, if any, says how many voters a row stands for."""
    options, counts = [], None
    for place, name in enumerate(head.cells):
        if COUNTS.match(name) and counts is None and len(head.cells) > 2:
            counts = place
        elif not NOT_OPTIONS.match(name):
            options.append(place)
    return options, counts


def votes_of(rows: list[Row], says: Callable[[Cells, int, list[str]], B]) -> tuple[list[str], Counter[B]]:
    """The options, and how often each vote was given. `says` reads the cells of one voter, with its line and the names
    of the options; it is asked once for cells that are alike."""
    even(rows)
    options, counts = columns(rows[0])
    names = [rows[0].cells[place] for place in options]
    if not names:
        raise BadFile(rows[0].line, "the first row should name the options")
    distinct(names, [rows[0].line] * len(names))
    _refuse_ballot_as_head(names, rows, options)
    if len(rows) == 1:
        raise BadFile(rows[0].line, "there is no ballot below the names; the file may be cut")
    found: Counter[B] = Counter()
    known: dict[Cells, B] = {}
    picked = picking(options)
    for row in rows[1:]:
        cells = picked(row.cells)
        times = whole(row.cells[counts], row.line, "the number of voters") if counts is not None else 1
        if cells not in known:
            known[cells] = says(cells, row.line, names)
        if times:
            found[known[cells]] += times
    return names, found


def _refuse_ballot_as_head(names: list[str], rows: list[Row], options: list[int]) -> None:
    """A file without a row of names would lose its first ballot. Options may be called by numbers, such as years, but
    not by numbers that are themselves ranks or scores of this file."""
    if not all(name.isascii() and name.isdigit() and len(name) < 10 for name in names):
        return
    cells = {row.cells[place] for row in rows[1:200] for place in options if place < len(row.cells)}
    most = max([len(names), *(int(cell) for cell in cells if cell.isascii() and cell.isdigit() and len(cell) < 10)])
    if all(int(name) <= most for name in names):
        raise BadFile(
            rows[0].line, "the first row should name the options, and it holds numbers like the ballots below"
        )


def picking(options: list[int]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """What takes the cells of the options from a row."""
    if len(options) == 1:
        return lambda cells: (cells[options[0]],)
    return itemgetter(*options)
