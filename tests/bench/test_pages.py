"""Every page that the bench measures is there and answers whoever asks for it, with what they should find on it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from collab.cli.bench.pages import pages
from collab.cli.bench.people import askers
from tests.conftest import SECRET
from tests.databases import Servers

from .conftest import SMALL, Bench, made

EVERYDAY = {
    "my day", "item", "pending page of a unit", "filtered list", "common words", "rare words", "no hits", "inbox",
    "board of a unit", "calendar of a unit", "views", "registry", "registry, a part of a number", "who can do it",
    "search, common words", "search, rare words", "search, no hits", "search, conditions", "palette, first letters",
    "palette, common words", "palette, a name", "palette, a reference", "create (API)", "decision, question",
    "decision, vote", "decision, talk", "decisions, my vote is awaited", "decision, result",
}  # fmt: skip
OF_HEADS = {"overview of a unit", "who waits for whom", "time by holder", "skills of a unit", "desk of a colleague"}
# A page that finds nothing costs little: these say that there was something to find.
FOUND = {
    "calendar of a unit": "/work-items/U", "views": "View 2", "registry": "/work-items/U", "who can do it": "Person",
    "search, common words": "lamp", "palette, common words": '"key":"items"', "palette, a name": '"key":"people"',
    "palette, a reference": '"key":"exact"', "skills of a unit": "Skill", "search, conditions": "amp",
    "decision, question": "Offer 1-2.pdf", "decision, vote": 'name="option"', "decision, talk": "on the way to it",
    "decisions, my vote is awaited": 'href="/decisions/U1-', "decision, result": 'id="result-title"',
}  # fmt: skip


@pytest.fixture(scope="module")
def bench(servers: Servers) -> Iterator[Bench]:
    """One of their own: what is created here would not be the same each time elsewhere."""
    yield made(servers, "collab_bench_asked", SMALL)
    servers.administer("drop database collab_bench_asked with (force)")


@pytest.fixture(scope="module")
def app(bench: Bench, servers: Servers) -> Iterator[Flask]:
    from collab.app import create_app
    from collab.core.db import db
    from collab.feed.search.indexing import rebuild
    from config.settings import read

    settings: dict[str, Any] = {
        "COLLAB_ENV": "test", "DATABASE_URL": bench.url, "REDIS_URL": servers.redis_url,
        "COLLAB_DATA_DIR": str(servers.folder / "files"), "SECRET_KEY": SECRET,
    }  # fmt: skip
    served = create_app(read(settings))
    with served.app_context():
        rebuild()
        db.session.remove()
    yield served
    with served.app_context():
        db.engine.dispose()


def test_every_page_of_the_bench_answers_and_has_something_on_it(bench: Bench, app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    for asker in askers(bench.url):
        asked = dict(pages(asker, 80, "pages"))
        assert set(asked) == EVERYDAY | (OF_HEADS if asker.name != "clerk" else set())
        for name, request in asked.items():
            headers = {
                key: value for key, value in request.headers.items() if key != "Host" and key != "Accept-Encoding"
            }
            answer = client.open(
                request.path, method=request.method, headers=headers, data=request.body or None,
                base_url="http://localhost",
            )  # fmt: skip
            where = f"{name} of the {asker.name}, {request.path}"
            assert answer.status_code == (201 if request.method == "POST" else 200), where
            assert FOUND.get(name, "") in answer.get_data(as_text=True).replace('": "', '":"'), where
