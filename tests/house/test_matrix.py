"""Every door is tried by every role. A door without a row, or a row without a door, is a failure."""

import os
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collab.core.db import db
from collab.core.facts import FactRow
from collab.web.doors import DOORS, Door
from tests.clients import Client
from tests.house.matrix import EVERYONE, MATRIX, Row
from tests.house.scene import ROLES

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
NIGHTLY = bool(os.environ.get("COLLAB_NIGHTLY"))
_PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
_SAME = {"ref": "item"}


def key_of(door: Door) -> str:
    """A door as the matrix names it: `POST /work-items/{item}/completion`."""
    address = _PLACE.sub(lambda found: "{" + _SAME.get(found[1], found[1].removesuffix("_id")) + "}", door.address)
    return f"{door.method} {address}"


def doors() -> dict[str, Door]:
    import collab.app  # noqa: F401  (declares every door)

    own = (door for door in DOORS.values() if not door.endpoint.startswith(("planted", "stage")))
    return {key_of(door): door for door in own if not door.public}


def filled(value: Any, scene: dict[str, Any]) -> Any:
    """`{name}` in a text becomes a value of the scene; alone it keeps its type."""
    if isinstance(value, list):
        return [filled(each, scene) for each in value]
    if not isinstance(value, str):
        return value
    alone = re.fullmatch(r"\{(\w+)\}", value)
    if alone:
        return scene[alone[1]]
    return re.sub(r"\{(\w+)\}", lambda found: str(scene[found[1]]), value)


OWN_UNIT = {
    "stranger": "FINANCE", "colleague": "PARKS", "participant": "ROADS", "offered": "LEGAL", "holder": "PARKS",
    "head": "PARKS", "substitute": "FINANCE", "auditor": "FINANCE", "administrator": "ADMIN", "ex_member": "FINANCE",
    "nobody": "PARKS",
}  # fmt: skip


def knock(
    client: Client, role: str, key: str, row: Row, scene: dict[str, Any], headers: dict[str, str] | None = None
) -> int:
    """The status of one attempt, with a valid body."""
    method, address = key.split(" ", 1)
    here = scene | {name: scene[other] for name, other in row.uses.items()} | {"own_unit": scene[OWN_UNIT[role]]}
    path = filled(address, here)
    if row.sends:
        return client.open(path, method=method, data={"file": (BytesIO(b"Trees"), "trees.txt")}).status_code
    body = {name: filled(value, here) for name, value in row.body.items()}
    if path.startswith("/api/"):
        sent = {} if method in ("GET", "DELETE") else {"json": body}
        return client.open(path, method=method, **sent).status_code
    sent = {} if method == "GET" else {"data": body}
    return client.open(path, method=method, headers=headers, **sent).status_code


@pytest.fixture
def as_role(client_of: Callable[..., Client], api_of: Callable[..., Client]) -> Callable[[str, str], Client]:
    made: dict[tuple[str, bool], Client] = {}

    def client(role: str, key: str) -> Client:
        api = " /api/" in key
        if (role, api) not in made:
            name = ROLES.get(role)
            made[role, api] = api_of(name) if api else client_of(name)
        return made[role, api]

    return client


def test_every_door_has_a_row_and_every_row_a_door() -> None:
    assert sorted(doors().keys() - MATRIX.keys()) == [], "doors that nobody decided about"
    assert sorted(MATRIX.keys() - doors().keys()) == [], "rows without a door"


def test_strangers_are_led_to_the_sign_in(scene: dict[str, Any], as_role: Callable[[str, str], Client]) -> None:
    for key, row in MATRIX.items():
        assert knock(as_role("nobody", key), "nobody", key, row, scene) == (401 if " /api/" in key else 303), key


def test_whoever_may_not_is_refused_and_whoever_may_not_see_finds_nothing(
    scene: dict[str, Any], as_role: Callable[[str, str], Client]
) -> None:
    wrong = []
    for key, row in MATRIX.items():
        for role in sorted(EVERYONE - row.ok):
            wanted = 403 if role in row.seen else 404
            found = knock(as_role(role, key), role, key, row, scene)
            if found != wanted:
                wrong.append(f"{key} as {role}: {found} instead of {wanted}")
    assert not wrong, "\n".join(wrong)


def test_whoever_may_only_read_gets_in(scene: dict[str, Any], as_role: Callable[[str, str], Client]) -> None:
    wrong = []
    for key, row in MATRIX.items():
        for role in sorted(row.ok) if key.startswith("GET ") else ():
            found = knock(as_role(role, key), role, key, row, scene)
            if found >= 400:
                wrong.append(f"{key} as {role}: {found}")
    assert not wrong, "\n".join(wrong)


_OF_AN_ITEM = re.compile(r"\{(item|wait|handover|message|conversation)\}")


def test_whatever_an_auditor_reads_of_an_item_is_written_down(
    app: Flask, scene: dict[str, Any], as_role: Callable[[str, str], Client]
) -> None:
    def written() -> int:
        with app.app_context():
            found = select(func.count()).select_from(FactRow).where(FactRow.kind == "item-read-by-auditor")
            return db.session.scalar(found) or 0

    forgotten = []
    for key, row in MATRIX.items():
        if key.startswith("GET ") and "auditor" in row.ok and _OF_AN_ITEM.search(key):
            before = written()
            assert knock(as_role("auditor", key), "auditor", key, row, scene) < 400
            if written() != before + 1:
                forgotten.append(key)
    assert not forgotten, "\n".join(forgotten)


def _changes() -> Iterator[tuple[str, str]]:
    """(door, role) of everybody who may; by day one role a door, in turn, and at night all."""
    for number, (key, row) in enumerate(MATRIX.items()):
        roles = sorted(row.ok)
        if not key.startswith("GET ") and roles:
            for role in roles if NIGHTLY else [roles[number % len(roles)]]:
                yield key, role


@pytest.mark.parametrize(("key", "role"), list(_changes()))
def test_whoever_may_gets_it_done(
    key: str, role: str, scene: dict[str, Any], as_role: Callable[[str, str], Client]
) -> None:
    assert knock(as_role(role, key), role, key, MATRIX[key], scene) < 400


def _taken_away() -> list[str]:
    return [key for key, row in MATRIX.items() if key.startswith("DELETE ") and " /api/" not in key and row.ok]


@pytest.mark.parametrize("key", _taken_away())
def test_what_an_open_page_takes_away_is_done_with_the_fields_of_its_form_in_the_address(
    key: str, scene: dict[str, Any], as_role: Callable[[str, str], Client]
) -> None:
    """htmx puts the fields of a form that asks with DELETE there."""
    role, row = min(MATRIX[key].ok), MATRIX[key]
    carried = f"{key}?csrf_token=0a.1b&next=/tasks&once=0a1b"
    assert knock(as_role(role, key), role, carried, row, scene, PART) < 400
