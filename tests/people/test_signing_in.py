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
from collab.people import throttling
from collab.people.commands.people import change_person, deactivate_person, invite_person
from collab.people.forms.people import ChangePersonForm
from collab.people.models import AccessToken, Mail, Person, SignInSession
from collab.people.recognise import cookie_name, person_as_actor, still_seated
from collab.people.throttling import attempt
from tests.cast import PASSWORD, Cast

Make = Callable[..., Any]


def sign_in(client: Any, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def cookie(app: Flask, client: Any) -> str | None:
    found = client.get_cookie(cookie_name(app))
    return found.value if found else None


def letter(app: Flask) -> str:
    """The text of the newest letter."""
    with app.app_context():
        body = db.session.scalars(select(Mail.body).order_by(Mail.id.desc()).limit(1)).one()
        db.session.remove()
    return body


def path_in(body: str) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert found
    return found[1]


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
    assert administrator.post(f"/administration/people/{cast.Eleni}/deactivation").status_code == 303
    assert browser.get("/people").status_code == 303
    assert program.get("/api/v1/me").status_code == 401
    with app.app_context():
        assert still_seated(seats) == [None]
        db.session.remove()


def test_the_only_administrator_stays(cast: Cast, client_of: Make) -> None:
    client = client_of("Kostas")
    assert client.post(f"/administration/people/{cast.Kostas}/deactivation").status_code == 422
    assert client.put(f"/administration/people/{cast.Kostas}/roles", data={}).status_code == 422
    assert client.get("/administration/people").status_code == 200


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
    wanted = {"password": "thalassa kai ourano", "again": "thalassa kai ourano"}
    assert client.post(path, data=wanted).status_code == 303
    assert "Nefeli Zorba" in client.get("/people").text
    assert client_of(None).get(path).status_code == 404


BAD_PASSWORDS = (
    ("short", "short"),
    ("a quite new password", "another new password"),
    ("eleni@city.example", "eleni@city.example"),
    ("password1234", "password1234"),
    ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"),
    ("", ""),
    ("x" * 300, "x" * 300),
)


def test_bad_passwords_are_refused_with_a_reason(cast: Cast, client_of: Make) -> None:
    client = client_of("Eleni")
    for password, again in BAD_PASSWORDS:
        page = client.put("/profile/password", data={"current": PASSWORD, "password": password, "again": again})
        assert page.status_code == 422, password
        assert "field-error" in page.text


def test_changing_the_password_ends_the_other_sessions(cast: Cast, client_of: Make) -> None:
    here, there = client_of("Eleni"), client_of("Eleni")
    fresh = {"password": "a quite new password", "again": "a quite new password"}
    assert here.put("/profile/password", data={"current": "not it at all", **fresh}).status_code == 422
    assert there.get("/people").status_code == 200
    assert here.put("/profile/password", data={"current": PASSWORD, **fresh}).status_code == 303
    assert here.get("/people").status_code == 200
    assert there.get("/people").status_code == 303


def test_people_end_their_own_sessions_and_nobody_elses(cast: Cast, client_of: Make) -> None:
    here, there, stranger = client_of("Eleni"), client_of("Eleni"), client_of("Maria")
    assert stranger.delete(f"/profile/sessions/{there.session_id}").status_code == 404
    assert there.get("/people").status_code == 200
    assert here.delete(f"/profile/sessions/{there.session_id}").status_code == 303
    assert there.get("/people").status_code == 303
    assert here.get("/people").status_code == 200


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


def test_a_token_is_shown_once_and_works(app: Flask, cast: Cast, client_of: Make) -> None:
    client = client_of("Eleni")
    page = client.post("/profile/tokens", data={"name": "reports", "scopes[]": ["read"], "days": "7"})
    assert page.status_code == 201
    token = re.search(r"collab_[\w-]{43}", page.text)
    assert token
    assert token[0] not in client.get("/profile/tokens").text
    program = client_of(None)
    program.token = token[0]
    assert program.get("/api/v1/me").get_json()["scopes"] == ["read"]
    assert program.patch("/api/v1/me", json={"theme": "dark"}).status_code == 403
    with app.app_context():
        with writing() as session:
            session.execute(update(AccessToken).values(expires_at=clock.now() - timedelta(seconds=1)))
        db.session.remove()
    assert program.get("/api/v1/me").status_code == 401


def test_a_revoked_token_opens_nothing(api_of: Make) -> None:
    program = api_of("Eleni")
    tokens = program.get("/api/v1/tokens").get_json()["items"]
    assert program.delete(f"/api/v1/tokens/{tokens[0]['id']}").status_code == 204
    assert program.get("/api/v1/me").status_code == 401


def test_a_token_makes_no_token_that_may_more_or_holds_longer(app: Flask, cast: Cast, api_of: Make) -> None:
    program = api_of("Eleni")
    made = program.post("/api/v1/tokens", json={"name": "child", "scopes": ["read"], "days": 366})
    assert made.status_code == 201
    tokens = {one["id"]: one for one in program.get("/api/v1/tokens").get_json()["items"]}
    parent = min(tokens)
    assert tokens[made.get_json()["id"]]["expires_at"] <= tokens[parent]["expires_at"]
    with app.app_context():
        with writing() as session:
            session.execute(update(AccessToken).where(AccessToken.id == parent).values(scopes=["write", "read"]))
        db.session.remove()
    program.token = made.get_json()["token"]
    assert program.post("/api/v1/tokens", json={"name": "grandchild", "scopes": ["write"]}).status_code == 403


def test_a_repeated_request_for_a_token_does_not_show_it_again(api_of: Make) -> None:
    program = api_of("Eleni")
    ask = {"json": {"name": "child"}, "headers": {"Idempotency-Key": "once"}}
    first, again = program.post("/api/v1/tokens", **ask), program.post("/api/v1/tokens", **ask)
    assert first.get_json()["token"].startswith("collab_")
    assert again.get_json() == {**first.get_json(), "token": None}


def test_wrong_tokens_are_counted_by_address_and_right_ones_still_work(client_of: Make, api_of: Make) -> None:
    guesser, program = client_of(None), api_of("Eleni")
    guesser.token = "collab_guess"
    codes = [guesser.get("/api/v1/me").status_code for _n in range(102)]
    assert codes[:100] == [401] * 100
    assert codes[100:] == [429, 429]
    assert program.get("/api/v1/me").status_code == 200


def test_a_wrong_token_is_not_made_up_for_by_a_cookie(client_of: Make) -> None:
    client = client_of("Eleni")
    assert client.get("/people", headers={"Authorization": "Bearer nonsense"}).status_code == 303
    assert client.get("/people", headers={"Authorization": "Basic eDp5"}).status_code == 303


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
