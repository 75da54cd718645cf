"""What the report of a list says: at which column a row contradicts itself, and that a file has no rows."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from collab.people.importing.sheet import read_sheet
from collab.tasks.importing.rows import WorkRow
from tests.cast import Cast

HEAD = "kind,external_id,title,unit_code,state,start,due,protocol,source,closed\n"


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ("task,1,t,PARKS,new,2026-03-02,2026-03-01,,,", ["due"]),
        ("task,1,t,PARKS,new,,,2026/118,,", ["protocol"]),
        ("task,1,t,PARKS,new,,,,citizen,", ["source"]),
        ("task,1,t,PARKS,active,,,,,2026-03-01", ["closed"]),
        ("task,1,t,PARKS,new,2026-03-02,2026-03-01,2026/118,,2026-03-01", ["due", "protocol", "closed"]),
        ("strange,1,t,PARKS,odd,soon,2026-03-01,2026/118,,2026-03-01", ["kind", "state", "start"]),
        ("pending,1,t,PARKS,done,2026-03-01,2026-03-01,2026/118,citizen,2026-03-01", []),
    ],
)
def test_what_contradicts_itself_is_told_at_its_column(tmp_path: Path, cells: str, columns: list[str]) -> None:
    file = tmp_path / "work.csv"
    file.write_text(f"{HEAD}{cells}\n")
    found = read_sheet(file, WorkRow)
    assert [(fault.line, fault.column) for fault in found.faults] == [(2, column) for column in columns]


@pytest.mark.parametrize(
    ("what", "head"), [("units", "code,name\n"), ("people", "email,name,unit_code\n"), ("work", HEAD)]
)
def test_a_file_of_a_header_alone_says_that_there_are_no_rows(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, head: str
) -> None:
    from collab.cli import import_

    monkeypatch.setattr(import_, "application", lambda: app)
    file = tmp_path / "list.csv"
    file.write_text(head)
    said = CliRunner().invoke(import_.command, [what, str(file), "--apply", "--language", "en"])
    assert said.exit_code == 0, said.output
    assert said.output.splitlines()[-1] == "Nothing changed: there are no rows in it."


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        ("units", ["code,name,parent_code", "NEW,New,CITY", "OTHER,Other,NOWHERE"]),
        ("people", ["email,name,unit_code", "new@city.example,Somebody New,PARKS", "other@city.example,Other,NOWHERE"]),
        ("work", ["kind,external_id,title,unit_code", "task,A,New,PARKS", "task,B,Other,NOWHERE"]),
    ],
)
def test_the_same_file_again_says_that_nothing_is_new_and_how_many_bad_rows_were_left_out(
    app: Flask, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, lines: list[str]
) -> None:
    from collab.cli import import_

    monkeypatch.setattr(import_, "application", lambda: app)
    file = tmp_path / "list.csv"
    file.write_text("\n".join(lines))
    ends = []
    for flags in (["--apply", "--skip-bad"], ["--apply", "--skip-bad"], ["--apply"]):
        said = CliRunner().invoke(import_.command, [what, str(file), *flags, "--language", "en"])
        assert said.exit_code == 1, said.output
        ends.append([line for line in said.output.splitlines() if "not invited yet" not in line][-1])
    assert ends == [
        "The good rows are written, the bad ones were left out.",
        "Nothing new to write; 1 bad row was left out.",
        "Nothing was written. Mend the rows or add --skip-bad, then use --apply.",
    ]
