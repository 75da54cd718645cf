"""The doors, knocked at from outside."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.errors import TooMany
from collab.people import signing_in, throttling
from collab.people.commands.people import deactivate_person
from collab.people.models import Person, SignInSession
from collab.people.recognise import cookie_name, person_as_actor, still_seated
from collab.people.throttling import attempt
from tests.cast import PASSWORD, Cast

from .doors import cookie, sign_in

Make = Callable[..., Any]
SURE = {"sure": "on"}


def test_the_right_password_opens_and_the_way_leads_on(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of(None)
    answer = sign_in(client, " Eleni@City.Example ", next="/people")
    assert (answer.status_code, answer.location) == (303, "/people")
    manners = answer.headers["Set-Cookie"]
    assert "HttpOnly" in manners
    assert "SameSite=Lax" in manners
    assert "Path=/" in manners
    assert client.get("/people").status_code == 200


def test_the_way_leads_nowhere_else(cast: Cast, client_of: Make) -> None:
    for away in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert sign_in(client_of(None), cast.email("Eleni"), next=away).location == "/"


def test_wrong_password_unknown_address_and_closed_account_are_one_answer(
    app: Flask, cast: Cast, client_of: Make
) -> None:
    with app.app_context():
        deactivate_person(SYSTEM, cast.Maria)
        db.session.remove()
    pages = []
    for email, password in (
        (cast.email("Eleni"), "wrong wrong wrong"),
        ("nobody@city.example", PASSWORD),
        (cast.email("Maria"), PASSWORD),
    ):
        client = client_of(None)
        answer = sign_in(client, email, password)
        assert answer.status_code == 422
        assert cookie(app, client) is None
        pages.append(answer.text.replace(email, ""))
    shown = {re.sub(r'nonce="[^"]*"', "", page) for page in pages}
    assert len(shown) == 1


def test_what_was_typed_stays_but_never_the_password(cast: Cast, client_of: Make) -> None:
    page = sign_in(client_of(None), cast.email("Eleni"), "wrong wrong wrong").text
    assert cast.email("Eleni") in page
    assert "wrong wrong wrong" not in page


def test_an_account_is_tried_ten_times_and_then_rests(
    app: Flask, cast: Cast, client_of: Make, at: Callable[[datetime], None]
) -> None:
    begin = datetime(2026, 11, 23, 8, tzinfo=UTC)
    at(begin)
    client = client_of(None)
    for _n in range(10):
        assert sign_in(client, cast.email("Eleni"), "wrong wrong wrong").status_code == 422
    refused = sign_in(client, cast.email("Eleni"))
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 901
    assert sign_in(client_of(None), cast.email("Maria")).status_code == 303
    at(begin + timedelta(minutes=15, seconds=1))
    assert sign_in(client, cast.email("Eleni")).status_code == 303


def test_success_wipes_the_attempts_of_the_account(cast: Cast, client_of: Make) -> None:
    for _round in range(2):
        client = client_of(None)
        for _n in range(9):
            sign_in(client, cast.email("Eleni"), "wrong wrong wrong")
        assert sign_in(client, cast.email("Eleni")).status_code == 303


def test_a_session_planted_before_is_not_the_one_used_after(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of(None)
    client.set_cookie(cookie_name(app), "planted-by-somebody-else")
    sign_in(client, cast.email("Eleni"))
    first = cookie(app, client)
    assert first != "planted-by-somebody-else"
    with app.app_context():
        client.session_id = db.session.scalar(select(func.max(SignInSession.id)))
        db.session.remove()
    sign_in(client, cast.email("Eleni"))
    second = cookie(app, client)
    assert second != first
    other = client_of(None)
    other.set_cookie(cookie_name(app), first)
    assert other.get("/people").status_code == 303


def test_signing_out_ends_the_session_for_good(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of("Eleni")
    kept = cookie(app, client)
    assert client.post("/sign-in?_method=DELETE").status_code == 303
    assert cookie(app, client) is None
    client.set_cookie(cookie_name(app), kept)
    assert client.get("/people").status_code == 303


def test_deactivation_ends_sessions_tokens_and_seats_at_once(
    app: Flask, cast: Cast, client_of: Make, api_of: Make
) -> None:
    browser, program, administrator = client_of("Eleni"), api_of("Eleni"), client_of("Kostas")
    assert browser.get("/people").status_code == 200
    assert program.get("/api/v1/me").status_code == 200
    with app.app_context():
        seated = person_as_actor(cast.Eleni)
        db.session.remove()
    assert seated is not None
    from dataclasses import replace

    seats = [replace(seated, session_id=browser.session_id)]
    with app.app_context():
        assert still_seated(seats)[0] is not None
        db.session.remove()
    assert administrator.post(f"/administration/people/{cast.Eleni}/deactivation", data=SURE).status_code == 303
    assert browser.get("/people").status_code == 303
    assert program.get("/api/v1/me").status_code == 401
    with app.app_context():
        assert still_seated(seats) == [None]
        db.session.remove()


def test_the_only_administrator_stays(cast: Cast, client_of: Make) -> None:
    client = client_of("Kostas")
    assert client.post(f"/administration/people/{cast.Kostas}/deactivation", data=SURE).status_code == 422
    assert client.put(f"/administration/people/{cast.Kostas}/roles", data={}).status_code == 422
    assert client.get("/administration/people").status_code == 200


def test_changing_the_password_ends_the_other_sessions(cast: Cast, client_of: Make) -> None:
    here, there = client_of("Eleni"), client_of("Eleni")
    fresh = {"password": "a quite new password", "again": "a quite new password"}
    assert here.put("/profile/password", data={"current": "not it at all", **fresh}).status_code == 422
    assert there.get("/people").status_code == 200
    assert here.put("/profile/password", data={"current": PASSWORD, **fresh}).status_code == 303
    assert here.get("/people").status_code == 200
    assert there.get("/people").status_code == 303


def test_the_present_password_is_no_new_one(cast: Cast, client_of: Make) -> None:
    here, there = client_of("Eleni"), client_of("Eleni")
    assert "signed out of every other browser" in here.get("/profile/password").text
    same = {"current": PASSWORD, "password": PASSWORD, "again": PASSWORD}
    answer = here.put("/profile/password", data=same)
    assert answer.status_code == 422
    assert re.search(r'id="[^"]*password-error">This is your present password', answer.text)
    assert there.get("/people").status_code == 200


def test_every_wrong_field_of_a_new_password_says_so_at_once(cast: Cast, client_of: Make) -> None:
    wrong = {"current": "not it at all", "password": "short", "again": "shorter"}
    answer = client_of("Eleni").put("/profile/password", data=wrong)
    assert answer.status_code == 422
    for field in ("current", "password", "again"):
        assert re.search(rf'id="[^"]*{field}-error">', answer.text), field


def test_people_end_their_own_sessions_and_nobody_elses(cast: Cast, client_of: Make) -> None:
    here, there, stranger = client_of("Eleni"), client_of("Eleni"), client_of("Maria")
    assert stranger.delete(f"/profile/sessions/{there.session_id}").status_code == 404
    assert there.get("/people").status_code == 200
    assert here.delete(f"/profile/sessions/{there.session_id}").status_code == 303
    assert there.get("/people").status_code == 303
    assert here.get("/people").status_code == 200


def test_all_other_sessions_end_at_once(cast: Cast, client_of: Make) -> None:
    here, *there, stranger = (client_of(name) for name in ("Eleni", "Eleni", "Eleni", "Maria"))
    assert here.get("/profile/sessions").text.count("· signed in ") == 3
    assert here.delete("/profile/sessions").status_code == 303
    assert [client.get("/people").status_code for client in (here, *there, stranger)] == [200, 303, 303, 200]
    assert 'id="end-others"' not in here.get("/profile/sessions").text  # nothing is left to end
    again = client_of("Eleni")
    assert again.delete("/api/v1/sessions").status_code == 204
    assert (again.get("/people").status_code, here.get("/people").status_code) == (200, 303)


def test_a_session_left_alone_for_a_week_is_over(app: Flask, client_of: Make, at: Callable[[datetime], None]) -> None:
    client = client_of("Eleni")
    at(clock.now() + timedelta(days=7, minutes=1))
    assert client.get("/people").status_code == 303


def test_use_is_noted_every_few_minutes(app: Flask, client_of: Make, at: Callable[[datetime], None]) -> None:
    client, begin = client_of("Eleni"), clock.now()
    at(begin + timedelta(minutes=4))
    client.get("/people")
    assert _seen(app, client) < begin + timedelta(minutes=1)
    at(begin + timedelta(minutes=6))
    client.get("/people")
    assert _seen(app, client) >= begin + timedelta(minutes=5)


def _seen(app: Flask, client: Any) -> datetime:
    with app.app_context():
        found = db.session.scalars(select(SignInSession.seen_at).where(SignInSession.id == client.session_id)).one()
        db.session.remove()
    return found


def test_strangers_choose_a_language_and_keep_where_they_wanted_to_go(client_of: Make) -> None:
    client = client_of(None)
    page = client.get("/sign-in?locale=fa", headers={"Referer": "http://localhost/sign-in?next=/people"})
    assert 'dir="rtl"' in page.text
    assert 'value="/people"' in page.text
    assert 'dir="rtl"' in client.get("/password-reset").text


def test_secrets_are_nowhere_in_the_database(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of(None)
    sign_in(client, cast.email("Eleni"))
    secret = cookie(app, client)
    with app.app_context():
        rows = db.session.execute(select(SignInSession.secret_hash, SignInSession.agent, SignInSession.address)).all()
        kept = db.session.scalars(select(Person.password_hash)).all()
        db.session.remove()
    assert secret is not None
    assert all(secret.encode() not in row.secret_hash and secret not in row.agent for row in rows)
    assert all(one is not None and one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in kept)


def test_attempts_at_once_are_counted_one_by_one(app: Flask) -> None:
    def try_once(_n: int) -> bool:
        with app.app_context():
            try:
                attempt("sign-in", [("known", "eleni")])
            except TooMany:
                return False
            finally:
                db.session.remove()
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(try_once, range(24))) == 10


def test_a_form_that_says_once_is_counted_every_time_at_the_doors_of_strangers(cast: Cast, client_of: Make) -> None:
    asked = {"email": cast.email("Eleni"), "once": "0a1b2c3d"}
    codes = [client_of(None).post("/password-reset", data=asked).status_code for _time in range(5)]
    assert codes[3:] == [429, 429]
    assert 429 not in codes[:3]


def test_a_town_hall_behind_one_address_comes_in(cast: Cast, client_of: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttling.LIMITS, ("sign-in", "address"), throttling.Limit(3, timedelta(minutes=15)))
    assert [sign_in(client_of(None), cast.email("Eleni")).status_code for _one in range(5)] == [303] * 5
    for _time in range(3):
        sign_in(client_of(None), "nobody@city.example", "wrong wrong wrong")
    assert sign_in(client_of(None), cast.email("Eleni")).status_code == 429


def test_a_password_that_was_changed_while_it_was_looked_at_opens_nothing(
    app: Flask, cast: Cast, client_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = signing_in.is_password

    def while_somebody_changes_it(kept: str | None, given: str) -> bool:
        right = really(kept, given)
        with app.app_context(), writing() as session:
            session.execute(update(Person).values(password_version=Person.password_version + 1))
        return right

    monkeypatch.setattr(signing_in, "is_password", while_somebody_changes_it)
    client = client_of(None)
    assert sign_in(client, cast.email("Eleni")).status_code == 422
    assert client.get("/people").status_code == 303
