"""A database dumped here and restored into another PostgreSQL, which counts its transactions from the beginning."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, func, make_url, select, text

from collab.cli.local import examine
from collab.cli.local.postgres import environment, program
from collab.cli.local.testing import start_for_tests
from collab.core import clock, jobs, sweeps, teller
from collab.core.db import db
from collab.core.facts import FactRow
from collab.core.outbox import OutboxRow
from collab.core.sealing import hold
from collab.feed.search.models import SearchPlace
from config.settings import read
from tests.cast import Cast
from tests.databases import Clones, Servers

BURN = "do $$ begin for one in 1..8000 loop perform pg_current_xact_id(); commit; end loop; end $$"
"""So many transactions that a new PostgreSQL is far behind, with all that restoring takes."""


@pytest.fixture
def counted_far(servers: Servers, app: Flask) -> None:
    with psycopg.connect(servers.url_of(Clones.current).replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(BURN)


@pytest.fixture
def opened(app: Flask, cast: Cast, api_of: Callable[..., Any]) -> Callable[[str], str]:
    """`opened("Broken bench")`: a task of Eleni's, with a question to Maria."""
    eleni = api_of("Eleni")

    def make(title: str) -> str:
        made = eleni.post("/api/v1/tasks", json={"title": title, "unit": cast.PARKS, "holder": cast.Eleni})
        assert made.status_code == 201, made.text
        asked(made.json["reference"], title)
        return str(made.json["reference"])

    def asked(reference: str, what: str) -> None:
        answer = eleni.post(f"/api/v1/tasks/{reference}/waits", json={"of": cast.Maria, "what": what})
        assert answer.status_code == 201, answer.text

    return make


@pytest.fixture
def work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A teller that begins and works until nothing is left, and a worker after it."""

    class Ended(BaseException):
        pass

    def nothing_left(*_args: Any) -> None:
        raise Ended

    monkeypatch.setattr(teller._Ear, "wait", nothing_left)

    def run() -> None:
        for _time in range(3):  # what a worker tells has consequences of its own
            monkeypatch.setattr(sweeps, "_last", {})
            with pytest.raises(Ended):
                teller.run(app)
            jobs.work(app, burst=True)

    return run


@pytest.fixture
def restore(app: Flask, servers: Servers) -> Iterator[Callable[[], str]]:
    """`restore()`: the database as it stands is brought into a new PostgreSQL, on which the application goes on."""
    with tempfile.TemporaryDirectory(prefix="collab-") as folder:
        url, _redis, stop = start_for_tests(Path(folder))
        there = make_url(url)

        def elsewhere(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
            options.update(dbname=there.database, host=there.query["host"])

        def run() -> str:
            here, dump = make_url(servers.url_of(Clones.current)), f"{folder}/dump"
            call("pg_dump", "--format=custom", "-f", dump, "-h", unquote(str(here.query["host"])), str(here.database))
            call("pg_restore", "--no-owner", "--exit-on-error", "-h", str(there.query["host"]), "-d", "collab", dump)
            with app.app_context():
                db.engine.dispose()
                event.listen(db.engine, "do_connect", elsewhere)
            return url.replace("+psycopg", "")

        yield run
        with app.app_context():
            db.session.remove()
            if event.contains(db.engine, "do_connect", elsewhere):
                event.remove(db.engine, "do_connect", elsewhere)
            db.engine.dispose()
        stop()


def call(name: str, *given: str) -> None:
    done = subprocess.run([program(name), "-U", "collab", *given], env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def found(api_of: Callable[..., Any], q: str) -> list[str]:
    answer = api_of("Eleni").get("/api/v1/search", query_string={"q": q})
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json["items"] if one["type"] == "item"]


def test_search_teller_and_seal_go_on_in_a_database_restored_elsewhere(
    app: Flask, cast: Cast, counted_far: None, opened: Any, work: Any, restore: Any, api_of: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, still: None,
) -> None:  # fmt: skip
    monkeypatch.setitem(app.config, "COLLAB_DATA_DIR", tmp_path)
    opened("Bench followed before")
    work()
    waited = opened("Bench that waited")
    url = restore()
    settings = read({"DATABASE_URL": url, "COLLAB_DATA_DIR": str(tmp_path)})
    with app.app_context():
        assert hold(tmp_path).holds
        kept, last = int(db.session.scalar(select(SearchPlace.xid))), db.session.scalar(select(func.max(FactRow.id)))
    new = opened("Bench made after")
    with app.app_context():
        given = int(db.session.scalar(select(func.max(FactRow.id)).where(FactRow.id > last)) or 0)
        assert int(db.session.scalar(text("select xid::text from facts where id = :id"), {"id": given})) < kept
        assert hold(tmp_path).holds, "what is not sealed yet has not slipped in"
        db.session.remove()
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        health = app.test_client().get("/readyz").json
        assert (health["status"], health["search_well"], health["outbox_well"]) == ("degraded", False, False)
        assert health["search_lag_seconds"] >= 120
    with pytest.raises(examine.NotWell, match="was restored"):
        examine.waiting(settings)
    assert found(api_of, "bench") == ["Bench followed before"]

    work()
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        health = app.test_client().get("/readyz").json
        assert (health["search_well"], health["outbox_well"], health["search_lag_seconds"]) == (True, True, 0.0)
    assert "can be followed" in examine.waiting(settings)
    assert sorted(found(api_of, "bench")) == ["Bench followed before", "Bench made after", "Bench that waited"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(OutboxRow)) == 0
        report = hold(tmp_path)
        assert (report.holds, report.unsealed) == (True, 0), report.findings
        db.session.remove()
    heard = api_of("Maria").get("/api/v1/notifications").json["items"]
    assert all(any(reference in str(one) for one in heard) for reference in (waited, new)), heard

    opened("Bench at last")
    work()
    assert "Bench at last" in found(api_of, "bench")
