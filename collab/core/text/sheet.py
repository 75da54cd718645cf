"""A list as a sheet of CSV. Pure: rows of texts in, text out.

What a spreadsheet would take for a formula is kept a text (OWASP, "CSV injection"). Greek spreadsheets part cells with
semicolons, since the comma is theirs for decimals.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

BOM: Final = "\ufeff"
"""Tells Excel that the text is UTF-8."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]], *, locale: str) -> str:
    """The sheet with its head, lines ended as RFC 4180 wants."""
    return BOM + csv_lines((head, *rows), locale=locale)


def csv_lines(rows: Iterable[Sequence[str]], *, locale: str) -> str:
    """Lines of the sheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if locale == "el" else ",", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what would be reckoned when the sheet is opened."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
