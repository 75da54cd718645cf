"""Guessing passwords: strangers are slowed, whoever owns an account is not shut out, what a password opened ends."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from collab.core.db import db, writing
from collab.core.errors import Busy
from collab.people import known_browsers, passwords
from collab.people.models import Mail, Person
from tests.cast import PASSWORD, Cast
from tests.machine.copies import soon

Make = Callable[..., Any]
BEGIN = datetime(2026, 11, 23, 8, tzinfo=UTC)
FRESH = {"password": "a quite new password", "again": "a quite new password"}


def sign_in(client: Any, email: str, password: str = PASSWORD, address: str = "192.0.2.1") -> Any:
    return client.post("/sign-in", data={"email": email, "password": password}, environ_base={"REMOTE_ADDR": address})


def test_strangers_who_guess_do_not_keep_the_owner_out(
    cast: Cast, client_of: Make, at: Callable[[datetime], None]
) -> None:
    at(BEGIN)
    email, owner = cast.email("Eleni"), client_of(None)
    assert sign_in(owner, email).status_code == 303
    owner.delete_cookie("collab")
    codes = [sign_in(client_of(None), email, "wrong wrong wrong", f"198.51.100.{n}").status_code for n in range(30)]
    assert codes == [422] * 20 + [429] * 10
    assert sign_in(owner, email, "mistyped mistyped").status_code == 422
    assert sign_in(owner, email).status_code == 303
    stranger = sign_in(client_of(None), email, address="203.0.113.1")
    assert stranger.status_code == 429
    assert int(stranger.headers["Retry-After"]) <= 61
    assert email in stranger.text
    at(BEGIN + timedelta(seconds=61))
    assert sign_in(client_of(None), email, address="203.0.113.1").status_code == 303


def test_one_address_cannot_use_up_what_strangers_have(
    cast: Cast, client_of: Make, at: Callable[[datetime], None]
) -> None:
    email, wrong = cast.email("Eleni"), "wrong wrong wrong"
    for minute in range(0, 60, 3):
        at(BEGIN + timedelta(minutes=minute))
        for n in range(3):  # one line of IPv6 is one address
            sign_in(client_of(None), email, wrong, f"2001:db8::{n + 1}")
        if minute == 57:
            at(BEGIN + timedelta(minutes=58, seconds=30))
            assert sign_in(client_of(None), email, address="2001:db8:0:7::1").status_code == 303


def test_a_known_browser_guesses_no_more_than_others_and_for_one_account_alone(cast: Cast, client_of: Make) -> None:
    thief = client_of(None)
    sign_in(thief, cast.email("Eleni"))
    thief.delete_cookie("collab")
    codes = [sign_in(thief, cast.email("Eleni"), "wrong wrong wrong").status_code for _n in range(11)]
    assert codes == [422] * 10 + [429]
    codes = [sign_in(thief, cast.email("Nikos"), "wrong wrong wrong").status_code for _n in range(11)]
    assert codes == [422] * 10 + [429]


def test_a_browser_is_known_until_the_next_password_and_a_planted_cookie_is_nothing(
    app: Flask, cast: Cast, client_of: Make
) -> None:
    with app.test_request_context():
        forged = known_browsers.with_account(None, cast.Eleni, 1)[:-1] + "x"
    email, here, old, planted = cast.email("Eleni"), client_of("Eleni"), client_of(None), client_of(None)
    sign_in(old, email)
    assert here.put("/profile/password", data={"current": PASSWORD, **FRESH}).status_code == 303
    here.delete_cookie("collab")
    planted.set_cookie("known", forged)
    for n in range(20):
        sign_in(client_of(None), email, "wrong wrong wrong", f"198.51.100.{n}")
    assert sign_in(old, email, FRESH["password"]).status_code == 429
    assert sign_in(planted, email, FRESH["password"]).status_code == 429
    assert sign_in(here, email, FRESH["password"]).status_code == 303


def test_a_link_by_mail_lets_the_owner_in_while_strangers_guess(app: Flask, cast: Cast, client_of: Make) -> None:
    email, owner = cast.email("Eleni"), client_of(None)
    for n in range(25):
        sign_in(client_of(None), email, "wrong wrong wrong", f"198.51.100.{n}")
    assert owner.post("/password-reset", data={"email": email}).status_code == 200
    with app.app_context():
        body = db.session.scalars(select(Mail.body).order_by(Mail.id.desc()).limit(1)).one()
        db.session.remove()
    found = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert found
    assert owner.post(found[1], data=FRESH).status_code == 303
    assert owner.get("/people").status_code == 200
    owner.delete_cookie("collab")
    assert sign_in(owner, email, FRESH["password"]).status_code == 303


def test_a_password_kept_at_former_costs_is_hashed_anew_at_the_next_sign_in(
    app: Flask, cast: Cast, client_of: Make
) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with app.app_context():
        with writing() as session:
            session.execute(update(Person).where(Person.id == cast.Eleni).values(password_hash=cheap))
        db.session.remove()
    other = client_of("Eleni")
    assert sign_in(client_of(None), cast.email("Eleni"), "wrong wrong wrong").status_code == 422
    assert _kept(app, cast.Eleni) == cheap
    assert sign_in(client_of(None), cast.email("Eleni")).status_code == 303
    assert _kept(app, cast.Eleni).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(client_of(None), cast.email("Eleni")).status_code == 303
    assert other.get("/people").status_code == 200


def _kept(app: Flask, person: int) -> str:
    with app.app_context():
        kept = db.session.scalar(select(Person.password_hash).where(Person.id == person))
        db.session.remove()
    assert kept
    return kept


def test_revoking_a_token_ends_what_was_made_with_it(client_of: Make, api_of: Make) -> None:
    parent, page = api_of("Eleni"), client_of("Eleni")
    programs = [parent]
    for name in ("child", "grandchild"):
        made = programs[-1].post("/api/v1/tokens", json={"name": name, "scopes": ["read", "write"]}).get_json()
        program = api_of(None)
        program.token = made["token"]
        programs.append(program)
    alone = api_of("Eleni")
    listed = alone.get("/api/v1/tokens").get_json()["items"]
    ids = {one["name"]: one for one in listed}
    assert ids["grandchild"]["parent_id"] == ids["child"]["id"]
    assert "made with <bdi>child</bdi>" in page.get("/profile/tokens").text
    assert [one.get("/api/v1/me").status_code for one in programs] == [200, 200, 200]
    assert page.delete(f"/profile/tokens/{ids['child']['parent_id']}").status_code == 303
    assert [one.get("/api/v1/me").status_code for one in programs] == [401, 401, 401]
    assert alone.get("/api/v1/me").status_code == 200


def test_changing_the_password_ends_tokens_where_asked_for_and_it_is_asked_for_at_first(
    client_of: Make, api_of: Make
) -> None:
    here, program = client_of("Eleni"), api_of("Eleni")
    assert re.search(r'name="tokens"[^>]* checked', here.get("/profile/password").text)
    assert here.put("/profile/password", data={"current": PASSWORD, **FRESH}).status_code == 303
    assert program.get("/api/v1/me").status_code == 200
    again = {"current": FRESH["password"], "password": "another new password", "again": "another new password"}
    assert here.put("/profile/password", data={**again, "tokens": "on"}).status_code == 303
    assert program.get("/api/v1/me").status_code == 401
    assert here.get("/people").status_code == 200


def test_few_passwords_are_reckoned_at_once_and_whoever_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    most, running, open_door = [], [], threading.Event()

    def reckoned(_password: str) -> str:
        running.append(1)
        most.append(len(running))
        open_door.wait(60)
        running.pop()
        return "kept"

    monkeypatch.setattr(passwords, "PATIENCE", 0.2)
    monkeypatch.setattr(passwords, "_hasher", lambda: SimpleNamespace(hash=reckoned))
    with ThreadPoolExecutor(passwords.AT_ONCE) as threads:
        taken = [threads.submit(passwords.hashed, "one of many") for _each in range(passwords.AT_ONCE)]
        assert soon(lambda: len(running) == passwords.AT_ONCE, 60)
        with pytest.raises(Busy):
            passwords.hashed("one too many")
        open_door.set()
        assert [each.result(60) for each in taken] == ["kept"] * passwords.AT_ONCE
    assert max(most) == passwords.AT_ONCE
    assert passwords.hashed("there is room again") == "kept"


def test_guessing_the_present_password_is_counted(cast: Cast, client_of: Make) -> None:
    eleni = client_of("Eleni")
    wrong = {"current": "wrong wrong wrong", **FRESH}
    codes = [eleni.put("/profile/password", data=wrong).status_code for _time in range(12)]
    assert codes == [422] * 10 + [429] * 2
