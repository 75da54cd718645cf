"""An item of Parks to hear about, and what people did with it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
from tests.work.making import make

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(at: Callable[[datetime], None]) -> None:
    """It is the morning of Monday 23 November 2026."""
    at(MONDAY)


@pytest.fixture
def do(app, actor_of) -> Callable[..., Any]:
    """`do(assign, "Nikos", item, form)`: carry out a verb as somebody."""

    def act(verb: Any, name: str, *args: Any, **more: Any) -> Any:
        with app.app_context():
            return verb(actor_of(name), *args, **more)

    return act


@pytest.fixture
def item(cast, do) -> int:
    """An item of Parks, held by Eleni, made by Nikos."""
    return int(do(make, "Nikos", cast.PARKS, cast.Eleni))


@pytest.fixture
def write(do) -> Callable[..., Any]:
    """`write("Nikos", item, "Where?")`: say something in the item's talk."""
    numbers = iter(range(1000))

    def speak(name: str, item_id: int, text: str) -> Any:
        return do(say, name, Owner("work-item", item_id), Say(text=text, nonce=f"n{next(numbers)}"))

    return speak


@pytest.fixture
def inbox(api_of) -> Callable[..., dict[int, dict[str, Any]]]:
    """`inbox("Eleni")`: the lines of somebody's inbox by the id of the item."""

    def read(name: str, query: str = "") -> dict[int, dict[str, Any]]:
        answer = api_of(name).get(f"/api/v1/notifications{query}")
        assert answer.status_code == 200, answer.text
        return {line["subject"]["id"]: line for line in answer.json["items"]}

    return read
