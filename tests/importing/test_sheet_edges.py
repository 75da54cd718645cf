"""A file at its edges: empty lines above, quotes, lengths, days, code pages one letter apart, too many rows."""

from pathlib import Path

import pytest
from flask import Flask

from collab.cli import importing
from collab.core.errors import Conflict
from collab.people.importing import sheet
from collab.people.importing.report import BadFile, Outcome
from collab.people.importing.sheet import read_sheet
from collab.people.importing.unit_plan import UnitRow
from tests.cast import Cast

from .test_sheet import written


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("\ncode,name\nA,a\n", 3),
        ("\r\n ;;\r\ncode;name\r\n\r\nA;a\r\n", 5),
        ("\n\nsep=;\ncode;name\nA;a\n", 5),
    ],
)
def test_empty_lines_above_the_header_are_passed_over(tmp_path: Path, content: str, line: int) -> None:
    found = read_sheet(written(tmp_path, content), UnitRow)
    assert [(row.line, row.says.code, row.says.name) for row in found.rows] == [(line, "A", "a")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('code,"na"me\nA,x\n', "in the middle of a cell"),
        ('code,"name\nA,x\n', "never closed"),
        ('code,name\nA,"' + "x\n" * 70_000 + '"\n', "more than 131,072 characters"),
        ("\n\n", "is empty"),
    ],
)
def test_what_is_wrong_with_a_cell_is_told(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        read_sheet(written(tmp_path, content), UnitRow)


@pytest.mark.parametrize("day", ["20200101", "2020-W01-1", "2020-1-1", "２０２０-01-01", "01/02/2020"])
def test_a_day_is_written_in_one_way(tmp_path: Path, day: str) -> None:
    found = read_sheet(written(tmp_path, f"code,name,valid_from\nA,a,{day}\nB,b, 2020-01-01 \n"), UnitRow)
    assert [(fault.line, fault.column) for fault in found.faults] == [(2, "valid_from")]
    assert [row.says.code for row in found.rows] == ["B"]


@pytest.mark.parametrize("encoding", ["cp1253", "iso8859-7"])
@pytest.mark.parametrize("name", ["Άλση και Κήποι", "Τμήμα Άρδευσης Πόλης"])
def test_capital_alpha_with_an_accent_is_read_from_either_code_page(tmp_path: Path, encoding: str, name: str) -> None:
    found = read_sheet(written(tmp_path, f"code,name\nA,{name}\n", encoding), UnitRow)
    assert [row.says.name for row in found.rows] == [name]


def test_a_file_whose_only_foreign_signs_are_quotation_marks_is_read(tmp_path: Path) -> None:
    found = read_sheet(written(tmp_path, "code,name\nA,Office «North»\n", "cp1253"), UnitRow)
    assert [row.says.name for row in found.rows] == ["Office «North»"]


@pytest.mark.parametrize(("head", "end"), [("", "\n"), ("sep=,\n", "\n"), ("", "\r")])
def test_too_many_rows_are_refused_before_any_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, end: str
) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    rows = [f'A{number},"a\nb"' for number in range(4)]
    fits = written(tmp_path, (head + "code,name\n" + "\n".join(rows[:3])).replace("\n", end))
    assert len(read_sheet(fits, UnitRow).rows) == 3

    def look(*_given: object) -> None:
        raise AssertionError("a row was looked at")

    monkeypatch.setattr(sheet, "_take", look)
    with pytest.raises(BadFile, match="more than 3 rows"):
        read_sheet(written(tmp_path, (head + "code,name\n" + "\n".join(rows)).replace("\n", end)), UnitRow)


class _Still:
    def begin(self, label: str, length: int) -> None: ...
    def reach(self, place: int) -> None: ...
    def step(self, more: int) -> None: ...
    def end(self) -> None: ...


def test_what_changed_between_looking_and_writing_is_told_and_not_called_well(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan of before is no report: it would say that --apply is still to be used, and end well."""
    file = written(tmp_path, "code,name,parent_code\nTREES,Trees,GONE\n")
    plan = importing.plan_units

    def looked_before(*given: object) -> object:
        found = plan(*given)  # type: ignore[arg-type]
        return type(found)(found.wanted, Outcome(created=1))

    monkeypatch.setattr(importing, "plan_units", looked_before)
    with (
        app.app_context(),
        pytest.raises(Conflict, match=r"changed meanwhile.*2\.parent_code: No unit has the code GONE"),
    ):
        importing.bring("units", file, True, False, lambda: importing.actor_named(None), _Still())
