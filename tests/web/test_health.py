"""What `/readyz` says of each part that may be missing."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from collab.core import broker, jobs
from collab.core.db import db, writing
from collab.web.health import FIRST, UNTOLD
from tests.cast import Cast


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


def test_asking_costs_the_same_however_much_waits_to_be_told(app: Flask, cast: Cast) -> None:
    """Of ten thousand rows that wait, one is joined and the oldest thousand are looked at."""
    waits = """
        with made as (insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
          select now(), 'made', 'made', n, 0, 'page', '{}' from generate_series(1, 10000) n returning id, xid)
        insert into outbox (fact_id, reaction, xid, subject_kind, subject_id, lane, tries, next_at)
          select id, 'made', xid, 'made', id, 'slow', case when row_number() over (order by id) <= 3 then 2 else 0 end,
            now() from made
    """
    with app.app_context(), writing() as session:
        session.execute(text(waits))
    found = app.test_client().get("/readyz").get_json()
    assert found["outbox_failing"] == 3
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(text("analyze outbox"))
        plan = connection.execute(text(f"explain (analyze, timing off, costs off) {UNTOLD}"), {"first": FIRST})
        rows = [float(number) for line in plan.scalars() for number in re.findall(r"actual rows=([\d.]+)", line)]
    assert rows
    assert max(rows) <= FIRST
