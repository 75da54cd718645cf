"""Some fields are changed over the API without If-Match, while somebody else changes others of the same item."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, current_thread, main_thread
from typing import Any
from uuid import uuid4

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


def test_who_comes_between_a_dozen_times_is_a_conflict_and_no_condition_that_failed(
    api_of: Any, address: str, between: list[Callable[[], Any]]
) -> None:
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    titles = [f"Tree {number}" for number in range(api.TRIES)]
    between += [partial(nikos.patch, address, json={"title": title}) for title in titles]
    answer = eleni.patch(address, json={"body": "By the school"})
    assert answer.status_code == 409
    assert answer.json["detail"] == "This has changed in the meantime. Look again, then repeat."
    now = eleni.get(address).json
    assert (now["title"], now["body"]) == (titles[-1], "")


def test_eight_at_once_all_change_it(api_of: Any, address: str) -> None:
    clients, barrier = [api_of("Eleni") for _each in range(8)], Barrier(8)

    def change(client: Client) -> int:
        barrier.wait()
        return client.patch(address, json={"title": "Cedar " + uuid4().hex}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(change, clients)) == [200] * 8


def test_a_condition_that_is_given_is_held(api_of: Any, address: str, between: list[Callable[[], Any]]) -> None:
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    tag = eleni.get(address).headers["ETag"]
    between.append(lambda: nikos.patch(address, json={"title": "Cedar"}))
    answer = eleni.patch(address, json={"body": "By the school"}, headers={"If-Match": tag})
    assert answer.status_code == 412
    assert eleni.get(address).json["body"] == ""
