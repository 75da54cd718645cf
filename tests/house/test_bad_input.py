"""Whatever is sent to whichever door that changes something: a sentence, nothing half saved, never a 5xx.

The doors are those of the route matrix, the fields those of their forms: a new route is tried from its first day on.
"""

import json
import os
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import insert, text
from werkzeug.test import TestResponse

from collab.core.db import Base, db, writing
from collab.core.errors import Conflict
from collab.web.doors import Door
from collab.work.models import Label
from tests.clients import Client
from tests.house.matrix import MATRIX, V1, Row
from tests.house.scene import ROLES
from tests.house.test_matrix import doors, filled

NIGHTLY = bool(os.environ.get("COLLAB_NIGHTLY"))
BY_DAY = 1  # values a field, in turn; at night all
JSON: tuple[Any, ...] = (
    "", " \t ", "x" * 60_000, None, True, -1, 0, 2**63, 1.5, [], {}, ["x"], [None], {"a": [1]}, "a\x00b", "\ud800",
    "\u202egpj.exe", "<script>alert(1)</script>", "2026-02-30", "Mars/Olympus", 9_007_199_254_740_000, "٣", "nan",
)  # fmt: skip
TYPED: tuple[bytes, ...] = (
    b"", b" \t ", b"x" * 60_000, b"a\x00b", b"\xed\xa0\x80", b"\xff\xfe", "\u202egpj.exe".encode(), b"-1", b"1.5",
    b"99999999999999999999", b"2026-02-30", b"Mars/Olympus", b"<script>", b"null", b"[]", "٣".encode(),
)  # fmt: skip
BODIES = (b"", b"{", b"[]", b"null", b'"x"', b"1", b"\xff\xfe", b"[" * 20_000, b'{"a": "\\ud800"}')
TEN_MEGABYTES = b"x" * 10_000_000
# Doors behind which things end are tried last: what has ended says no to everything.
ENDS = ("closure", "end", "deactivation", "acceptance", "return", "answer", "completion", "cancellation", "moves")
# What one finds of rows that were written, changed or taken away and stayed so: where a transaction ends without its
# commit, its lines here end with it.
TOUCHED = (
    "create table touched (id bigint generated always as identity, name text)",
    """create function touched() returns trigger language plpgsql as
    'begin insert into touched (name) values (tg_table_name); return null; end'""",
)
TOUCHES = """create trigger touched after insert or update or delete on "{}" for each row execute function touched()"""
# What forms of pages carry for themselves, of which no form of a command knows.
CARRIED = ("nonce", "version", "was", "sure")
NOISE = {"working_day", "sign_in_session", "access_token", "throttle", "idempotency_key"}


def changing() -> list[tuple[str, Row, Door]]:
    known = doors()
    found = [(key, row, known[key]) for key, row in MATRIX.items() if not key.startswith("GET ") and row.ok]
    return sorted(found, key=lambda each: (not fields_of(*each), each[0].endswith(ENDS), each[0].startswith("DELETE")))


def fields_of(key: str, row: Row, door: Door) -> list[str]:
    """The fields of a door: of its form, else of that of the same noun in the API, and those of its valid body."""
    method, path = key.split(" ", 1)
    twin = doors().get(f"{method} {V1}{path}")
    form = door.takes or (twin.takes if twin else None)
    named = {name.removesuffix("[]") for name in row.body}
    return sorted({*(form.model_fields if form else ()), *named, *(() if V1 in path or not form else CARRIED)})


class Attempts:
    """Sends what nobody should send, and looks at what became of it."""

    def __init__(self, app: Flask, scene: dict[str, Any], clients: Callable[[str, bool], Client]) -> None:
        self.app, self.scene, self.clients = app, scene, clients
        self.turn = count()
        self.wrong: list[str] = []
        self.sent = self.refused = 0
        self.seen = 0
        with app.app_context(), writing() as session:
            for statement in (*TOUCHED, *(TOUCHES.format(name) for name in Base.metadata.tables if name not in NOISE)):
                session.execute(text(statement))

    def touched(self) -> set[str]:
        """The tables in which something changed since this was asked before."""
        with self.app.app_context():
            rows = db.session.execute(text("select id, name from touched where id > :seen"), {"seen": self.seen}).all()
            db.session.remove()
        self.seen = max([self.seen, *(row.id for row in rows)])
        return {row.name for row in rows}

    def send(self, key: str, row: Row, what: str, **sent: Any) -> TestResponse:
        method, address = key.split(" ", 1)
        role = "holder" if "holder" in row.ok else sorted(row.ok)[0]
        here = self.scene | {name: self.scene[other] for name, other in row.uses.items()}
        client = self.clients(role, address.startswith(V1))
        answer = client.open(filled(address, here), method=method, **sent)
        self.sent += 1
        changed = self.touched()
        if answer.status_code >= 400:
            self.refused += 1
            self._sentence(f"{key}: {what}", answer, address.startswith(V1))
            if changed:
                self.wrong.append(f"{key}: {what}: refused, and yet changed {sorted(changed)}")
        return answer

    def _sentence(self, what: str, answer: TestResponse, api: bool) -> None:
        """A refusal is a 4xx, of the right type, and says something."""
        if answer.status_code >= 500:
            self.wrong.append(f"{what}: {answer.status_code}")
        elif api:
            said = answer.get_json() if answer.content_type == "application/problem+json" else {}
            if not said.get("detail") or (answer.status_code == 422 and not all(e["reason"] for e in said["errors"])):
                self.wrong.append(f"{what}: {answer.status_code} without a sentence")
        elif not answer.get_data() or "text/html" not in (answer.content_type or ""):
            self.wrong.append(f"{what}: {answer.status_code} without a page")

    def some(self, values: tuple[Any, ...]) -> Iterator[Any]:
        if NIGHTLY:
            yield from values
            return
        for _value in range(BY_DAY):
            yield values[next(self.turn) % len(values)]


@pytest.fixture
def attempts(
    app: Flask, scene: dict[str, Any], client_of: Callable[..., Client], api_of: Callable[..., Client]
) -> Attempts:
    made: dict[tuple[str, bool], Client] = {}

    def clients(role: str, api: bool) -> Client:
        if (role, api) not in made:
            made[role, api] = (api_of if api else client_of)(ROLES[role])
        return made[role, api]

    return Attempts(app, {**scene, "own_unit": scene["PARKS"]}, clients)


def test_every_field_of_every_form_of_the_api_refuses_what_it_cannot_keep(attempts: Attempts) -> None:
    for key, row, door in changing():
        if not key.split(" ")[1].startswith(V1):
            continue
        here = attempts.scene | {name: attempts.scene[other] for name, other in row.uses.items()}
        good = {name: filled(value, here) for name, value in row.body.items()}
        if door.takes is not None:
            as_json = {"content_type": "application/json"}
            for body in attempts.some(BODIES):
                answer = attempts.send(key, row, repr(body[:20]), data=body, **as_json)
                assert answer.status_code >= 400, (key, body[:20])
            assert attempts.send(key, row, "a form", data={"a": "b"}).status_code == 415, key
            stray = attempts.send(key, row, "an unknown field", json={**good, "stray": 1})
            assert stray.status_code in (409, 422), (key, stray.status_code)
            huge = attempts.send(key, row, "10 MB", input_stream=BytesIO(TEN_MEGABYTES), **as_json, **huge_length())
            assert huge.status_code == 413, (key, huge.status_code)
        for field in fields_of(key, row, door):
            for value in attempts.some(JSON):
                body = json.dumps({**good, field: value})
                attempts.send(key, row, f"{field}={value!r:.40}", data=body, content_type="application/json")
    assert not attempts.wrong, "\n".join(attempts.wrong)
    assert attempts.refused > 300


def test_every_field_of_every_form_of_the_pages_refuses_what_it_cannot_keep(attempts: Attempts) -> None:
    for key, row, door in changing():
        if key.split(" ")[1].startswith("/api/"):
            continue
        here = attempts.scene | {name: attempts.scene[other] for name, other in row.uses.items()}
        good = {name: str(filled(value, here)) for name, value in row.body.items()}
        of_a_form = {"content_type": "application/x-www-form-urlencoded"}
        of_parts = {"content_type": "multipart/form-data; boundary=part"}
        for field in fields_of(key, row, door):
            for value in attempts.some(TYPED):
                attempts.send(key, row, f"{field}={value!r:.40}", data=urlencode({**good, field: value}), **of_a_form)
        if fields_of(key, row, door):
            attempts.send(key, row, "an unknown field", data={**good, "stray": "1"})
            assert attempts.send(key, row, "no UTF-8", data=b"a=%ff%fe&%ed%a0%80=", **of_a_form).status_code == 400, key
            if not door.receives:
                assert attempts.send(key, row, "no UTF-8 in parts", data=PARTS, **of_parts).status_code == 400, key
            assert attempts.send(key, row, "JSON", json=["x"]).status_code == 415, key
            huge = attempts.send(key, row, "10 MB", input_stream=BytesIO(TEN_MEGABYTES), **of_a_form, **huge_length())
            # or it reads nothing of it, or what it is on went with another request
            assert huge.status_code in (404, 413) or huge.status_code < 400, key
    assert not attempts.wrong, "\n".join(attempts.wrong)
    assert attempts.refused > 200


PARTS = b'--part\r\nContent-Disposition: form-data; name="title"\r\n\r\nletters \xff\xfe\r\n--part--\r\n'


def huge_length() -> dict[str, int]:
    return {"content_length": len(TEN_MEGABYTES)}


def test_a_door_that_keeps_half_and_refuses_is_seen_also_after_it_accepted_something(
    attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "POST /api/v1/work-items/{item}/messages"
    row = MATRIX[key]
    accepted = attempts.send(key, row, "good", json=row.body)
    assert (accepted.status_code, attempts.wrong) == (201, [])

    def half(**_address: Any) -> None:
        with writing() as session:
            session.execute(insert(Label).values(unit_id=attempts.scene["PARKS"], name="half", folded="half"))
        raise Conflict("No.")

    monkeypatch.setitem(attempts.app.view_functions, doors()[key].endpoint, half)
    assert attempts.send(key, row, "half", json=row.body).status_code == 409
    assert attempts.wrong == [f"{key}: half: refused, and yet changed ['label']"]


@pytest.mark.parametrize(
    ("door", "typed"),
    [
        ("PATCH /profile/hearing", {"a[]": "x"}),
        ("PATCH /profile/hearing", {"digest_hour[]": "8"}),
        ("POST /tasks", {"title": "x", "unit[]": "3"}),
        ("POST /pending-items", {"title": "x", "unit[]": "x", "holder[]": "1"}),
        ("POST /views", {"name": "x", "list[]": "tasks"}),
        ("POST /decisions", {"title": "x", "preset[]": "simple"}),
    ],
)
def test_a_list_where_a_form_has_one_value_is_refused(client_of, door, typed):
    method, path = door.split()
    answer = client_of("Eleni").open(path, method=method, data=typed)
    assert answer.status_code == 422, answer.text[:300]
