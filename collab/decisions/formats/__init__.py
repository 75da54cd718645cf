"""Files of votes, one small reader for each format, all with one result: `Votes`. Pure: no database, no web.

`read` knows the kind of a file by its name and by what stands in it. What is wrong with a file is said as `BadFile`,
with the line and a sentence, and never otherwise.
"""

from fractions import Fraction
from pathlib import PurePath
from typing import Final

from . import blt, choices, debian, pabulib, preflib, ranks, rollcall, scores, table, tsc, workbook
from .reading import BadFile, lines_of, text_of
from .rollcall import Item
from .votes import Ranking, Scores, Votes

__all__ = ["FORMATS", "BadFile", "Item", "Ranking", "Scores", "Votes", "read"]

FORMATS: Final = {
    "blt": "BLT of transferable votes (.blt, .hil)",
    "preflib": "PrefLib rankings (.soi .soc .toi .toc)",
    "pabulib": "Pabulib participatory budget (.pb)",
    "debian": "Debian tally sheet (V: 21-3 hash)",
    "ranks": "CSV or .xlsx of ranks, a row for each voter, 1 is best",
    "scores": "CSV or .xlsx of scores or approvals, a row for each voter, more is better",
    "choices": "cast vote record, CSV or .xlsx: columns are 1st choice, 2nd choice …",
    "roll-call": "CSV of a council's items, a column for each member: TRUE, FALSE, Absent",
    "tsc": "JSON of Node.js: 1, -1, 0 or points of each member",
}
BEGINNING: Final = 60_000
_ENDINGS: Final = {
    "blt": "blt", "hil": "blt", "pb": "pabulib", "soc": "preflib", "soi": "preflib", "toc": "preflib", "toi": "preflib",
}  # fmt: skip


def read(
    data: bytes,
    name: str = "",
    *,
    form: str | None = None,
    scored: bool = False,
    encoding: str | None = None,
    scale: tuple[Fraction, Fraction] | None = None,
    gaps: bool = True,
) -> Votes | list[Item]:
    """The votes of a file; of a roll call its items. Raises BadFile.

    `form`: one of FORMATS, else it is recognised. `scored`: read a table of bare numbers as scores, not as ranks.
    """
    if workbook.looks_like(data):
        return _table(workbook.rows_of(data), form, scored, scale, gaps)
    text = text_of(data, encoding)
    ending = PurePath(name).suffix.lower().removeprefix(".")
    form = form or _ENDINGS.get(ending) or _recognised(text)
    if form == "blt":
        return blt.read(text)
    if form == "preflib":
        return preflib.read(text, ending if ending in preflib.TYPES else "")
    if form == "pabulib":
        return pabulib.read(text)
    if form == "debian":
        return debian.read(text)
    if form == "tsc":
        return tsc.read(text)
    return _table(table.rows_of(text), form, scored, scale, gaps)


def _recognised(text: str) -> str | None:
    if tsc.looks_like(text):
        return "tsc"
    lines = lines_of(text[:BEGINNING])
    for form, module in (("pabulib", pabulib), ("debian", debian), ("preflib", preflib), ("blt", blt)):
        if module.looks_like(lines):
            return form
    return None


def _table(
    rows: list[table.Row], form: str | None, scored: bool, scale: tuple[Fraction, Fraction] | None, gaps: bool
) -> Votes | list[Item]:
    if form in ("blt", "preflib", "pabulib", "debian", "tsc"):
        raise BadFile(0, f"a workbook cannot be read as {form}")
    form = form or _table_form(rows, scored)
    if form == "roll-call":
        return rollcall.items_of(rows)
    if form == "choices":
        return choices.read(rows)
    return scores.read(rows, scale) if form == "scores" else ranks.read(rows, gaps)


def _table_form(rows: list[table.Row], scored: bool) -> str:
    if rollcall.looks_like(rows[0]):
        return "roll-call"
    body = [cell for row in rows[1:200] for cell in row.cells]
    if choices.places_of(rows[0]) and any(not cell.replace(".", "").isdigit() for cell in body if cell):
        return "choices"
    if scored or any(cell.casefold() in scores.TICKS for cell in body):
        return "scores"
    if len(rows[0].cells) < 2 and len(rows) < 2:
        raise BadFile(rows[0].line, "this is no file of votes that is known; --format says which one it is")
    return "ranks"
