"""People from a file: several units each, the second run, one head to a unit."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Invalid
from collab.core.facts import FactRow
from collab.people.importing.people import bring_in_people
from collab.people.importing.people_plan import PersonRow, plan_people
from collab.people.importing.sheet import Row
from collab.people.models import Membership, Party, Person
from collab.people.recognise import person_as_actor
from tests.cast import Cast


def rows_of(*cells: str) -> list[Row[PersonRow]]:
    names = ("email", "name", "unit_code", "post", "locale")
    found = []
    for line, text in enumerate(cells, start=2):
        given = {name: cell for name, cell in zip(names, text.split(","), strict=False) if cell}
        found.append(Row(line, PersonRow.model_validate(given)))
    return found


def _count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_one_address_on_several_rows_is_one_person_in_several_units(app: Flask, cast: Cast) -> None:
    rows = rows_of("Zoe@City.example,Zoe Alexi,PARKS,,fa", "zoe@city.example,Zoe Alexi,ROADS,acting,fa")
    with app.app_context():
        outcome = bring_in_people(SYSTEM, rows).outcome
        assert (outcome.created, outcome.faults) == (2, ())
        person = db.session.execute(select(Person).where(Person.email == "zoe@city.example")).scalar_one()
        assert (person.locale, person.calendar, person.password_hash) == ("fa", "jalali", None)
        held = db.session.execute(
            select(Membership.unit_id, Membership.kind, Membership.main).where(Membership.person_id == person.id)
        ).all()
        assert set(held) == {(cast.PARKS, "member", True), (cast.ROADS, "acting", False)}
        actor = person_as_actor(person.id)
        assert actor is not None
        assert cast.head_posts["ROADS"] in actor.parties


def test_the_second_run_changes_nothing(app: Flask, cast: Cast) -> None:
    rows = rows_of("zoe@city.example,Zoe Alexi,PARKS,,fa", "eleni@city.example,Eleni Markou,PARKS,,")
    with app.app_context():
        first = bring_in_people(SYSTEM, rows).outcome
        assert (first.created, first.unchanged) == (1, 1)
        before = [_count(model) for model in (Person, Membership, FactRow)]
        again = bring_in_people(SYSTEM, rows).outcome
        assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
        assert [_count(model) for model in (Person, Membership, FactRow)] == before


def test_changed_rows_rename_and_move_up(app: Flask, cast: Cast) -> None:
    rows = rows_of("eleni@city.example,Eleni Markou-Pappa,PARKS,deputy,el")
    with app.app_context():
        before = person_as_actor(cast.Eleni)
        assert bring_in_people(SYSTEM, rows).outcome.updated == 1
        after = person_as_actor(cast.Eleni)
        assert before is not None
        assert after is not None
        assert (before.heads, after.heads) == (frozenset(), frozenset({cast.PARKS}))
        assert after.locale == "el"
        assert db.session.scalar(select(Party.label).where(Party.id == cast.Eleni)) == "Eleni Markou-Pappa"
        kinds = db.session.scalars(
            select(Membership.kind).where(Membership.person_id == cast.Eleni, Membership.valid_to.is_(None))
        ).all()
        assert kinds == ["deputy"]


@pytest.mark.parametrize(
    ("cells", "bad"),
    [
        (("a@city.example,A,NONE",), [(2, "unit_code")]),
        (("a@city.example,A,PARKS", "a@city.example,A,PARKS,deputy"), [(3, "unit_code")]),
        (("a@city.example,A,PARKS", "a@city.example,B,ROADS"), [(3, "name")]),
        (("a@city.example,A,PARKS,head",), [(2, "post")]),
        (("nikos@city.example,Nikos Pappas,PARKS,head",), []),
    ],
)
def test_what_cannot_be_is_refused_at_its_row(
    app: Flask, cast: Cast, cells: tuple[str, ...], bad: list[tuple[int, str]]
) -> None:
    with app.app_context():
        found = plan_people(db.session(), rows_of(*cells)).outcome.faults
        assert [(fault.line, fault.column) for fault in found] == bad
        if bad:
            before = _count(Person)
            with pytest.raises(Invalid):
                bring_in_people(SYSTEM, rows_of(*cells))
            assert _count(Person) == before


HEAD = "nikos@city.example,Nikos Pappas,PARKS"


def _held(person: int) -> list[tuple[int, str, bool]]:
    held = select(Membership.unit_id, Membership.kind, Membership.main)
    mine = held.where(Membership.person_id == person, Membership.valid_to.is_(None))
    return [(unit, kind, main) for unit, kind, main in db.session.execute(mine)]


@pytest.mark.parametrize("step", ["member", "deputy"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_head_steps_down_and_another_follows_in_one_list(app: Flask, cast: Cast, turned: bool, step: str) -> None:
    cells = [f"{HEAD},{step}", "eleni@city.example,Eleni Markou,PARKS,head"]
    with app.app_context():
        rows = rows_of(*(reversed(cells) if turned else cells))
        outcome = bring_in_people(SYSTEM, rows).outcome
        assert (outcome.updated, outcome.posts_ended, outcome.faults) == (2, 1, ())
        assert _held(cast.Nikos) == [(cast.PARKS, step, True)], "their main unit stays"
        assert _held(cast.Eleni) == [(cast.PARKS, "head", True)]
        assert bring_in_people(SYSTEM, rows).outcome.unchanged == 2


def test_a_head_whose_row_is_bad_steps_down_for_nobody(app: Flask, cast: Cast) -> None:
    cells = ("nikos@city.example,Nikos Pappas,ROADS", "nikos@city.example,Other,PARKS,member")
    with app.app_context():
        rows = rows_of(*cells, "eleni@city.example,Eleni Markou,PARKS,head", f"{HEAD},head")
        faults = plan_people(db.session(), rows).outcome.faults
        assert [(fault.line, fault.column) for fault in faults] == [(3, "name"), (4, "post")]


@pytest.mark.parametrize("left_out", ["post", "locale", "both"])
def test_what_a_list_leaves_out_changes_nothing(app: Flask, cast: Cast, left_out: str) -> None:
    post = "" if left_out != "locale" else "head"
    locale = "" if left_out != "post" else "el"
    with app.app_context():
        outcome = bring_in_people(SYSTEM, rows_of(f"{HEAD},{post},{locale}")).outcome
        assert (outcome.unchanged, outcome.posts_ended) == (1, 0)
        assert _held(cast.Nikos) == [(cast.PARKS, "head", True)]
        assert db.session.scalar(select(Person.locale).where(Person.id == cast.Nikos)) == "el"
