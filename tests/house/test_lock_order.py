"""One order of locks in all commands: the item first, then what hangs on it. Read from the statements themselves."""

import gc
import re

import pytest

from collab.core.envelope import Command
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Offer
from tests.house.matrix import MATRIX
from tests.house.test_matrix import as_role, knock
from tests.work.making import make

__all__ = ["as_role"]  # a fixture

PARTS = ("wait", "answer_address", "handover", "letter", "pending_item", "decision", "meeting")
OF_A_PART = re.compile(r"letter|pending-item|deadline|decision|vote|ballot|meeting|point|minutes")
LOCKS = re.compile(r"for (?:no key )?update(?: of (\w+))?", re.IGNORECASE)


def locked(sent: list[str]) -> list[str]:
    """The tables in which rows were locked, in their order."""
    found = []
    for statement in sent:
        said = " ".join(statement.split())
        if match := LOCKS.search(said):
            table = match[1] or re.search(r"FROM (\w+)", said)[1]
        elif match := re.match(r"UPDATE (\w+)", said):
            table = match[1]
        else:
            continue
        found.append(table.removesuffix("_1"))
    return found


def first_parts(sent: list[str]) -> list[str]:
    """What was locked before the item was."""
    tables = locked(sent)
    assert "work_item" in tables, tables
    return [table for table in tables[: tables.index("work_item")] if table in PARTS]


def test_what_lies_in_an_item_is_declared_so():
    declared = {one for one in gc.get_objects() if isinstance(one, Command) and one.__module__.startswith("collab.")}
    parts = {
        one.on
        for one in declared
        if one.lock and one.on.model.__tablename__ != "work_item" and "item_id" in one.on.model.__table__.c
    }
    assert {reach.model.__tablename__ for reach in parts} >= {"wait", "handover"}
    assert [reach.model.__tablename__ for reach in parts if reach.inside is None] == []


def wait_of(cast, actor_of, of=None):
    item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    return item, ask(actor_of("Eleni"), item, Ask(of=of or cast.Nikos, what="x"))


@pytest.mark.parametrize(
    ("who", "method", "address"),
    [
        ("Nikos", "post", "/api/v1/waits/{wait}/answer"),
        ("Eleni", "delete", "/api/v1/waits/{wait}"),
        ("Eleni", "post", "/api/v1/waits/{wait}/nudges"),
        ("Nikos", "put", "/api/v1/waits/{wait}/snooze"),
    ],
)
def test_a_wait_is_locked_after_its_item(app, cast, actor_of, api_of, queries, who, method, address):
    with app.app_context():
        _item, wait = wait_of(cast, actor_of)
    body = {"answer": {"text": "y"}, "snooze": {"touched": True}}.get(address.rsplit("/", 1)[1], {})
    with queries() as sent:
        answered = getattr(api_of(who), method)(address.format(wait=wait), json=body)
    assert answered.status_code < 300, answered.text
    assert first_parts(sent.sent) == []


@pytest.mark.parametrize("path", ["", "/message"])
def test_the_address_of_a_question_is_locked_after_the_item(app, cast, actor_of, api_of, queries, path):
    with app.app_context():
        _item, wait = wait_of(cast, actor_of, cast.forestry)
    hook = api_of("Eleni").put(f"/api/v1/waits/{wait}/answer-address").json["hook"].partition("/api/")[2]
    sent = {"data": b"From: a@b.example\r\n\r\nYes.", "content_type": "message/rfc822"}
    with queries() as asked:
        given = sent if path else {"json": {"from": "a@b.example", "text": "Yes."}}
        assert app.test_client().post(f"/api/{hook}{path}", **given).json == {"taken": True}
    assert {"answer_address", "wait"} <= set(locked(asked.sent))
    assert first_parts(asked.sent) == []


@pytest.mark.parametrize(
    ("who", "method", "address", "body"),
    [
        ("Sofia", "post", "/api/v1/handovers/{offer}/acceptance", {}),
        ("Sofia", "post", "/api/v1/handovers/{offer}/return", {"reason": "not ours"}),
        ("Eleni", "delete", "/api/v1/handovers/{offer}", None),
        ("Eleni", "post", "/api/v1/work-items/{item}/completion", {}),
        ("Nikos", "put", "/api/v1/work-items/{item}/holder", {"holder": 0}),
    ],
)
def test_an_offer_is_locked_after_its_item(app, cast, actor_of, api_of, queries, who, method, address, body):
    with app.app_context():
        item, _wait = wait_of(cast, actor_of)
        offered = offer(actor_of("Eleni"), item, Offer(to=cast.LEGAL))
    if body == {"holder": 0}:
        body = {"holder": cast.Giorgos}
    with queries() as sent:
        answered = getattr(api_of(who), method)(address.format(offer=offered, item=item), json=body)
    assert answered.status_code < 300, answered.text
    assert first_parts(sent.sent) == []


SURE = {  # what is known to lock both: the law below is not kept by locking nothing
    "PATCH /letters/{letter}": "letter",
    "PATCH /pending-items/{item}/details": "pending_item",
    "PUT /decisions/{item}/closing": "decision",
    "PUT /meetings/{item}/approval": "meeting",
}


def _changes():
    """Each door of pages that changes what the other kinds of part have, with one who may; the API calls the same."""
    for key, row in MATRIX.items():
        if not key.startswith("GET ") and " /api/" not in key and row.ok and OF_A_PART.search(key):
            yield key, min(row.ok)


@pytest.mark.parametrize(("key", "role"), list(_changes()))
def test_every_other_part_is_locked_after_its_item(scene, as_role, queries, key, role):
    with queries() as sent:
        assert knock(as_role(role, key), role, key, MATRIX[key], scene) < 400
    tables = locked(sent.sent)
    if "work_item" in tables:
        assert first_parts(sent.sent) == []
    if key in SURE:
        assert {"work_item", SURE[key]} <= set(tables)
