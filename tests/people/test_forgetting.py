"""What opened a door is forgotten a while after it closed; what is open stays, and what is still asked about."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from collab.core import forgetting as core_forgetting
from collab.core.db import db, writing
from collab.feed.pushing.models import PushSubscription
from collab.people import forgetting
from collab.people.models import AccessToken, EmailCode, Mail, SignInSession
from tests.cast import Cast

from .doors import letter, path_in, sign_in

Make = Callable[..., Any]
BEGUN = datetime(2026, 3, 2, 8, tzinfo=UTC)
FRESH = {"password": "a quite new password", "again": "a quite new password"}


def kept(app: Flask) -> list[int]:
    """How many sessions, tokens, codes and letters there are after the sweep."""
    with app.app_context():
        forgetting.sweep()
        counted = [
            db.session.scalar(select(func.count()).select_from(each)) or 0
            for each in (SignInSession, AccessToken, EmailCode, Mail)
        ]
        db.session.remove()
    return counted


def test_doors_are_forgotten_a_month_after_they_closed_and_letters_after_three(
    app: Flask, cast: Cast, client_of: Make, api_of: Make, at: Callable[[datetime], None], monkeypatch: Any
) -> None:
    monkeypatch.setattr(core_forgetting, "BATCH", 2)
    at(BEGUN)
    for _n in range(4):
        assert sign_in(client_of(None), cast.email("Eleni")).status_code == 303
    browser = client_of(None)
    browser.post("/password-reset", data={"email": cast.email("Eleni")})
    assert browser.post(path_in(letter(app)), data=FRESH).status_code == 303, "which ends the four and opens one"
    program = api_of("Eleni")
    made = program.post("/api/v1/tokens", json={"name": "child", "days": 366}).get_json()
    [parent] = [one["id"] for one in program.get("/api/v1/tokens").json["items"] if one["id"] != made["id"]]
    with app.app_context(), writing() as session:
        here = session.scalar(select(func.max(SignInSession.id)))
        for mark, door in (("a", {"session_id": here}), ("b", {"token_id": made["id"]})):
            row = {"person_id": cast.Eleni, "endpoint": mark, "public_key": "k", "secret": "s", "created_at": BEGUN}
            session.execute(insert(PushSubscription).values(**row, **door, off_at=BEGUN))
    assert program.delete(f"/api/v1/tokens/{parent}").status_code == 204
    first = kept(app)
    assert first == [5, 2, 1, 2], "a reset tells of itself by letter too"
    at(BEGUN + timedelta(days=29))
    assert kept(app) == first
    at(BEGUN + timedelta(days=31))
    assert kept(app) == [1, 0, 0, 2], "the last session ended by itself after a fortnight"
    at(BEGUN + timedelta(days=89))
    client_of("Maria")
    assert kept(app) == [1, 0, 0, 2], "that of somebody who is signed in now"
    at(BEGUN + timedelta(days=91))
    assert kept(app) == [1, 0, 0, 0]
    with app.app_context():
        off = db.session.execute(select(PushSubscription.session_id, PushSubscription.token_id)).all()
        db.session.remove()
    assert off == [(None, None), (None, None)], "that a browser was turned off outlives its session"


def test_a_key_of_a_request_holds_a_day(app: Flask, cast: Cast, api_of: Make, at: Callable[[datetime], None]) -> None:
    eleni, key = api_of("Eleni"), {"Idempotency-Key": "a"}

    def post(title: str) -> int:
        with app.app_context():
            core_forgetting.sweep()
            db.session.remove()
        fields = {"title": title, "unit": cast.PARKS, "holder": cast.Eleni}
        return int(eleni.post("/api/v1/tasks", json=fields, headers=key).status_code)

    at(BEGUN)
    assert post("Mow") == 201
    at(BEGUN + timedelta(hours=23))
    assert post("Prune") == 409
    at(BEGUN + timedelta(hours=25))
    assert post("Prune") == 201
