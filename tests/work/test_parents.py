"""What stands below what: no circle, not without end, and nobody waits for it who changes something else."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from collab.work import opening
from tests.cast import Cast
from tests.work.making import make

OWN = "An item cannot stand below itself."
DEEP = "Items stand below one another on at most 3 levels."


@pytest.fixture
def levels(app: Flask, cast: Cast, actor_of: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Items that stand below one another on as many levels as there may be."""
    monkeypatch.setattr(opening, "MOST_LEVELS", 3)
    made: list[int] = []
    with app.app_context():
        for _level in range(3):
            made.append(make(actor_of("Eleni"), cast.PARKS, cast.Eleni, parent=made[-1] if made else None))
    return made


def told(answer: Any) -> tuple[int, str, str]:
    [problem] = answer.json["errors"]
    return answer.status_code, problem["field"], problem["reason"]


def test_one_level_too_many_is_called_that_and_a_circle_a_circle(cast: Cast, api_of: Any, levels: list[int]) -> None:
    eleni = api_of("Eleni")
    task = {"title": "Too deep", "unit": cast.PARKS}
    assert told(eleni.post("/api/v1/tasks", json=task | {"parent": levels[-1]})) == (422, "parent", DEEP)
    free = eleni.post("/api/v1/tasks", json=task | {"parent": levels[-2]}).json["id"]
    assert told(eleni.patch(f"/api/v1/work-items/{free}", json={"parent": levels[-1]})) == (422, "parent", DEEP)
    for below in levels:
        assert told(eleni.patch(f"/api/v1/work-items/{levels[0]}", json={"parent": below})) == (422, "parent", OWN)


def test_a_parent_that_stays_is_not_followed_upwards(api_of: Any, levels: list[int], queries: Any) -> None:
    eleni = api_of("Eleni")
    address = f"/api/v1/work-items/{levels[1]}"

    def held(sent: dict[str, Any]) -> bool:
        with queries() as found:
            assert eleni.patch(address, json=sent).status_code == 200
        return any("pg_advisory_xact_lock" in each and "hashtext" not in each for each in found.sent)

    assert not held({"title": "Other"})
    assert not held({"title": "Another", "parent": levels[0]})
    assert not held({"parent": None})
    assert held({"parent": levels[0]})
