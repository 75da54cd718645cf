"""The first sheet of a workbook (.xlsx) as rows of text. Only what a table of votes needs; bounded, and no entities."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as Tree

from .reading import BadFile
from .table import Row

MOST_BYTES: Final = 1024 * 1024 * 1024
MOST_TIMES: Final = 400
"""A sheet that unpacks to more than this many times its size is a bomb, not a table."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")


def looks_like(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def rows_of(data: bytes) -> list[Row]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = {info.filename: info for info in book.infolist()}
            for info in parts.values():
                if info.file_size > MOST_BYTES or info.file_size > MOST_TIMES * max(info.compress_size, 1024):
                    raise BadFile(0, "the workbook unpacks to more than a table of votes can be")
            sheets = sorted(name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            if not sheets:
                raise BadFile(0, "the file is no workbook: it has no sheet")
            first = min(sheets, key=lambda name: int(re.sub(r"\D", "", name)))
            words = _words(book.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in parts else []
            return list(_rows(book.read(first), words))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        raise BadFile(0, "the workbook cannot be opened; the file seems to be cut or damaged") from error
    except Tree.ParseError as error:
        raise BadFile(error.position[0], "the workbook cannot be read; it seems to be damaged") from error


def _told(data: bytes) -> io.BytesIO:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise BadFile(0, "the workbook declares entities; it is not a table of votes")
    return io.BytesIO(data)


def _words(data: bytes) -> list[str]:
    found: list[str] = []
    for _event, element in Tree.iterparse(_told(data)):  # noqa: S314 (entities are refused above)
        if element.tag == f"{_MAIN}si":
            found.append("".join(part.text or "" for part in element.iter(f"{_MAIN}t")))
            element.clear()
    return found


def _rows(data: bytes, words: list[str]) -> Iterator[Row]:
    width = 0
    for _event, element in Tree.iterparse(_told(data)):  # noqa: S314
        if element.tag != f"{_MAIN}row":
            continue
        line = int(element.get("r") or 0)
        cells: list[str] = []
        for at, cell in enumerate(element):
            place = _place(cell.get("r"), at)
            if place > 16_384:
                raise BadFile(line, "the row is wider than a sheet can be")
            cells += [""] * (place - len(cells) + 1)
            cells[place] = _text(cell, words, line).strip()
        element.clear()
        if any(cells):
            width = width or len(cells)
            yield Row(line, tuple(cells + [""] * (width - len(cells))))


def _place(reference: str | None, at: int) -> int:
    if not reference or not (found := _CELL.fullmatch(reference)):
        return at
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _text(cell: Tree.Element, words: list[str], line: int) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        try:
            return words[int(value)]
        except (ValueError, IndexError) as error:
            raise BadFile(line, "a cell points at a word that the workbook does not hold") from error
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return value
