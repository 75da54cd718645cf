"""Whoever waits for a row that another transaction holds is told to try again, long before the statement runs out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from collab.core.db import db, long_statements, writing
from collab.core.errors import Busy
from tests.cast import Cast

FAR_MORE = 60
"""Seconds after which PostgreSQL ends the waiting statement where nothing of ours did: with another code."""
TAKE = text("select from work_item where reference = :reference for update")


@pytest.fixture
def held(app: Flask, cast: Cast, api_of: Callable[..., Any]) -> Iterator[str]:
    """The reference of a task whose row another transaction holds."""
    made = api_of("Eleni").post("/api/v1/tasks", json={"title": "Bench", "unit": cast.PARKS, "holder": cast.Eleni})
    assert made.status_code == 201, made.text
    with app.app_context():
        other = db.engine.connect().execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
        with other, other.begin():
            other.execute(text("set local idle_in_transaction_session_timeout = 0"))
            other.execute(TAKE, {"reference": made.json["reference"]})
            yield made.json["reference"]


def take(reference: str) -> None:
    with writing() as session:
        long_statements(session, FAR_MORE)
        session.execute(TAKE, {"reference": reference})


def test_a_lock_is_waited_for_less_long_than_a_statement_may_take(held: str) -> None:
    with pytest.raises(Busy) as refused:
        take(held)
    cause: Any = refused.value.__cause__
    assert cause.orig.sqlstate == "55P03", "the lock was not had in time; it was not the statement that took too long"


def test_whoever_asked_for_it_is_told_to_try_again(held: str, api_of: Callable[..., Any]) -> None:
    assert api_of("Eleni").patch(f"/api/v1/work-items/{held}", json={"title": "Broken"}).status_code == 503
