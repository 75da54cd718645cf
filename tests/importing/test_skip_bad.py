"""Bad rows left out: whatever is lost with them is told, row by row."""

from pathlib import Path

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collab.core.db import db
from collab.people.importing.people_plan import PersonRow, plan_people
from collab.people.importing.sheet import read_sheet
from collab.people.importing.unit_plan import UnitRow, plan_units
from collab.tasks.importing.planning import WorkList, plan_work
from collab.tasks.importing.rows import WorkRow
from tests.cast import Cast


def saved(folder: Path, *lines: str) -> Path:
    file = folder / "list.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_everybody_below_a_refused_unit_is_told_which_row_it_was(app: Flask, cast: Cast, tmp_path: Path) -> None:
    lines = (
        "code,name,parent_code,valid_from",
        "GREEN,Green,NOWHERE,",
        "TREES,Trees,GREEN,",
        "SEEDS,Seeds,TREES,",
        "WATER,Water,,soon",
        "PUMPS,Pumps,WATER,",
        "OTHER,Other,,",
    )
    with app.app_context():
        sheet = read_sheet(saved(tmp_path, *lines), UnitRow)
        outcome = plan_units(db.session(), sheet.rows, sheet.faults).outcome
    assert [(fault.line, fault.reason) for fault in outcome.faults] == [
        (2, "No unit has the code NOWHERE, neither here nor in this file."),
        (3, "The unit above, GREEN, was refused (line 2)."),
        (4, "The unit above, TREES, was refused (line 3)."),
        (5, "A date is expected here, such as 2026-11-23."),
        (6, "The unit above, WATER, was refused (line 5)."),
    ]
    assert (outcome.created, outcome.bad_rows) == (1, 5)


def test_items_below_a_row_that_could_not_be_read_name_its_line(app: Flask, cast: Cast, tmp_path: Path) -> None:
    lines = (
        "kind,external_id,title,unit_code,parent_external_id",
        "task,A,,PARKS,",
        "task,B,Below,PARKS,A",
        "task,C,Below that,PARKS,B",
    )
    with app.app_context():
        sheet = read_sheet(saved(tmp_path, *lines), WorkRow)
        outcome = plan_work(db.session(), WorkList(sheet.rows, sheet.faults, sheet.columns)).outcome
    assert [(fault.line, fault.reason) for fault in outcome.faults][1:] == [
        (3, "The item above, A, was refused (line 2)."),
        (4, "The item above, B, was refused (line 3)."),
    ]


def test_somebody_new_does_not_get_a_second_unit_as_the_main_one(app: Flask, cast: Cast, tmp_path: Path) -> None:
    lines = (
        "email,name,unit_code,post",
        "New@city.example,Somebody New,NOWHERE,",
        "new@city.example,Somebody New,PARKS,",
        "other@city.example,Other,PARKS,king",
        "other@city.example,Other,ROADS,",
        "third@city.example,Third,ROADS,",
        "third@city.example,Third,NOWHERE,",
        "eleni@city.example,Eleni,NOWHERE,",
    )
    with app.app_context():
        sheet = read_sheet(saved(tmp_path, *lines), PersonRow)
        outcome = plan_people(db.session(), sheet.rows, sheet.faults).outcome
    assert [(fault.line, fault.column) for fault in outcome.faults] == [
        (2, "unit_code"), (3, "email"), (4, "post"), (5, "email"), (7, "unit_code"), (8, "unit_code"),
    ]  # fmt: skip
    assert "line 2" in outcome.faults[1].reason
    assert "line 4" in outcome.faults[3].reason
    assert outcome.created == 1


CODES = st.sampled_from(["A", "B", "C", "D", "NONE", "TECH", "PARKS"])
LINES = st.lists(st.tuples(CODES, st.sampled_from(["Name", ""]), CODES | st.just("")), min_size=1, max_size=7)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(LINES)
def test_every_row_is_either_counted_or_told(
    app: Flask, cast: Cast, tmp_path: Path, units: list[tuple[str, str, str]]
) -> None:
    file = saved(tmp_path, "code,name,parent_code", *(",".join(unit) for unit in units))
    with app.app_context():
        sheet = read_sheet(file, UnitRow)
        outcome = plan_units(db.session(), sheet.rows, sheet.faults).outcome
    assert outcome.created + outcome.updated + outcome.unchanged + outcome.bad_rows == len(units)
