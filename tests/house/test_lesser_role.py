"""The role of the guide, which neither owns the tables nor may change the ledger, is enough to work with."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, text

from collab.cli.local import examine
from collab.core import sealing, sweeps
from collab.core.db import db
from collab.feed.search.indexing import rebuild
from config.settings import read
from tests.cast import Cast
from tests.databases import Clones, Servers

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "self-host.md"
ROLE = "collab_app"


@pytest.fixture
def lesser(app: Flask, servers: Servers) -> Iterator[str]:
    """The application connects as the role of the guide; gives its address."""
    [granted] = [block for block in re.findall(r"```sql\n(.*?)```", GUIDE.read_text(), re.DOTALL) if "grant" in block]
    url = servers.url_of(Clones.current).replace("+psycopg", "")

    def as_role(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        options["user"] = ROLE

    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"create role {ROLE} login")
        try:
            owner.execute(granted)
            with app.app_context():
                db.engine.dispose()
                event.listen(db.engine, "do_connect", as_role)
            yield url.replace("//collab@", f"//{ROLE}@")
        finally:
            with app.app_context():
                db.session.remove()
                event.remove(db.engine, "do_connect", as_role)
                db.engine.dispose()
            owner.execute(f"drop owned by {ROLE}")
            owner.execute(f"drop role {ROLE}")


def test_the_role_of_the_guide_is_enough_to_work_with(
    app: Flask, cast: Cast, lesser: str, api_of: Callable[..., Any], client_of: Callable[..., Any],
    tell: Callable[[], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setitem(app.config, "COLLAB_DATA_DIR", tmp_path)
    monkeypatch.setattr(sweeps, "_last", {})
    eleni = api_of("Eleni")
    made = eleni.post("/api/v1/tasks", json={"title": "Bench", "unit": cast.PARKS, "holder": cast.Eleni})
    assert made.status_code == 201, made.text
    at = f"/api/v1/work-items/{made.json['reference']}"
    assert eleni.post(f"{at}/messages", json={"text": "Look, a bench", "nonce": "n-1"}).status_code == 201
    assert eleni.post(f"{at}/completion", json={}).status_code == 200
    assert tell() > 0
    failed = []
    monkeypatch.setattr(sweeps.log, "exception", lambda *said: failed.append(said))
    with app.app_context():
        sweeps.due_sweeps(sweeps.SWEEPS)
        rebuild()
        assert db.session.scalar(text("select current_user")) == ROLE
        report = sealing.hold(tmp_path)
        assert report.holds, report.findings
        assert report.sealed >= 3
        db.session.remove()
    assert not failed
    assert [one["title"] for one in eleni.get("/api/v1/search?q=bench").json["items"] if one["type"] == "item"] == [
        "Bench"
    ]
    assert client_of("Eleni").get("/").status_code == 200
    assert app.test_client().get("/readyz").json["search_well"] is True
    settings = read({"DATABASE_URL": lesser, "COLLAB_DATA_DIR": str(tmp_path)})
    for question in (examine.database, examine.migrations, examine.units, examine.waiting):
        assert question(settings)


@pytest.mark.parametrize(
    "statement",
    [
        "update facts set via = 'api'", "delete from facts", "truncate facts cascade", "delete from seal_leaf",
        "update seal_head set size = 1", "alter table facts disable trigger all",
        "set session_replication_role = replica", "drop trigger facts_append_only on facts",
    ],
)  # fmt: skip
def test_and_cannot_change_the_ledger_nor_switch_its_trigger_off(lesser: str, statement: str) -> None:
    with psycopg.connect(lesser) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
        connection.execute(statement)
    assert "append-only" not in str(refused.value), "the right is missing; no trigger was needed"
