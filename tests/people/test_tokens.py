"""Access tokens: shown once, no more than they were made for."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from collab.core import clock
from collab.core.db import db, writing
from collab.people.models import AccessToken
from tests.cast import Cast

Make = Callable[..., Any]


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


def test_a_page_sent_twice_does_not_show_a_second_token_that_opens_nothing(client_of: Make) -> None:
    client = client_of("Eleni")
    asked = {"name": "reports", "scopes[]": ["read"], "days": "7", "once": "0a1b2c3d"}
    first, again = (client.post("/profile/tokens", data=asked) for _time in range(2))
    assert re.search(r"collab_[\w-]{43}", first.text)
    assert not re.search(r"collab_[\w-]{43}", again.text)
    assert len(client.get("/api/v1/tokens").get_json()["items"]) == 1
