"""The sign-in page of a house in which nobody has an account yet."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import text

from collab.core.db import writing
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
