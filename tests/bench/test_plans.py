"""What pages ask at 200,000 items is answered from indexes: nothing reads a large table from end to end."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from collab.cli.bench.marking import Size
from collab.cli.bench.pages import pages
from collab.cli.bench.people import askers
from tests.conftest import SECRET
from tests.databases import Servers

from .conftest import Bench, made

LARGE = ("work_item", "wait", "facts", "interval", "participant", "message", "notification")
SIZE = Size(people=5_000, units=400, items=200_000, messages=50_000)


@pytest.fixture(scope="module")
def large(servers: Servers) -> Iterator[Bench]:
    yield made(servers, "collab_bench_large", SIZE)
    servers.administer("drop database collab_bench_large with (force)")


def _scans(plan: dict[str, Any]) -> Iterator[str]:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for below in plan.get("Plans", ()):
        yield from _scans(below)


@pytest.mark.nightly
def test_no_page_reads_a_large_table_from_end_to_end(large: Bench, servers: Servers) -> None:
    from collab.app import create_app
    from collab.core.db import db
    from config.settings import read

    app = create_app(
        read(
            {
                "COLLAB_ENV": "test",
                "DATABASE_URL": large.url,
                "REDIS_URL": servers.redis_url,
                "COLLAB_DATA_DIR": str(servers.folder / "files"),
                "SECRET_KEY": SECRET,
            }
        )
    )
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        sent.append((statement, values))

    client = app.test_client(use_cookies=False)
    found: set[tuple[str, str, str]] = set()
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    for asker in askers(large.url):
        for name, request in pages(asker, 80, "plans"):
            if request.method != "GET":
                continue
            sent.clear()
            headers = {key: value for key, value in request.headers.items() if key != "Host"}
            assert client.get(request.path, headers=headers, base_url="http://localhost").status_code == 200
            found |= {(asker.name, name, table) for table in _scanned(app, list(sent))}
    planted = _scanned(app, [("select id from work_item where body = 'planted'", None)])
    with app.app_context():
        db.engine.dispose()
    assert planted == {"work_item"}
    assert found == set()


def _scanned(app: Any, statements: list[tuple[str, Any]]) -> set[str]:
    from collab.core.db import db

    tables: set[str] = set()
    with app.app_context():
        raw = db.engine.raw_connection()
        try:
            for statement, values in statements:
                if not statement.lstrip().lower().startswith(("select", "with", "(")):
                    continue
                cursor = raw.cursor()
                cursor.execute(f"explain (format json) {statement}", values)
                tables |= set(_scans(cursor.fetchone()[0][0]["Plan"]))
        finally:
            raw.close()
    return tables & set(LARGE)
