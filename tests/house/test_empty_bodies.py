"""A door of the API that takes nothing refuses what is sent to it: it would be done without what it says."""

import re
from collections.abc import Callable

import pytest

import collab.app  # noqa: F401  (declares every door)
from collab.web.doors import DOORS, Door
from tests.clients import Client

SAYS_NOTHING = sorted(
    (
        door
        for door in DOORS.values()
        if door.api and door.method != "GET" and door.takes is None and not door.receives and door.most is None
    ),
    key=lambda door: door.endpoint,
)


def test_there_are_doors_to_try() -> None:
    assert len(SAYS_NOTHING) > 80
    assert {"work_api.work_items_take", "work_api.withdraw_wait"} <= {door.endpoint for door in SAYS_NOTHING}


@pytest.fixture
def knock(api_of: Callable[[str], Client], cast: object) -> Callable[..., tuple[int, list[str]]]:
    """What a door says to a body, and at which fields; there is nothing behind it."""
    kostas = api_of("Kostas")

    def send(door: Door, **sent: object) -> tuple[int, list[str]]:
        answer = kostas.open(re.sub("<[^>]+>", "999999", door.address), method=door.method, **sent)
        said = answer.get_json(silent=True) or {}
        return answer.status_code, [each["field"] for each in said.get("errors", [])]

    return send


def test_every_door_that_takes_nothing_names_what_it_does_not_take(knock: Callable[..., tuple[int, list[str]]]) -> None:
    for door in SAYS_NOTHING:
        here = f"{door.method} {door.address}"
        assert knock(door, json={"holder": 1, "nope": 2}) == (422, ["holder", "nope"]), here
        assert knock(door, data={"holder": "1"})[0] == 415, here
        assert knock(door, json=[1])[0] == 400, here


def test_every_door_that_takes_nothing_is_opened_by_nothing(knock: Callable[..., tuple[int, list[str]]]) -> None:
    for door in SAYS_NOTHING:
        for sent in ({}, {"json": {}}, {"content_type": "application/json"}):
            assert knock(door, **sent)[0] not in (400, 415, 422), (door.method, door.address, sent)
