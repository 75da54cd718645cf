"""Lists of other systems, read through a map: their columns, their words, their days."""

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from collab.core.db import db
from collab.people.importing.mapping import read_map
from collab.people.importing.people_plan import PersonRow
from collab.people.importing.report import BadFile
from collab.people.importing.sheet import read_sheet
from collab.people.importing.unit_plan import UnitRow
from collab.people.importing.written_days import Order, rewritten
from collab.tasks.importing.rows import WorkRow
from collab.tasks.models import PendingItem
from collab.work.models import WorkItem
from tests.cast import Cast

from . import real

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "bring-in-data.md"
ATHENS = ZoneInfo("Europe/Athens")
Bring = Callable[..., dict[str, Any]]

JIRA = """
dates = "dmy"
[columns]
external_id = "Issue key"
title = "Summary"
state = "Status"
priority = "Priority"
created = "Created"
labels = "Labels"
[constants]
kind = "task"
unit_code = "TECH"
[values.state]
Resolved = "done"
Closed = "done"
"*" = "active"
[values.priority]
Trivial = 0
Low = 1
Medium = 2
High = 3
Critical = 4
Blocker = 4
"*" = 2
"""


@pytest.fixture
def bring(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Bring:
    from collab.cli import import_

    monkeypatch.setattr(import_, "application", lambda: app)

    def run(what: str, file: Path, *options: str, code: int = 0) -> dict[str, Any]:
        done: Result = CliRunner().invoke(import_.command, [what, str(file), "--json", "--language", "en", *options])
        assert done.exit_code == code, done.output
        return dict(json.loads(done.stdout))

    return run


def saved(folder: Path, content: str, name: str = "map.toml") -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_requests_of_new_york_come_in_by_the_map_of_the_guide(app: Flask, bring: Bring, tmp_path: Path) -> None:
    mapped = saved(tmp_path, GUIDE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0])
    file = real.needs("work/nyc311_2018_1000.csv")
    with file.open(encoding="utf-8", newline="") as rows:
        theirs = {row["Unique Key"]: row for row in csv.DictReader(rows)}
    found = bring("work", file, "--map", str(mapped), "--apply", "--skip-bad", code=1 if len(theirs) == 1000 else 0)
    assert found["created"] + found["bad_rows"] == len(theirs)
    assert found["bad_rows"] == (17 if len(theirs) == 1000 else 0)
    assert "Agency Name" in found["ignored"]
    assert "Status" not in found["ignored"]
    with app.app_context():
        query = select(WorkItem, PendingItem).join(PendingItem, PendingItem.item_id == WorkItem.id)
        brought = {item.external_id: (item, pending) for item, pending in db.session.execute(query)}
    assert len(brought) == found["created"]
    for key, (item, pending) in brought.items():
        said = theirs[key]
        assert item.title.startswith(said["Complaint Type"].split("  ")[0])
        assert item.state_kind == ("done" if said["Status"] == "Closed" else "active")
        assert pending.source == ("electronic" if said["Open Data Channel Type"] == "ONLINE" else "citizen")
        if said["Due Date"]:
            assert f"{item.due_on:%m/%d/%Y}" == said["Due Date"][:10]
    again = bring("work", file, "--map", str(mapped), "--apply", "--skip-bad", code=1 if len(theirs) == 1000 else 0)
    assert (again["created"], again["updated"]) == (0, 0)


def test_issues_come_in_from_a_table_as_jira_writes_it(app: Flask, bring: Bring, tmp_path: Path) -> None:
    issues = [
        json.loads(line)["fields"] | {"key": json.loads(line)["key"]}
        for line in real.needs("work/jira_titanium_DAEMON.jsonl").read_text().split("\n")
        if line
    ]
    file = tmp_path / "export.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(["Summary", "Issue key", "Status", "Priority", "Created", "Sprint", "Labels", "Labels"])
        for issue in issues:
            when = datetime.fromisoformat(issue["created"])
            day = f"{when.day}/{when:%b/%y} {when.hour % 12 or 12}:{when:%M} {'AM' if when.hour < 12 else 'PM'}"
            status = issue["status"].get("name") or (
                "Closed" if issue["status"]["statusCategory"]["key"] == "done" else "Open"
            )
            priority = (issue.get("priority") or {}).get("name", "")
            writer.writerow([issue["summary"].strip(), issue["key"], status, priority, day, "7", "node", "core"])
    found = bring("work", file, "--map", str(saved(tmp_path, JIRA)), "--apply")
    assert (found["created"], found["faults"], found["ignored"]) == (len(issues), [], ["Sprint"])
    with app.app_context():
        for issue in issues:
            item = db.session.scalars(select(WorkItem).where(WorkItem.external_id == issue["key"])).one()
            assert item.state_kind == ("done" if issue["status"]["statusCategory"]["key"] == "done" else "active")
            said = datetime.fromisoformat(issue["created"]).replace(second=0, microsecond=0, tzinfo=ATHENS)
            assert item.created_at == said
        urgent = {"Critical", "Blocker"}
        number = sum((issue.get("priority") or {}).get("name") in urgent for issue in issues)
        assert len(db.session.scalars(select(WorkItem.id).where(WorkItem.priority == 4)).all()) == number > 0


def test_units_and_people_have_maps_too_and_faults_speak_the_words_of_the_file(bring: Bring, tmp_path: Path) -> None:
    units = saved(tmp_path, 'dates = "dmy"\n[columns]\ncode = "Κωδικός"\nname = "Ονομασία"\nvalid_from = "Από"\n')
    file = saved(tmp_path, "ΚΩΔΙΚΌΣ;Ονομασία;Από;Fax\nA1;Νέο τμήμα;1/2/2020;-\nA2;Άλλο;31/31/2020;-\n", "u.csv")
    found = bring("units", file, "--map", str(units), code=1)
    assert found["ignored"] == ["Fax"]
    assert [(fault["line"], fault["column"]) for fault in found["faults"]] == [(3, "Από")]
    assert "dmy" in found["faults"][0]["reason"]
    people = saved(tmp_path, '[columns]\nemail = "Mail"\npost = []\n[constants]\nunit_code = "NONE"\n')
    file = saved(tmp_path, "Mail,Name,Post\nnew@city.example,Somebody New,Director\n", "p.csv")
    found = bring("people", file, "--map", str(people), code=1)
    assert [(fault["line"], fault["column"]) for fault in found["faults"]] == [(2, "unit_code")]
    assert found["ignored"] == ["Post"]


def test_the_report_names_what_was_passed_over(app: Flask, cast: Cast, tmp_path: Path) -> None:
    from collab.cli import import_

    mapped = saved(tmp_path, '[columns]\ncode = "Id"\n')
    file = saved(tmp_path, "Id,Name,Fax,Colour\nA1,New,1,red\n", "u.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_, "application", lambda: app)
        said = CliRunner().invoke(import_.command, ["units", str(file), "--map", str(mapped), "--language", "en"])
    assert "Columns that were passed over: Fax, Colour." in said.output.splitlines()


@pytest.mark.parametrize(
    ("cell", "order", "read"),
    [
        ("06/26/2018 10:58:54 AM", "mdy", "2018-06-26T10:58:54"),
        ("06/26/2018 12:00:01 AM", "mdy", "2018-06-26T00:00:01"),
        ("26/6/2018 12:30 μ.μ.", "dmy", "2018-06-26T12:30:00"),
        ("26/6/2018 10:58:54 πμ", "dmy", "2018-06-26T10:58:54"),
        ("26.06.18", "dmy", "2018-06-26T00:00:00"),
        ("3/Feb/16 11:55 PM", "dmy", "2016-02-03T23:55:00"),
        ("2018/6/26 22:58", "ymd", "2018-06-26T22:58:00"),
        ("1404/09/06", "jalali", "2025-11-27T00:00:00"),
        ("۱۴۰۴/۰۹/۰۶ ۱۰:۳۰ ب.ظ", "jalali", "2025-11-27T22:30:00"),
        ("2018-06-26T10:58:54", "dmy", "2018-06-26T10:58:54"),
        ("2016-02-03T23:55:46.000+0000", "iso", "2016-02-03T23:55:46+00:00"),
        ("26/13/2018", "dmy", None),
        ("26/06/2018", "mdy", None),
        ("26/Foo/2018", "dmy", None),
        ("26/06/2018 13:10 PM", "dmy", None),
        ("26/06/2018", "iso", None),
        ("1404/13/01", "jalali", None),
        ("soon", "dmy", None),
    ],
)
def test_days_are_read_in_the_order_that_the_map_names(cell: str, order: Order, read: str | None) -> None:
    assert rewritten(cell, order, with_time=True) == read


def test_of_a_day_the_time_is_left_away() -> None:
    assert rewritten("26/6/2018 23:59", "dmy", with_time=False) == "2018-06-26"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("dates = dmy", "TOML"),
        ('dates = "often"', "dates"),
        ('[columns]\nkode = "Id"', "columns.kode"),
        ('[column]\ncode = "Id"', "column"),
        ('[columns]\ncode = "Id"\n[constants]\ncode = "A"', "constants.code"),
        ("[columns]\ncode = 4", "columns"),
        ("[values]\ncode = 4", "values"),
        ('[constants]\nname = "\\u0000"\n\x00', "TOML"),
    ],
)
def test_a_map_that_cannot_be_understood_is_refused_at_its_place(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        read_map(saved(tmp_path, content), UnitRow)


def test_a_map_that_is_not_there_or_is_no_text_is_told(tmp_path: Path) -> None:
    for file in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadFile, match="TOML"):
            read_map(file, UnitRow)
    strange = tmp_path / "strange.toml"
    for content in (b"\xff\xfe\x00", b"columns = " + b"[" * 20_000):
        strange.write_bytes(content)
        with pytest.raises(BadFile, match="TOML"):
            read_map(strange, UnitRow)


def test_columns_that_the_map_speaks_of_and_the_file_lacks_are_named(tmp_path: Path) -> None:
    mapping = read_map(saved(tmp_path, '[columns]\ncode = "Identity"\n'), UnitRow)
    with pytest.raises(BadFile, match="identity"):
        read_sheet(saved(tmp_path, "Id,Name\nA,a\n", "u.csv"), UnitRow, mapping=mapping)


def test_a_column_that_stands_twice_is_refused_unless_it_is_of_labels(tmp_path: Path) -> None:
    mapping = read_map(saved(tmp_path, '[columns]\nname = "Who"\n'), PersonRow)
    with pytest.raises(BadFile, match="who"):
        read_sheet(saved(tmp_path, "email,Who,Who,unit_code\na@b.example,A,B,X\n", "p.csv"), PersonRow, mapping=mapping)


def test_words_that_the_map_does_not_name_stay_and_are_refused_at_their_row(tmp_path: Path) -> None:
    mapping = read_map(saved(tmp_path, '[values.state]\nShut = "done"\n"" = "new"\n'), WorkRow)
    head = "kind,external_id,title,unit_code,state\n"
    rows = "".join(f"task,{n},t,X,{state}\n" for n, state in enumerate(["SHUT", "", "active", "Ajar"]))
    found = read_sheet(saved(tmp_path, head + rows, "w.csv"), WorkRow, mapping=mapping)
    assert [row.says.state for row in found.rows] == ["done", "new", "active"]
    assert [(fault.line, fault.column) for fault in found.faults] == [(5, "state")]
