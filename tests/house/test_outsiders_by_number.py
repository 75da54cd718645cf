"""Somebody outside who was only named where named people look is told to nobody by their number: it is sent to every
door that takes one, in its address, its filters and its form, by those who do not find them.

The doors are those of the route matrix, the fields those of their forms: a new route is tried from its first day on.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.clients import Client
from tests.house.matrix import MATRIX, V1, Row
from tests.house.scene import ROLES
from tests.house.test_bad_input import changing, fields_of
from tests.house.test_matrix import doors, filled

NIGHTLY = bool(os.environ.get("COLLAB_NIGHTLY"))
NAME = "Complainant Papadaki"
TYPIST = "Sofia"
PARTIES = ("person", "outsider", "party", "unit", "post", "by", "of", "member")
"""What stands in an address for the number of a party."""
FILTERS = ("holder", "awaited", "asked-by", "offered", "creator", "watcher")

Sent = dict[str, Any]


@pytest.fixture
def secret(scene: Sent, api_of: Callable[..., Client]) -> int:
    typist = api_of(TYPIST)
    item = {"title": "A complaint", "unit": scene["LEGAL"], "holder": scene[TYPIST], "reach": "named"}
    assert typist.post(f"{V1}/pending-items", json=item | {"counterpart_name": NAME}).status_code == 201
    [found] = typist.get(f"{V1}/outsiders?text=complainant").json["items"]
    return int(found["id"])


def of(row: Row) -> str:
    return "stranger" if "stranger" in row.ok else sorted(row.ok)[0]


def asked(key: str, secret: int) -> Iterator[Sent]:
    """What is asked of a door that shows something."""
    query = doors()[key].query
    fields = list(query.model_fields) if query else []
    yield {}
    for name in fields:
        yield {name: str(secret)}
    if "query" in fields:
        yield {"query": " ".join(f"{word}:#{secret}" for word in FILTERS)}


def told(key: str, row: Row, good: Sent, secret: int) -> Iterator[Sent]:
    """What is sent to a door that changes something: the number in all fields at once and, with what else is right, in
    each of its valid body; at night in each, also alone."""
    door = doors()[key]
    fields = fields_of(key, row, door)
    api = V1 in key
    number: Any = secret if api else str(secret)
    named = {name: [number] if isinstance(good.get(name), list) else number for name in (*fields, *good)}
    if not api:
        named |= {f"{name}{end}": number for name in fields for end in ("_id", "[]")}
    yield named
    for name in named if NIGHTLY else good:
        yield {**good, name: named[name]}
        if NIGHTLY:
            yield {name: named[name]}


def test_no_door_names_somebody_outside_by_their_number_to_whoever_does_not_find_them(
    scene: Sent, secret: int, client_of: Callable[..., Client], api_of: Callable[..., Client]
) -> None:
    clients: dict[tuple[str, bool], Client] = {}
    wrong, sent = [], 0
    reading = [(key, row) for key, row in MATRIX.items() if key.startswith("GET ") and row.ok]
    for key, row in [*reading, *((key, row) for key, row, _door in changing() if not row.sends)]:
        method, address = key.split(" ", 1)
        role, api = of(row), V1 in key
        if (role, api) not in clients:
            clients[role, api] = (api_of if api else client_of)(ROLES[role])
        here = scene | {name: scene[other] for name, other in row.uses.items()} | {"own_unit": scene["FINANCE"]}
        good = {name: filled(value, here) for name, value in row.body.items()}
        paths = {filled(address, here), filled(address, here | dict.fromkeys(PARTIES, secret))}
        for path in sorted(paths):
            for values in asked(key, secret) if method == "GET" else told(key, row, good, secret):
                how = {"query_string": values} if method == "GET" else {"json" if api else "data": values}
                answer = clients[role, api].open(path, method=method, **how)
                sent += 1
                if NAME.encode() in answer.data:
                    wrong.append(f"{method} {path} {values} as {role}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert sent > 1_000
    assert NAME in api_of(TYPIST).get(f"{V1}/outsiders/{secret}").text, "whoever typed them finds them"
