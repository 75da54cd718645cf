"""A CSV file as rows of an input shape: delimiter and header recognised, every cell checked, every fault kept.

Read line by line within bounds, so that a file of any size costs no more memory than one of the largest allowed.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TextIO, TypeVar

from collab.core.errors import Invalid
from collab.core.forms import Form, parse
from collab.core.i18n import N_, _, listed

from .encoding import BLOCK, encoding_of
from .mapping import BETWEEN, Layout, Mapping, laid_out, tidy
from .report import BadFile, Fault

if TYPE_CHECKING:
    import _csv

F = TypeVar("F", bound=Form)

MOST_ROWS: Final = 100_000
MOST_BYTES: Final = 200 * 1024 * 1024
MOST_LINE: Final = 131_072  # characters; the csv module bounds a cell of several lines likewise
MOST_NAME: Final = 200
KNOWN_BY: Final = ("code", "email", "external_id")  # of units, people and work
QUOTE: Final = '"'
DELIMITERS: Final = (",", ";", "\t")
BLANK: Final = " \r\n" + "".join(DELIMITERS)

EMPTY: Final = N_("The file is empty.")
NOT_A_FILE: Final = N_("%(file)s is not a file that can be read.")
UNKNOWN_ENCODING: Final = N_("The letters in this file cannot be recognised. Save it as CSV UTF-8.")
TOO_MANY_ROWS: Final = N_("There are more than %(most)s rows in this file. Split it into several files.")
TOO_LARGE: Final = N_("This file is larger than %(most)s MB. Split it into several files.")
LONG_LINE: Final = N_("Line %(line)s is too long to be a row.")
OPEN_QUOTE: Final = N_('A quotation mark on line %(line)s or after it is never closed: write "" for a mark inside one.')
BROKEN_QUOTE: Final = N_('A quotation mark stands in the middle of a cell: write "" for a mark inside one.')
LONG_CELL: Final = N_(
    "A cell on line %(line)s or after it has more than %(most)s characters, or its quotation mark is never closed."
)
ABSENT: Final = N_("The file has no columns of these names, which its map speaks of: %(columns)s.")
NO_COLUMNS: Final = N_("These columns are missing: %(columns)s.")
STRANGE_COLUMNS: Final = N_(
    "These columns are not known: %(columns)s. Known are: %(known)s. A file of another system is read with a map."
)
TWICE: Final = N_("These columns stand twice: %(columns)s.")
RAGGED: Final = N_("This row has %(found)s cells, but the header has %(expected)s.")


@dataclass(frozen=True, slots=True)
class Row(Generic[F]):
    """One good row: the line it begins on and what it says."""

    line: int
    says: F


@dataclass(frozen=True, slots=True)
class Sheet(Generic[F]):
    """The rows of a file that are good by themselves, the faults of the others, and which of our columns it has.

    `names` is what the file calls them, `ignored` are its other columns."""

    rows: list[Row[F]]
    faults: list[Fault]
    columns: frozenset[str]
    names: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


Progress = Callable[[int], None]
OURS: Final = Mapping()


def read_sheet(
    path: Path, form: type[F], progress: Progress = lambda _bytes: None, mapping: Mapping = OURS
) -> Sheet[F]:
    """Read a whole file. `progress` hears how many bytes were read so far, now and then. With a `mapping` it may have
    columns, words and days of another system.

    Raises BadFile when the file as a whole is wrong: no text, unknown encoding, wrong header, beyond the bounds.
    """
    encoding = _checked(path)
    rows: list[Row[F]] = []
    faults: list[Fault] = []
    with path.open("rb") as bytes_read, TextIOWrapper(bytes_read, encoding=encoding, newline="") as file:
        try:
            delimiter, first_line = _delimiter(file, mapping.known(form))
            reader = csv.reader(_bounded(file), delimiter=delimiter, strict=True)
            layout = _header(reader, form, mapping)
            _count(path, encoding, delimiter, 1 if first_line == 1 else 2)
            for number, (line, cells) in enumerate(_records(reader, first_line, faults)):
                if number % 500 == 0:
                    progress(bytes_read.tell())
                if any(cell.strip() for cell in cells):
                    _take(line, cells, layout, form, rows, faults)
        except UnicodeError as error:
            raise BadFile(_(UNKNOWN_ENCODING)) from error
    progress(path.stat().st_size)
    return Sheet(rows, faults, layout.columns, layout.names, layout.ignored)


def _checked(path: Path) -> str:
    try:
        size = path.stat().st_size if path.is_file() else -1
        if size < 0:
            raise BadFile(_(NOT_A_FILE, file=str(path)))
        if size > MOST_BYTES:
            raise BadFile(_(TOO_LARGE, most=MOST_BYTES // 1024 // 1024))
        if size == 0:
            raise BadFile(_(EMPTY))
        encoding = encoding_of(path)
    except OSError as error:
        raise BadFile(_(NOT_A_FILE, file=str(path))) from error
    if encoding is None:
        raise BadFile(_(UNKNOWN_ENCODING))
    return encoding


def _delimiter(file: TextIO, known: set[str]) -> tuple[str, int]:
    """The delimiter under which most known columns appear, and the line on which the header stands.

    Spreadsheets may say it themselves in a first line `sep=;`.
    """
    first, line = file.readline(MOST_LINE), 1
    while first and not first.strip(BLANK):
        first, line = file.readline(MOST_LINE), line + 1
    said = first.rstrip("\r\n")
    if said.lower().startswith("sep=") and len(said) == 5 and said[4] != QUOTE:
        return said[4], line + 1
    file.seek(0)

    def recognised(delimiter: str) -> int:
        return len(known & {tidy(name) for name in first.split(delimiter)})

    return max(DELIMITERS, key=recognised), 1


def _bounded(file: TextIO) -> Iterator[str]:
    line = 0
    while text := file.readline(MOST_LINE + 1):
        line += 1
        if len(text) > MOST_LINE:
            raise BadFile(_(LONG_LINE, line=line))
        yield text


def _header(reader: Iterator[list[str]], form: type[Form], mapping: Mapping) -> Layout:
    try:
        header = list(next((cells for cells in reader if any(map(str.strip, cells))), []))
    except csv.Error as error:
        raise BadFile(_unreadable(error, 1)) from error
    while header and not tidy(header[-1]):
        header.pop()
    if not header:
        raise BadFile(_(EMPTY))
    layout = laid_out(header, form, mapping)
    _check(layout, [tidy(name) for name in header], form)
    return layout


def _check(layout: Layout, names: list[str], form: type[Form]) -> None:
    """Raises BadFile for columns that are missing, not known, or there twice where one is meant."""
    mapping = layout.mapping
    needed = [name for name, about in form.model_fields.items() if about.is_required()]
    _refuse(ABSENT, [name for theirs in mapping.columns.values() for name in theirs if name not in names])
    _refuse(NO_COLUMNS, [name for name in needed if name not in layout.columns])
    if not mapping.given:
        unknown = [name for name in names if name not in form.model_fields]
        _refuse(STRANGE_COLUMNS, unknown, known=listed(form.model_fields))
    read = [names[at] for ours, places in layout.places.items() if ours not in BETWEEN for at in dict.fromkeys(places)]
    _refuse(TWICE, [name for name in dict.fromkeys(read) if names.count(name) > 1])


def _refuse(sentence: str, columns: list[str], **more: str) -> None:
    if columns:
        shown = [column[:40] or "“”" for column in columns[:10]]
        raise BadFile(_(sentence, columns=listed(shown), **more))


def _records(reader: "_csv.Reader", first_line: int, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line it begins on; one whose quotes are wrong becomes a fault and comes empty."""
    while True:
        line = reader.line_num + first_line
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not _in_the_middle(error):
                raise BadFile(_unreadable(error, line)) from error
            faults.append(Fault(line, "", _(BROKEN_QUOTE)))
            cells = []
        yield line, cells


def _in_the_middle(error: csv.Error) -> bool:
    return "delimiter" in str(error) or "expected after" in str(error)


def _unreadable(error: csv.Error, line: int) -> str:
    """What is wrong with the quotes or the length of a cell, in a sentence."""
    if _in_the_middle(error):
        return _(BROKEN_QUOTE)
    return _(LONG_CELL, line=line, most=f"{MOST_LINE:,}") if "limit" in str(error) else _(OPEN_QUOTE, line=line)


def _count(path: Path, encoding: str, delimiter: str, above: int) -> None:
    """Raises BadFile for more rows than are taken, before any is looked at; `above` them stand header and `sep=`.

    Cells may hold several lines, so a file of many lines is counted by rows.
    """
    ends = [0, 0]
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            ends = [ends[0] + block.count(b"\n"), ends[1] + block.count(b"\r")]
    if max(ends) < MOST_ROWS:
        return
    found = 0
    with path.open(encoding=encoding, newline="") as text:
        try:
            for cells in csv.reader(_bounded(text), delimiter=delimiter):
                found += any(cells)
                if found > MOST_ROWS + above:
                    raise BadFile(_(TOO_MANY_ROWS, most=f"{MOST_ROWS:,}"))
        except csv.Error:
            return  # told at its line when the rows are read


def _take(line: int, cells: list[str], layout: Layout, form: type[F], rows: list[Row[F]], faults: list[Fault]) -> None:
    while len(cells) > layout.width and not cells[-1].strip():
        cells.pop()
    if len(cells) != layout.width:
        faults.append(Fault(line, "", _(RAGGED, found=len(cells), expected=layout.width)))
        return
    said, unread = layout.cells(line, cells)
    try:
        if not unread:
            rows.append(Row(line, parse(form, said)))
    except Invalid as error:
        for name, reasons in error.fields.items():
            unread.extend(Fault(line, name.split(".")[0], reason) for reason in reasons)
    known_by = next((said[name].strip()[:MOST_NAME] for name in KNOWN_BY if name in said), "")
    faults.extend(replace(fault, row=known_by) for fault in unread)
