"""What somebody may for a day in another's stead does not outlast that day; and doors close with a new password."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, update

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import writing
from collab.people.commands.doors import use_code
from collab.people.models import Absence, Person
from collab.people.organisation import codes
from collab.people.organisation.members import touch_people
from collab.people.secrets import digest
from tests.cast import Cast

Make = Callable[..., Any]


@pytest.fixture
def away(app: Flask, cast: Cast) -> Callable[[str, str], None]:
    """`away("Petros", "Leila")`: he is away for a few days, and she stands in."""

    def note(absent: str, substitute: str) -> None:
        day = clock.now().date()
        ids = {"person_id": cast.people[absent], "substitute_id": cast.people[substitute]}
        with app.app_context(), writing() as session:
            around = {"first_day": day - timedelta(days=1), "last_day": day + timedelta(days=5)}
            session.execute(insert(Absence).values(ids | around))
            touch_people(session, ids.values())

    return note


def test_who_stands_in_for_a_head_lends_nobody_of_theirs(cast: Cast, api_of: Make, away: Make) -> None:
    away("Petros", "Leila")
    leila, day = api_of("Leila"), clock.now().date()
    absence = {"first_day": day.isoformat(), "last_day": (day + timedelta(days=900)).isoformat()}
    for more in ({}, {"substitute_id": cast.Leila}):
        answer = leila.post(f"/api/v1/people/{cast.Maria}/absences", json=absence | more)
        assert answer.status_code == 403
    made = api_of("Petros").post(f"/api/v1/people/{cast.Maria}/absences", json=absence).json["id"]
    assert leila.delete(f"/api/v1/absences/{made}").status_code == 403


def test_an_auditor_who_heads_a_unit_notes_only_their_own_absence(app: Flask, cast: Cast, api_of: Make) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Person).where(Person.id == cast.Nikos).values(roles=["auditor"]))
        touch_people(session, [cast.Nikos])
    nikos, day = api_of("Nikos"), clock.now().date().isoformat()
    absence = {"first_day": day, "last_day": day}
    assert nikos.post(f"/api/v1/people/{cast.Eleni}/absences", json=absence).status_code == 403
    assert nikos.post(f"/api/v1/people/{cast.Nikos}/absences", json=absence).status_code == 201


def test_a_password_chosen_by_mail_ends_every_access_token(app: Flask, cast: Cast, api_of: Make) -> None:
    eleni = api_of("Eleni")
    assert eleni.get("/api/v1/me").status_code == 200
    with app.app_context():
        with writing() as session:
            code = codes.send_code(session, cast.Eleni, "reset", "https://city.example")
        use_code(SYSTEM, "reset", digest(code), "a hash", "https://city.example")
    assert eleni.get("/api/v1/me").status_code == 401
