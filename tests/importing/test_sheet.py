"""A file as people save it: encodings, delimiters, headers, ragged rows, and bounds."""

from pathlib import Path

import pytest

from collab.core.i18n import speaking
from collab.people.importing import sheet
from collab.people.importing.encoding import encoding_of
from collab.people.importing.people_plan import PersonRow
from collab.people.importing.report import BadFile
from collab.people.importing.sheet import read_sheet
from collab.people.importing.unit_plan import UnitRow

GREEK = "code,name\nPARKS,Τμήμα Πρασίνου και Κήπων\nROADS,ΔΙΕΥΘΥΝΣΗ ΤΕΧΝΙΚΩΝ ΕΡΓΩΝ\n"
PERSIAN = "code,name\nPARKS,اداره فضاي سبز و پارک ها\nROADS,شهرداري منطقه يک، معاونت فني\n"


def written(tmp_path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    file = tmp_path / "list.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1253"])
def test_greek_is_read_in_whatever_encoding_the_office_saved_it(tmp_path: Path, encoding: str) -> None:
    found = read_sheet(written(tmp_path, GREEK, encoding), UnitRow)
    assert [row.says.name for row in found.rows] == ["Τμήμα Πρασίνου και Κήπων", "ΔΙΕΥΘΥΝΣΗ ΤΕΧΝΙΚΩΝ ΕΡΓΩΝ"]
    assert not found.faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_persian_is_read_in_whatever_encoding_the_office_saved_it(tmp_path: Path, encoding: str) -> None:
    found = read_sheet(written(tmp_path, PERSIAN, encoding), UnitRow)
    assert [row.says.name for row in found.rows] == ["اداره فضاي سبز و پارک ها", "شهرداري منطقه يک، معاونت فني"]


def test_the_two_code_pages_are_told_apart(tmp_path: Path) -> None:
    assert encoding_of(written(tmp_path, GREEK, "cp1253")) == "cp1253"
    assert encoding_of(written(tmp_path, PERSIAN, "cp1256")) == "cp1256"


@pytest.mark.parametrize(
    "content",
    ["code,name\nA,Grünflächenamt für Straßenbäume\n".encode("cp1252"), b"\x89PNG\r\n\x1a\n\xff\xfe\xfd" * 40],
)
def test_letters_that_nobody_knows_are_refused_and_not_guessed(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadFile, match="UTF-8"):
        read_sheet(written(tmp_path, content), UnitRow)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_recognised(tmp_path: Path, delimiter: str) -> None:
    content = f"code,name,parent_code\nA,{'x'},\nB,y,A\n".replace(",", delimiter)
    assert [row.says.parent_code for row in read_sheet(written(tmp_path, content), UnitRow).rows] == [None, "A"]


def test_a_spreadsheet_may_name_the_tab(tmp_path: Path) -> None:
    found = read_sheet(written(tmp_path, "sep=\t\r\ncode\tname\r\nA\tx, y\r\n"), UnitRow)
    assert [(row.line, row.says.code, row.says.name) for row in found.rows] == [(3, "A", "x, y")]


def test_a_spreadsheet_may_name_its_delimiter(tmp_path: Path) -> None:
    found = read_sheet(written(tmp_path, "sep=|\nCODE|Name \nA|x, y; z\n\nB\n"), UnitRow)
    assert [(row.line, row.says.code, row.says.name) for row in found.rows] == [(3, "A", "x, y; z")]
    assert [(fault.line, fault.column) for fault in found.faults] == [(5, "")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "empty"),
        ("\n", "empty"),
        ("code,size\nA,1\n", "missing: name"),
        ("code,name,size\nA,x,1\n", "not known: size"),
        ("code,name,name\nA,x,y\n", "twice: name"),
        ('code,name\nA,"x\nB,y\n', "never closed"),
        ("code,name\n" + "x" * 200_000, "too long"),
        (b"\x00" * 100, "missing"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_refused_with_a_sentence(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    with pytest.raises(BadFile, match=says):
        read_sheet(written(tmp_path, content), UnitRow)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(BadFile, match="not a file"):
            read_sheet(path, UnitRow)


def test_every_bad_row_is_reported_with_line_column_and_reason(tmp_path: Path) -> None:
    content = (
        "email,name,unit_code,post,locale\n"
        "maria@city.example,Maria,PARKS,head,el\n"
        "maria,Maria,PARKS,head,el\n"
        "nikos@city.example,,PARKS,boss,el\n"
        '"two\nlines@city.example",Nikos,PARKS,,\n'
        "anna@city.example,Anna,PARKS\n"
        "sofia@city.example,Sofia,PARKS,,,,\n"
        'petros@city.example,"Pet"ros,PARKS,,\n'
        "leila@city.example,Lei\x00la,PARKS,,fa\n"
        "reza@city.example,Re\u202eza,PARKS,,fa\n"
    )
    found = read_sheet(written(tmp_path, content), PersonRow)
    assert [row.says.name for row in found.rows] == ["Maria", "Sofia", "Reza"]
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (3, "email"), (4, "name"), (4, "post"), (5, "email"), (7, ""), (9, ""), (10, "name"),
    ]  # fmt: skip
    assert found.faults[0].reason == "A mail address is expected here."
    assert found.faults[4].reason == "This row has 3 cells, but the header has 5."


def test_reasons_are_said_in_the_language_being_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def translated(message: str, **values: object) -> str:
        asked.append(message)
        return f"<{message % values if values else message}>"

    monkeypatch.setattr(sheet, "_", translated)
    with speaking("el"):
        found = read_sheet(written(tmp_path, "code,name\nA\n"), UnitRow)
    assert found.faults[0].reason == "<This row has 1 cells, but the header has 2.>"
    assert asked


def test_a_file_of_too_many_rows_is_refused_before_a_row_is_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "million.csv"
    with file.open("w") as out:
        out.write("code,name\n")
        out.writelines(f"U{number},Unit {number}\n" for number in range(1_000_000))
    heard: list[int] = []
    with pytest.raises(BadFile, match="100,000"):
        read_sheet(file, UnitRow, heard.append)
    assert heard == [], "no row was looked at"
