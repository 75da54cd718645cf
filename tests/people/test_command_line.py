"""What `collab person` and `collab token` ask of people."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from collab.core.actor import SYSTEM, Actor
from collab.core.db import db, writing
from collab.core.errors import Forbidden, Invalid
from collab.people.command_line import add_from_outside, person_of, reset_from_outside, token_from_outside
from collab.people.models import Organisation, Person
from tests.cast import Cast

Make = Callable[..., Any]


def test_a_token_made_from_outside_opens_the_api(app: Flask, cast: Cast, client_of: Make) -> None:
    with app.app_context():
        token = token_from_outside(SYSTEM, "Eleni@city.example", "script", ["read"], 7)
        db.session.remove()
    client = client_of(None)
    client.token = token
    assert client.get("/api/v1/me").get_json()["id"] == cast.Eleni


def test_a_person_added_from_outside_gets_a_link(app: Flask, cast: Cast, client_of: Make) -> None:
    with app.app_context():
        link = add_from_outside(
            SYSTEM, "new@city.example", "New One", "PARKS", "member", ["auditor"], "el", "City", "http://localhost"
        )
        assert db.session.scalars(select(Person.roles).where(Person.email == "new@city.example")).one() == ["auditor"]
        db.session.remove()
    assert "New One" in client_of(None).get(link.removeprefix("http://localhost")).text


def test_the_first_person_founds_the_organisation(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            session.execute(text("truncate organisation, party, calendar cascade"))
        add_from_outside(
            SYSTEM, "first@city.example", "First", None, "member", ["administrator"], "fa", "Thermi", "http://localhost"
        )
        house = db.session.execute(select(Organisation.name, Organisation.locale, Organisation.calendar_id)).one()
        db.session.remove()
    assert (house.name, house.locale) == ("Thermi", "fa")
    assert house.calendar_id is not None


@pytest.mark.parametrize("scopes", [["everything"], [], ["read", "nothing"]])
def test_unknown_scopes_are_refused(app: Flask, cast: Cast, scopes: list[str]) -> None:
    with app.app_context():
        with pytest.raises(Invalid):
            token_from_outside(SYSTEM, cast.email("Eleni"), "script", scopes, 7)
        with pytest.raises(Invalid):
            person_of("nobody@city.example")
        db.session.remove()


def test_only_collab_itself_comes_in_from_outside(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with pytest.raises(Forbidden):
            reset_from_outside(Actor(person_id=cast.Kostas), cast.email("Eleni"), "http://localhost")
        db.session.remove()
