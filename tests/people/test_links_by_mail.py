"""Links for a password, from the letter to the page behind them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.people.commands.people import change_person, invite_person
from collab.people.forms.people import ChangePersonForm
from collab.people.models import Mail, Person
from collab.people.organisation.parties import Naming, rename_parties
from collab.people.queries.tree import tree
from tests.cast import PASSWORD, Cast

from .doors import letter, path_in, sign_in

Make = Callable[..., Any]

BAD_PASSWORDS = (
    ("short", "short"),
    ("a quite new password", "another new password"),
    ("eleni@city.example", "eleni@city.example"),
    ("password1234", "password1234"),
    ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
    ("", ""),
    ("x" * 300, "x" * 300),
)


def test_a_link_for_a_new_password_works_once_and_ends_other_sessions(app: Flask, cast: Cast, client_of: Make) -> None:
    before = client_of("Eleni")
    client = client_of(None)
    assert client.post("/password-reset", data={"email": cast.email("Eleni")}).status_code == 200
    path = path_in(letter(app))
    assert client.get(path).status_code == 200
    fresh = {"password": "a quite new password", "again": "a quite new password"}
    assert client.post(path, data=fresh).status_code == 303
    assert client.get("/people").status_code == 200
    assert before.get("/people").status_code == 303
    assert client_of(None).post(path, data=fresh).status_code == 404
    assert sign_in(client_of(None), cast.email("Eleni")).status_code == 422
    assert sign_in(client_of(None), cast.email("Eleni"), "a quite new password").status_code == 303


def test_asking_for_a_reset_tells_nobody_who_has_an_account(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of(None)
    known = client.post("/password-reset", data={"email": cast.email("Eleni")})
    unknown = client.post("/password-reset", data={"email": "nobody@city.example"})
    clean = [
        re.sub(r'nonce="[^"]*"', "", page.text).replace(email, "")
        for page, email in ((known, cast.email("Eleni")), (unknown, "nobody@city.example"))
    ]
    assert clean[0] == clean[1]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Mail)) == 1
        db.session.remove()


def test_a_link_grows_old_and_a_newer_one_ends_it(
    app: Flask, cast: Cast, client_of: Make, at: Callable[[datetime], None]
) -> None:
    client, begin = client_of(None), datetime(2026, 11, 23, 8, tzinfo=UTC)
    at(begin)
    client.post("/password-reset", data={"email": cast.email("Eleni")})
    first = path_in(letter(app))
    client.post("/password-reset", data={"email": cast.email("Eleni")})
    second = path_in(letter(app))
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    at(begin + timedelta(minutes=61))
    assert client.get(second).status_code == 404


def test_guessing_links_is_counted(client_of: Make) -> None:
    client = client_of(None)
    found = [client.get(f"/invitations/guess-{n}").status_code for n in range(31)]
    assert found == [404] * 30 + [429]


def test_an_invited_person_chooses_a_password_and_is_in(app: Flask, cast: Cast, client_of: Make) -> None:
    administrator = client_of("Kostas")
    made = administrator.post(
        "/administration/people",
        data={"email": "new@city.example", "name": "Nefeli Zorba", "locale": "el", "unit_id": str(cast.PARKS)},
    )
    assert made.status_code == 303
    body = letter(app)
    client = client_of(None)
    path = path_in(body)
    page = client.get(path)
    assert "Nefeli Zorba" in page.text
    assert '<html lang="el"' in page.text, "in the language of the letter"
    with app.app_context():
        assert f"<bdi>{tree().name()}</bdi>" in page.text, "whose Collab it is"
    short = client.post(path, data={"password": "short", "again": "short"}, headers={"Accept-Language": "en"})
    assert (short.status_code, "τουλάχιστον 12" in short.text, "Too short" in short.text) == (422, True, False)
    wanted = {"password": "thalassa kai ourano", "again": "thalassa kai ourano"}
    assert client.post(path, data=wanted).status_code == 303
    assert "Nefeli Zorba" in client.get("/people").text
    assert client_of(None).get(path).status_code == 404


def test_the_page_behind_a_link_greets_in_its_own_language(app: Flask, cast: Cast, client_of: Make) -> None:
    with app.app_context():
        with writing() as session:
            rename_parties(session, [(cast.Eleni, Naming("Ελένη Μάρκου", {"en": "Eleni Markou"}))])
        invite_person(SYSTEM, cast.Eleni, "https://collab.example")
    path = path_in(letter(app))
    page = client_of(None).get(path).text
    assert "Welcome to Collab" in page
    assert '<bdi class="strong">Eleni Markou</bdi>' in page
    greek = client_of(None)
    greek.set_cookie("locale", "el")
    assert '<bdi class="strong">Ελένη Μάρκου</bdi>' in greek.get(path).text


def test_bad_passwords_are_refused_with_a_reason(cast: Cast, client_of: Make) -> None:
    client = client_of("Eleni")
    for password, again in BAD_PASSWORDS:
        page = client.put("/profile/password", data={"current": PASSWORD, "password": password, "again": again})
        assert page.status_code == 422, password
        assert "field-error" in page.text


def test_a_link_sent_to_a_mistyped_address_opens_nothing_once_it_is_put_right(
    app: Flask, cast: Cast, client_of: Make
) -> None:
    with app.app_context():
        invite_person(SYSTEM, cast.Leila, "https://collab.example")
        db.session.remove()
    link = path_in(letter(app))
    before = client_of(None).get(link)
    with app.app_context():
        change_person(SYSTEM, cast.Leila, ChangePersonForm(name="Leila", email="leila.right@city.example"))
        db.session.remove()
    after = client_of(None).get(link)
    assert ('name="password"' in before.text, 'name="password"' in after.text) == (True, False)


def test_whoever_is_reached_elsewhere_from_now_on_is_told_at_the_former_address(app: Flask, cast: Cast) -> None:
    with app.app_context():
        change_person(SYSTEM, cast.Eleni, ChangePersonForm(name="Eleni Markou", email="eleni.new@city.example"))
        db.session.remove()
        to, subject, body = db.session.execute(select(Mail.to, Mail.subject, Mail.body)).one()
        told = db.session.execute(select(FactRow.kind, FactRow.payload).order_by(FactRow.id.desc())).first()
    assert to == "eleni@city.example"
    assert "mail address" in subject
    assert "eleni.new" not in subject + body
    assert told is not None
    assert "@" not in str(told)


def test_nobody_is_told_of_a_change_without_a_new_address_nor_at_one_that_nobody_ever_used(
    app: Flask, cast: Cast
) -> None:
    with app.app_context():
        with writing() as session:
            session.execute(update(Person).where(Person.id == cast.Leila).values(password_hash=None))
        change_person(SYSTEM, cast.Eleni, ChangePersonForm(name="Eleni M.", email="eleni@city.example"))
        change_person(SYSTEM, cast.Leila, ChangePersonForm(name="Leila", email="leila.right@city.example"))
        db.session.remove()
        assert db.session.scalars(select(Mail.to)).all() == []
