"""An item of Parks to hear about, what people did with it, and the service through which browsers pop it up."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from collab.core.db import db
from collab.feed.pushing import resting, sending
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
from tests.work.making import make

from .push_service import SUBSCRIPTIONS, Browser, Service

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


@pytest.fixture
def service(monkeypatch) -> Service:
    found = Service()
    monkeypatch.setattr(sending, "hand_in", found)
    monkeypatch.setattr(resting, "_resting", {})
    return found


@pytest.fixture
def pop(app, monkeypatch, tell):
    """`pop()`: tell what happened, then do what the sweep asks the workers for."""
    asked = []
    monkeypatch.setattr(sending.jobs, "enqueue", lambda name, arg, **_more: asked.append((name, arg)) or True)

    def run() -> None:
        tell()
        monkeypatch.setattr(sending.jobs, "running_app", lambda: app)
        with app.app_context():
            sending.ask_for_pop_ups()
            db.session.rollback()
        while asked:
            name, arg = asked.pop(0)
            getattr(sending, name.rpartition(".")[2])(arg)

    return run


@pytest.fixture
def eleni(api_of, service, pop) -> Browser:
    """Eleni's browser, in which pop-ups are on and the first one came."""
    browser = Browser()
    assert api_of("Eleni").post(SUBSCRIPTIONS, json=browser.says).status_code == 201
    pop()
    [(_endpoint, _headers, body)] = service.handed
    assert browser.opens(body)["title"] == "Pop-ups are on in this browser"
    service.handed.clear()
    return browser
