"""A unit with a history of moves: the list again changes nothing, and another first day moves the beginning alone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.people.commands.units import move_unit
from collab.people.forms.organisation import MoveForm
from collab.people.importing.report import Outcome
from collab.people.importing.unit_plan import plan_units
from collab.people.importing.units import bring_in_units
from collab.people.models import Unit, UnitEdge
from collab.people.organisation.founding import today
from tests.cast import Cast

from .test_units import rows_of

FIRST, EARLIER = date(2020, 1, 1), date(2019, 1, 1)
BEGUN = [
    {"code": "RA", "name": "Ra", "valid_from": "2020-01-01"},
    {"code": "RB", "name": "Rb", "valid_from": "2020-01-01"},
    {"code": "RC", "name": "Rc", "parent_code": "RB", "valid_from": "2020-01-01"},
]


def bring(*cells: dict[str, object]) -> tuple[int, int, int]:
    outcome: Outcome = bring_in_units(SYSTEM, rows_of(*cells)).outcome
    assert outcome.faults == ()
    return outcome.created, outcome.updated, outcome.unchanged


def unit(code: str) -> int:
    return db.session.execute(select(Unit.id).where(Unit.code == code)).scalar_one()


def places(code: str) -> list[tuple[str | None, date, date | None]]:
    """Where a unit stood, by code of the unit above, in the order of the days."""
    codes: dict[int | None, str | None] = {None: None}
    codes |= {row.id: row.code for row in db.session.execute(select(Unit.id, Unit.code))}
    held = select(UnitEdge.parent_id, UnitEdge.valid_from, UnitEdge.valid_to).where(UnitEdge.unit_id == unit(code))
    return [(codes[parent], *days) for parent, *days in db.session.execute(held.order_by(UnitEdge.valid_from))]


@pytest.mark.parametrize("under", ["RA", "RB"])
@pytest.mark.parametrize("door", ["file", "page"])
def test_a_unit_that_was_moved_takes_the_same_list_again(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor], door: str, under: str
) -> None:
    """Whichever unit it moves from has the smaller id, or none stood above."""
    with app.app_context():
        day = today(db.session())
        was = {"RA": "RB", "RB": "RA"}[under]
        bring(*BEGUN[:2], {**BEGUN[2], "parent_code": was}, {"code": "RD", "name": "Rd", "valid_from": "2020-01-01"})
        moved: list[dict[str, object]] = [
            {"code": code, "name": code.title(), "parent_code": under} for code in ("RC", "RD")
        ]
        if door == "file":
            assert bring(*moved) == (0, 2, 0)
        else:
            for code in ("RC", "RD"):
                move_unit(actor_of("Kostas"), unit(code), MoveForm(parent_id=unit(under), on=day))
        assert bring(*moved) == (0, 0, 2)
        assert places("RC") == [(was, FIRST, day), (under, day, None)]
        assert places("RD") == [(None, FIRST, day), (under, day, None)]
        assert bring({"code": "RC", "name": "Renamed"}) == (0, 1, 0)
        earlier: list[dict[str, object]] = [
            {"code": code, "name": name, "valid_from": "2019-01-01"}
            for code, name in (("RA", "Ra"), ("RB", "Rb"), ("RC", "Renamed"), ("RD", "Rd"))
        ]
        assert bring(*earlier) == (0, 4, 0)
        assert places("RC") == [(was, EARLIER, day), (under, day, None)]
        assert bring(*earlier) == (0, 0, 4)


def test_the_first_day_never_passes_the_first_move(app: Flask, cast: Cast) -> None:
    with app.app_context():
        day = today(db.session())
        bring(*BEGUN)
        bring({"code": "RC", "name": "Rc", "parent_code": "RA"})
        for late in (day, day + timedelta(days=1)):
            rows = rows_of({"code": "RC", "name": "Rc", "valid_from": late.isoformat()})
            faults = plan_units(db.session(), rows).outcome.faults
            assert [(each.line, each.column) for each in faults] == [(2, "valid_from")]
        bring({"code": "RC", "name": "Rc", "valid_from": (day - timedelta(days=1)).isoformat()})
        assert places("RC") == [("RB", day - timedelta(days=1), day), ("RA", day, None)]


def test_a_day_that_ends_a_unit_drops_the_move_planned_after_it(
    app: Flask, cast: Cast, actor_of: Callable[[str], Actor]
) -> None:
    with app.app_context():
        day = today(db.session())
        bring(*BEGUN)
        move_unit(actor_of("Kostas"), unit("RC"), MoveForm(parent_id=unit("RA"), on=day + timedelta(days=9)))
        last = {"code": "RC", "name": "Rc", "valid_to": (day + timedelta(days=5)).isoformat()}
        assert bring(last) == (0, 1, 0)
        assert places("RC") == [("RB", FIRST, day + timedelta(days=5))]
        assert bring(last) == (0, 0, 1)


WHOLE = {
    "code": "RC",
    "name": "Rc",
    "parent_code": "RB",
    "valid_from": "2020-01-01",
    "valid_to": "2100-01-01",
    "successor_code": "RA",
}


@pytest.mark.parametrize("left_out", sorted(set(WHOLE) - {"code", "name", "valid_to"}))
def test_a_column_that_is_left_out_changes_nothing(app: Flask, cast: Cast, left_out: str) -> None:
    with app.app_context():
        bring(*BEGUN[:2], WHOLE)
        was = places("RC")
        rest = {name: cell for name, cell in WHOLE.items() if name != left_out}
        assert bring(rest) == (0, 0, 1)
        assert places("RC") == was


def test_of_a_unit_that_ends_code_and_name_alone_change_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context():
        bring(*BEGUN[:2], WHOLE)
        assert bring({"code": "RC", "name": "Rc"}) == (0, 0, 1)
