"""Real lists brought in through the command line: twice, in the encodings of their offices, and fast."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from collab.core.db import db
from collab.people.models import Unit, UnitClosure
from collab.tasks.models import PendingItem
from collab.work.models import Interval, Wait, WorkItem
from tests.cast import Cast

from . import real

Bring = Callable[..., dict[str, Any]]


@pytest.fixture
def bring(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """`bring("work", file, "--apply")`: what `collab import` says, on the database of this test."""
    from collab.cli import import_

    monkeypatch.setattr(import_, "application", lambda: app)

    def run(what: str, file: Path, *options: str, code: int = 0) -> dict[str, Any]:
        done: Result = CliRunner().invoke(import_.command, [what, str(file), "--json", "--language", "en", *options])
        assert done.exit_code == code, done.output
        return dict(json.loads(done.stdout))

    return run


def _count(app: Flask, query: Any) -> int:
    with app.app_context():
        return db.session.scalar(query) or 0


def test_the_units_of_a_greek_municipality(app: Flask, bring: Bring, tmp_path: Path) -> None:
    file = real.written(tmp_path, real.UNITS, real.limnos(), encoding="cp1253")
    assert bring("units", file)["created"] == 29
    assert _count(app, select(func.count()).select_from(Unit).where(Unit.code == "6174")) == 0
    first = bring("units", file, "--apply")
    assert (first["created"], first["applied"], first["faults"]) == (29, True, [])
    again = bring("units", file, "--apply")
    assert (again["created"], again["updated"], again["unchanged"], again["applied"]) == (0, 0, 29, False)
    top = select(Unit.id).where(Unit.code == "6174").scalar_subquery()
    assert _count(app, select(func.count()).where(UnitClosure.ancestor_id == top)) == 29


def test_a_persian_tree_of_four_levels(app: Flask, bring: Bring, tmp_path: Path) -> None:
    rows = list(real.iran())
    assert len(rows) in (3054, 238)
    file = real.written(tmp_path, real.UNITS, rows)
    found = bring("units", file, "--apply")
    assert (found["created"], found["faults"]) == (len(rows), [])
    kerman = select(Unit.id).where(Unit.code == "o21").scalar_subquery()
    assert _count(app, select(func.max(UnitClosure.depth)).where(UnitClosure.ancestor_id == kerman)) == 3
    assert bring("units", file, "--apply")["unchanged"] == len(rows)


def test_service_requests_of_two_cities_as_pending_items(app: Flask, bring: Bring, tmp_path: Path) -> None:
    requests = [*real.new_york(), *real.san_francisco()]
    number = len(requests)
    assert number in (1500, 60)
    file = real.written(tmp_path, real.WORK, requests, encoding="utf-8-sig")
    found = bring("work", file, "--apply")
    assert (found["created"], found["faults"]) == (number, [])
    assert bring("work", file, "--apply")["unchanged"] == number
    assert _count(app, select(func.count()).select_from(PendingItem)) == number
    done = sum(row["state"] == "done" for row in requests)
    assert done > number * 0.4
    assert _count(app, select(func.count()).where(WorkItem.state_kind == "done")) == done
    assert _count(app, select(func.count()).where(Interval.to_at.is_(None))) == number - done
    assert _count(app, select(func.count()).where(Wait.sense == "task", Wait.ended_at.is_(None))) == number - done


@pytest.mark.parametrize("name", ["DAEMON", "ALOY"])
def test_issues_of_a_software_project_as_tasks(app: Flask, bring: Bring, tmp_path: Path, name: str) -> None:
    issues = list(real.jira(name))
    number = len(issues)
    assert number in {"DAEMON": (317, 46), "ALOY": (1499, 65)}[name]
    file = real.written(tmp_path, real.WORK, issues)
    found = bring("work", file, "--apply")
    assert (found["created"], found["faults"]) == (number, [])
    assert bring("work", file, "--apply")["unchanged"] == number
    below = sum(bool(row["parent_external_id"]) for row in issues)
    assert below > 0 or name == "DAEMON"
    assert _count(app, select(func.count()).where(WorkItem.parent_id.is_not(None))) == below


def test_bad_rows_stop_everything_unless_left_out(app: Flask, bring: Bring, tmp_path: Path) -> None:
    rows = [{"kind": "task", "external_id": f"X{number}", "title": "t", "unit_code": "PARKS"} for number in range(5)]
    rows[2]["unit_code"] = "NONE"
    rows[4]["title"] = ""
    file = real.written(tmp_path, real.WORK, rows)
    refused = bring("work", file, "--apply", code=1)
    assert [(fault["line"], fault["column"]) for fault in refused["faults"]] == [(4, "unit_code"), (6, "title")]
    assert refused["applied"] is False
    assert _count(app, select(func.count()).select_from(WorkItem)) == 0
    taken = bring("work", file, "--apply", "--skip-bad", code=1)
    assert (taken["created"], taken["bad_rows"], taken["applied"]) == (3, 2, True)
    assert _count(app, select(func.count()).select_from(WorkItem)) == 3


def test_a_bad_file_and_an_unknown_name_are_told_apart(bring: Bring, tmp_path: Path) -> None:
    assert "not a file" in bring("work", tmp_path / "absent.csv", code=2)["error"]
    rows = [{"kind": "task", "external_id": "X", "title": "t", "unit_code": "PARKS"}]
    file = real.written(tmp_path, real.WORK, rows)
    for mode in ("--dry-run", "--apply"):
        assert "nobody@city.example" in bring("work", file, mode, "--as", "nobody@city.example", code=3)["error"]
        assert bring("work", file, mode, "--as", "eleni@city.example", code=3)["error"]
        assert bring("work", file, mode, "--as", "nobody\udcff@city.example", code=3)["error"]
        # Whose name it is is looked at before a long file is read.
        absent = bring("work", tmp_path / "absent.csv", mode, "--as", "nobody@city.example", code=3)
        assert "nobody@city.example" in absent["error"]
        assert bring("chat", tmp_path / "absent.zip", mode, "--as", "eleni@city.example", code=3)["error"]
        assert bring("work", file, mode, "--as", "kostas@city.example")["created"] == 1


def test_people_read_what_happened_in_their_language(app: Flask, cast: Cast, tmp_path: Path) -> None:
    from collab.cli import import_

    file = real.written(tmp_path, real.WORK, [{"kind": "task", "external_id": "X", "title": "", "unit_code": "PARKS"}])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_, "application", lambda: app)
        said = CliRunner().invoke(import_.command, ["work", str(file), "--language", "en"])
    assert said.exit_code == 1
    assert said.output.splitlines() == [
        "line 2, title: This is needed.",
        "0 new, 0 changed, 0 as they were, 1 bad.",
        "Nothing was written. Mend the rows or add --skip-bad, then use --apply.",
    ]


@pytest.mark.nightly
def test_twenty_thousand_rows_in_less_than_a_minute(app: Flask, bring: Bring, tmp_path: Path) -> None:
    people = ("eleni", "nikos", "maria", "dimitra")
    rows = [
        {
            "kind": "pending" if number % 2 else "task", "external_id": f"X{number}", "title": f"Branches {number}",
            "body": "Seen on the spot. " * 20, "unit_code": ("PARKS", "ROADS", "LEGAL")[number % 3],
            "holder_email": f"{people[number % 4]}@city.example", "state": ("new", "active", "done")[number % 3],
            "created": "2026-01-05T09:00", "labels": f"label {number % 30}",
            "parent_external_id": f"X{number - 1}" if number % 10 == 9 else "",
        }
        for number in range(20_000)
    ]  # fmt: skip
    file = real.written(tmp_path, real.WORK, rows)
    began = time.process_time()
    assert bring("work", file, "--apply")["created"] == 20_000
    assert time.process_time() - began < 60
    assert bring("work", file, "--apply")["unchanged"] == 20_000
