"""Some fields are changed over the API without If-Match, while somebody else changes others of the same item."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread, main_thread
from typing import Any

import pytest
from flask import Flask

from collab.web import api
from tests.cast import Cast
from tests.clients import Client


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], Any]]:
    """What others do, each once, after an item was read to be changed and before it is."""
    acts: list[Callable[[], Any]] = []
    said = api.seen

    def seen(id_: int) -> Any:
        if acts and current_thread() is main_thread():
            with ThreadPoolExecutor(1) as elsewhere:
                assert elsewhere.submit(acts.pop(0)).result().status_code == 200
        return said(id_)

    monkeypatch.setattr(api, "seen", seen)
    return acts


@pytest.fixture(params=["work-items", "tasks", "pending-items"])
def address(request: pytest.FixtureRequest, app: Flask, cast: Cast, api_of: Callable[[str], Client]) -> str:
    pending = request.param == "pending-items"
    made = api_of("Eleni").post(
        "/api/v1/pending-items" if pending else "/api/v1/tasks",
        json={"title": "Pine", "unit": cast.PARKS, "holder": cast.Eleni},
    )
    assert made.status_code == 201, made.text
    return f"/api/v1/{request.param}/{made.json['reference']}"


def test_both_changes_stand(api_of: Any, address: str, between: list[Callable[[], Any]]) -> None:
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    between.append(lambda: nikos.patch(address, json={"title": "Cedar"}))
    answer = eleni.patch(address, json={"body": "By the school"})
    assert answer.status_code == 200, answer.text
    assert (answer.json["title"], answer.json["body"]) == ("Cedar", "By the school")
    assert not between


def test_whoever_comes_between_again_is_a_conflict_and_no_condition_that_failed(
    api_of: Any, address: str, between: list[Callable[[], Any]]
) -> None:
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    between += [
        lambda: nikos.patch(address, json={"title": "Cedar"}),
        lambda: nikos.patch(address, json={"title": "Oak"}),
    ]
    answer = eleni.patch(address, json={"body": "By the school"})
    assert answer.status_code == 409
    assert answer.json["detail"] == "This has changed in the meantime. Look again, then repeat."
    now = eleni.get(address).json
    assert (now["title"], now["body"]) == ("Oak", "")


def test_a_condition_that_is_given_is_held(api_of: Any, address: str, between: list[Callable[[], Any]]) -> None:
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    tag = eleni.get(address).headers["ETag"]
    between.append(lambda: nikos.patch(address, json={"title": "Cedar"}))
    answer = eleni.patch(address, json={"body": "By the school"}, headers={"If-Match": tag})
    assert answer.status_code == 412
    assert eleni.get(address).json["body"] == ""
