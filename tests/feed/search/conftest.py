"""A town in which something can be found, and the questions people ask."""

from collections.abc import Callable
from typing import Any

import pytest

from collab.core.db import db
from tests.work.making import make


@pytest.fixture
def indexed(app, still) -> Callable[[], None]:
    """Let the index follow the ledger to its end."""
    from collab.feed.search.indexing import keep_up

    def run() -> None:
        with app.app_context():
            keep_up()
            db.session.remove()

    return run


@pytest.fixture
def directory(app, still) -> None:
    """The cast, which no fact tells of, in the index."""
    from collab.feed.search.indexing import rebuild

    with app.app_context():
        rebuild()
        db.session.remove()


@pytest.fixture
def opened(cast, do) -> Callable[..., int]:
    """`opened("Nikos", "PARKS", "Fallen branches")`: an item of a unit."""

    def open_one(who: str, unit: str, title: str, **fields: Any) -> int:
        return int(do(make, who, cast.units[unit], None, title, **fields))

    return open_one


@pytest.fixture
def find(api_of) -> Callable[..., list[dict[str, Any]]]:
    """`find("Eleni", "branches")`: what somebody finds over the API."""

    def ask(name: str, q: str, **more: Any) -> list[dict[str, Any]]:
        answer = api_of(name).get("/api/v1/search", query_string={"q": q, **more})
        assert answer.status_code == 200, answer.text
        return list(answer.json["items"])

    return ask


@pytest.fixture
def titles(find) -> Callable[..., list[str]]:
    """`titles("Eleni", "branches")`: the titles of the items that somebody finds, the best first."""
    return lambda name, q, **more: [one["title"] for one in find(name, q, **more) if one["type"] == "item"]
