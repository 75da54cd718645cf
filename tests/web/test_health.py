"""What `/readyz` says of each part that may be missing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from collab.core import broker, jobs
from collab.core.db import writing


@pytest.fixture
def nobody_beats(app: Flask) -> Iterator[None]:
    """No worker and no teller has said anything for a while."""
    for who in ("worker", "teller"):
        broker.ask("delete", f"collab:beat:{who}")
    yield
    for who in ("worker", "teller"):
        broker.ask("delete", f"collab:beat:{who}")


def test_without_worker_and_teller_pages_answer_and_the_house_is_not_well(app: Flask, nobody_beats: None) -> None:
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (200, "degraded")
    assert (answer.json["worker"], answer.json["teller"], answer.json["redis"]) == (False, False, True)
    for who in ("worker", "teller"):
        jobs.beat(who)
    answer = app.test_client().get("/readyz")
    assert (answer.json["status"], answer.json["worker"], answer.json["teller"]) == ("ready", True, True)


def test_a_database_of_another_version_takes_no_visitors(app: Flask) -> None:
    with app.app_context(), writing() as session:
        session.execute(text("update alembic_version set version_num = '0001'"))
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["status"], answer.json["migrations"]) == (503, "not ready", False)
    assert app.test_client().get("/healthz").status_code == 200
