"""The tree from a file: parents in any order, the second run, what is refused."""

import csv
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.errors import Forbidden, Invalid
from collab.core.facts import FactRow
from collab.core.outbox import OutboxRow
from collab.people.importing.sheet import Row
from collab.people.importing.unit_plan import UnitPlan, UnitRow, plan_units
from collab.people.importing.units import bring_in_units
from collab.people.models import Organisation, Party, Post, Unit, UnitClosure, UnitEdge
from collab.people.organisation.founding import today
from collab.work.commands import follow_closed_unit
from collab.work.models import WorkItem
from tests.cast import Cast
from tests.work.making import make


def rows_of(*cells: dict[str, object]) -> list[Row[UnitRow]]:
    return [Row(line, UnitRow.model_validate(given)) for line, given in enumerate(cells, start=2)]


def below(code: str) -> set[str]:
    above = select(Unit.id).where(Unit.code == code).scalar_subquery()
    found = select(Unit.code).join(UnitClosure, UnitClosure.descendant_id == Unit.id)
    return set(db.session.scalars(found.where(UnitClosure.ancestor_id == above)))


def test_parents_may_come_after_their_children(app: Flask, cast: Cast) -> None:
    rows = rows_of(
        {"code": "TREES", "name": "Trees", "parent_code": "GREEN"},
        {"code": "GREEN", "name": "Green", "parent_code": "TECH"},
        {"code": "SECOND", "name": "Second town"},
    )
    with app.app_context():
        plan = bring_in_units(SYSTEM, rows)
        assert (plan.outcome.created, plan.outcome.updated, plan.outcome.unchanged) == (3, 0, 0)
        assert {"GREEN", "TREES"} <= below("TECH")
        assert below("SECOND") == {"SECOND"}
        heads = db.session.scalars(select(Party.label).join(Post, Post.id == Party.id).where(Post.kind == "head")).all()
        assert {"Head of Trees", "Head of Green"} <= set(heads)


def test_the_second_run_changes_nothing(app: Flask, cast: Cast) -> None:
    rows = rows_of(
        {"code": "GREEN", "name": "Green", "parent_code": "TECH", "valid_from": "2020-01-01"},
        {"code": "PARKS", "name": "Parks", "parent_code": "TECH"},
    )
    with app.app_context():
        bring_in_units(SYSTEM, rows)
        before = _whole()
        plan = bring_in_units(SYSTEM, rows)
        assert (plan.outcome.created, plan.outcome.updated, plan.outcome.unchanged) == (0, 0, 2)
        assert _whole() == before


def test_a_code_in_small_letters_is_not_taken_for_another_unit(app: Flask, cast: Cast) -> None:
    rows = rows_of(
        {"code": "parks", "name": "Parks"},
        {"code": "TREES", "name": "Trees", "parent_code": "parks"},
        {"code": "New", "name": "New"},
        {"code": "NEW", "name": "New again"},
    )
    with app.app_context():
        faults = plan_units(db.session(), rows).outcome.faults
    assert [(each.line, each.column) for each in faults] == [(2, "code"), (3, "parent_code"), (5, "code")]
    assert "PARKS" in faults[0].reason


def _whole() -> list[Sequence[object]]:
    db.session.expire_all()
    tables = (Unit, UnitEdge, UnitClosure, Post, FactRow, Organisation)
    return [sorted(map(tuple, db.session.execute(select(*table.__table__.c)).all()), key=str) for table in tables]


def test_changed_rows_rename_move_and_close_and_the_past_stays(app: Flask, cast: Cast) -> None:
    with app.app_context():
        day = today(db.session())
        rows = rows_of(
            {"code": "PARKS", "name": "Parks and gardens", "parent_code": "ADMIN"},
            {
                "code": "LEGAL",
                "name": "Legal Service",
                "valid_to": (day + timedelta(days=1)).isoformat(),
                "successor_code": "ADMIN",
            },
        )
        plan = bring_in_units(SYSTEM, rows)
        assert (plan.outcome.created, plan.outcome.updated) == (0, 2)
        assert "PARKS" in below("ADMIN")
        assert "PARKS" not in below("TECH")
        edges = db.session.execute(
            select(UnitEdge.parent_id, UnitEdge.valid_to).where(UnitEdge.unit_id == cast.PARKS).order_by(UnitEdge.id)
        ).all()
        assert set(edges) == {(cast.TECH, day), (cast.ADMIN, None)}
        legal = db.session.execute(select(Unit.valid_to).where(Unit.id == cast.LEGAL)).scalar()
        assert legal == day + timedelta(days=1)
        kinds = db.session.scalars(select(FactRow.kind).where(FactRow.subject_kind == "unit")).all()
        assert sorted(kinds) == ["unit-closed", "unit-moved"]
        assert db.session.scalar(select(func.count()).select_from(OutboxRow)) == 0


def test_a_unit_that_ends_with_open_work_in_it_says_which_one_takes_over(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor]
) -> None:
    with app.app_context():
        item = make(actor_of("Dimitra"), cast.LEGAL, cast.Dimitra)
        day = today(db.session())
        legal = {"code": "LEGAL", "name": "Legal Service", "valid_to": day.isoformat()}
        faults = plan_units(db.session(), rows_of(legal)).outcome.faults
        assert [(each.line, each.column) for each in faults] == [(2, "successor_code")]
        assert "1 open item" in faults[0].reason
        law = {"code": "LAW", "name": "Law", "parent_code": "ADMIN", "valid_from": day.isoformat()}
        for wrong in ("NONE", "LEGAL"):
            faults = plan_units(db.session(), rows_of({**legal, "successor_code": wrong}, law)).outcome.faults
            assert [(each.line, each.column) for each in faults] == [(2, "successor_code")]
        rows = rows_of({**legal, "successor_code": "LAW"}, law)
        bring_in_units(SYSTEM, rows)
        while follow_closed_unit(SYSTEM, cast.LEGAL):
            pass
        there = db.session.scalars(select(Unit.id).where(Unit.code == "LAW")).one()
        unit, desk, holder = db.session.execute(
            select(WorkItem.unit_id, WorkItem.desk_unit_id, WorkItem.holder_id).where(WorkItem.id == item)
        ).one()
        assert (unit, desk, holder) == (there, there, cast.Dimitra), "people go along and keep what they hold"
        assert bring_in_units(SYSTEM, rows).outcome.unchanged == 2


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        ([{"code": "A", "name": "a", "parent_code": "NONE"}], [(2, "parent_code")]),
        ([{"code": "A", "name": "a"}, {"code": "A", "name": "b"}], [(3, "code")]),
        ([{"code": "A", "name": "a", "parent_code": "A"}], [(2, "parent_code")]),
        (
            [{"code": "A", "name": "a", "parent_code": "B"}, {"code": "B", "name": "b", "parent_code": "A"}],
            [(2, "parent_code"), (3, "parent_code")],
        ),
        ([{"code": "TECH", "name": "Technical Services", "parent_code": "PARKS"}], [(2, "parent_code")]),
        ([{"code": "A", "name": "a", "valid_from": "2020-05-01", "valid_to": "2020-05-01"}], [(2, "valid_to")]),
        ([{"code": "A", "name": "a", "parent_code": "TECH", "valid_from": "2014-12-31"}], [(2, "parent_code")]),
        ([{"code": "TECH", "name": "Technical Services", "valid_to": "2020-01-01"}], [(2, "valid_to")]),
        (
            [
                {"code": "A", "name": "a", "parent_code": "NONE"},
                {"code": "B", "name": "b", "parent_code": "A"},
                {"code": "C", "name": "c", "parent_code": "B"},
            ],
            [(2, "parent_code"), (3, "parent_code"), (4, "parent_code")],
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_row(
    app: Flask, cast: Cast, cells: list[dict[str, object]], bad: list[tuple[int, str]]
) -> None:
    with app.app_context():
        found = plan_units(db.session(), rows_of(*cells)).outcome.faults
        assert [(fault.line, fault.column) for fault in found] == bad
        before = _whole()
        with pytest.raises(Invalid):
            bring_in_units(SYSTEM, rows_of(*cells))
        assert _whole() == before


def test_bad_rows_are_left_out_when_asked(app: Flask, cast: Cast) -> None:
    rows = rows_of({"code": "A", "name": "a", "parent_code": "NONE"}, {"code": "B", "name": "b", "parent_code": "TECH"})
    with app.app_context():
        plan: UnitPlan = bring_in_units(SYSTEM, rows, skip_bad=True)
        assert plan.outcome.created == 1
        assert set(db.session.scalars(select(Unit.code).where(Unit.code.in_(["A", "B"])))) == {"B"}


def test_only_an_administrator_brings_a_tree_in(app: Flask, cast: Cast, actor_of) -> None:  # type: ignore[no-untyped-def]
    with app.app_context():
        rows = rows_of({"code": "B", "name": "b"})
        with pytest.raises(Forbidden):
            bring_in_units(actor_of("Anna"), rows)
        assert bring_in_units(actor_of("Kostas"), rows).outcome.created == 1


def csv_of(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)
    return path
