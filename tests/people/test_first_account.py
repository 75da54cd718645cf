"""The sign-in page of a house in which nobody has an account yet."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import delete, select, text, update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.people.command_line import add_from_outside
from collab.people.importing.people import bring_in_people
from collab.people.importing.people_plan import PersonRow
from collab.people.importing.sheet import Row
from collab.people.models import Membership, Organisation, Person, UnitClosure, UnitEdge
from tests.cast import Cast

Make = Callable[..., Any]
HINT = "bin/collab person add EMAIL"


def test_before_the_first_account_the_sign_in_page_says_how_it_is_made(app: Flask, client_of: Make) -> None:
    with app.app_context(), writing() as session:
        session.execute(text("set local session_replication_role = replica"))  # the ledger keeps what it holds
        session.execute(text("truncate organisation, party cascade"))
    page = client_of(None).get("/sign-in")
    assert page.status_code == 200
    assert "Nobody has an account here yet." in page.text
    assert HINT in page.text


def test_where_somebody_has_an_account_nothing_is_said_and_nothing_asked(
    cast: Cast, client_of: Make, queries: Make
) -> None:
    stranger = client_of(None)
    assert HINT not in stranger.get("/sign-in").text
    with queries() as sent:
        stranger.get("/sign-in")
    assert not any("person" in each for each in sent.sent), sent.sent


def test_before_the_first_unit_an_administrator_is_led_to_make_it_and_the_form_is_the_organisations(
    app: Flask, cast: Cast, client_of: Make
) -> None:
    kostas = client_of("Kostas")
    page = kostas.get("/administration/units").text
    assert '<option value="department" selected>' in page
    assert "/administration/unit-merges" in page
    with app.app_context(), writing() as session:
        for gone in (Membership, UnitClosure, UnitEdge):
            session.execute(delete(gone))
        session.execute(update(Organisation).values(tree_version=Organisation.tree_version + 1))
    page = kostas.get("/administration/units").text
    assert '<option value="organisation" selected>' in page
    assert "As the unit above" not in page
    assert "The organisation’s own" in page
    assert "/administration/unit-merges" not in page
    told = kostas.get("/").text.partition("data-no-unit")[2].partition("</p>")[0]
    assert 'href="/administration/units"' in told
    assert "/administration/people" not in told


def test_an_account_of_no_unit_has_the_form_for_one_open_and_no_invitation_once_it_has_a_password(
    app: Flask, cast: Cast, client_of: Make
) -> None:
    kostas, address = client_of("Kostas"), f"/administration/people/{cast.Eleni}"
    page = kostas.get(address).text
    assert 'id="into-a-unit">' in page
    assert f"{address}/invitations" not in page
    with app.app_context(), writing() as session:
        session.execute(delete(Membership).where(Membership.person_id == cast.Eleni))
        session.execute(update(Person).where(Person.id == cast.Eleni).values(password_hash=None))
    page = kostas.get(address).text
    assert 'id="into-a-unit" open>' in page
    assert page.index("into-a-unit") < page.index(f"{address}?_method=PUT")
    assert f"{address}/invitations" in page


def test_who_was_brought_in_from_a_list_is_said_not_to_be_invited_until_they_are(
    app: Flask, cast: Cast, client_of: Callable[..., Any]
) -> None:
    with app.app_context():
        said = PersonRow.model_validate({"email": "zoe@city.example", "name": "Zoe Alexi", "unit_code": "PARKS"})
        bring_in_people(SYSTEM, [Row(2, said)])
        db.session.remove()
        id_ = db.session.scalars(select(Person.id).where(Person.email == "zoe@city.example")).one()
        db.session.remove()
    kostas, address = client_of("Kostas"), f"/administration/people/{id_}"
    page = kostas.get(address).text
    assert "not invited yet" in page
    assert "no password yet" not in page
    assert "Send the invitation</button>" in page
    kostas.post(f"{address}/invitations")
    page = kostas.get(address).text
    assert "not invited yet" not in page
    assert re.search(r"invited [^,\s].*, no password yet", page)
    assert "Send the invitation again</button>" in page


def test_who_was_added_from_the_command_line_is_said_to_be_invited(
    app: Flask, cast: Cast, client_of: Callable[..., Any]
) -> None:
    with app.app_context():
        add_from_outside(SYSTEM, "new@city.example", "New One", "PARKS", "member", [], "el", "City", "http://localhost")
        id_ = db.session.scalars(select(Person.id).where(Person.email == "new@city.example")).one()
        db.session.remove()
    assert re.search(
        r"invited [^,\s].*, no password yet", client_of("Kostas").get(f"/administration/people/{id_}").text
    )
