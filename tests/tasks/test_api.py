"""Tasks and pending items over the API."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.tasks.models import PendingItem
from collab.work.models import WorkItem

from .bad_input import CASE, CASES, HARMLESS

NOVEMBER = datetime(2026, 11, 3, 8, tzinfo=UTC)


def counted(app, model=WorkItem):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def create(api_of, cast):
    def make(name="Eleni", address="pending-items", **said):
        said = {"title": "Permit to fell a pine", "unit": cast.PARKS, "holder": cast.people[name]} | said
        answer = api_of(name).post(f"/api/v1/{address}", json=said)
        assert answer.status_code == 201, answer.text
        return answer.json

    return make


def test_a_pending_item_is_created_with_its_case_and_the_reasons_of_its_deadline(create, api_of, cast, at):
    at(NOVEMBER)
    made = create(
        protocol_number="2026/11873", protocol_on="2026-11-03", allowed=50, source="citizen",
        legal_basis="law 2690/1999", counterpart_name="A. Citizen",
    )  # fmt: skip
    assert (made["kind"], made["reference"], made["due_on"]) == ("pending", "PARKS-1", "2026-12-23")
    assert made["details"]["counterpart"]["name"] == "A. Citizen"
    assert made["details"]["because"] == [
        "law 2690/1999: counted from the day after Tuesday 3 November 2026, the day of the protocol",
        "50 calendar days end on Wednesday 23 December 2026",
    ]
    answer = api_of("Eleni").get("/api/v1/pending-items/PARKS-1")
    assert answer.json == made
    assert answer.headers["ETag"] == f'"{made["version"]}"'
    assert api_of("Eleni").get(f"/api/v1/pending-items/{made['id']}").json == made


def test_the_same_key_twice_creates_once(app, api_of, cast):
    eleni, said = api_of("Eleni"), {"title": "Once", "unit": cast.PARKS}
    first, second = (eleni.post("/api/v1/tasks", json=said, headers={"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json == second.json
    assert second.headers["Idempotency-Replayed"] == "true"
    assert counted(app) == 1


def test_lists_filter_and_page_by_cursor(create, api_of, cast):
    for number in range(5):
        create(title=f"case {number}", protocol_number=f"2026/{number}")
    create(address="tasks", title="a task")
    eleni, seen, after = api_of("Eleni"), [], None
    while True:
        page = eleni.get("/api/v1/pending-items", query_string={"limit": 2} | ({"after": after} if after else {})).json
        seen += [item["title"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [f"case {number}" for number in range(5)]
    found = eleni.get("/api/v1/pending-items?protocol=2026/3").json["items"]
    assert [item["details"]["protocol_number"] for item in found] == ["2026/3"]
    assert [item["title"] for item in eleni.get("/api/v1/tasks").json["items"]] == ["a task"]
    assert api_of("Leila").get("/api/v1/tasks?whose=all").json == {"items": [], "next": None}


def test_a_change_leaves_out_what_it_does_not_name(create, api_of, cast):
    create(protocol_number="7", labels=["storm"], body="Behind the school", counterpart=cast.forestry)
    answer = api_of("Eleni").patch("/api/v1/pending-items/PARKS-1", json={"source": "council"})
    said = answer.json
    assert answer.status_code == 200
    assert (said["details"]["source"], said["details"]["protocol_number"]) == ("council", "7")
    assert (said["labels"], said["body"]) == (["storm"], "Behind the school")
    assert said["details"]["counterpart"]["id"] == cast.forestry


def test_a_deadline_that_follows_the_law_goes_on_following_it(create, api_of, at):
    at(NOVEMBER)
    create(protocol_on="2026-11-03", allowed=50)
    eleni = api_of("Eleni")
    assert eleni.patch("/api/v1/pending-items/PARKS-1", json={"title": "Two pines"}).json["due_on"] == "2026-12-23"
    said = eleni.patch("/api/v1/pending-items/PARKS-1", json={"allowed": 20, "measure": "working-days"}).json
    assert (said["due_on"], said["details"]["due_by_hand"]) == ("2026-12-01", False)
    said = eleni.patch("/api/v1/pending-items/PARKS-1", json={"due_on": "2026-12-10"}).json
    assert (said["due_on"], said["details"]["due_by_hand"]) == ("2026-12-10", True)
    said = eleni.patch("/api/v1/pending-items/PARKS-1", json={"allowed": 30}).json
    assert said["due_on"] == "2026-12-10"
    said = eleni.patch("/api/v1/pending-items/PARKS-1", json={"due_on": None}).json
    assert said["due_on"] == "2026-12-15"


def test_a_stale_change_is_refused(create, api_of):
    made = create()
    eleni, tag = api_of("Eleni"), {"If-Match": f'"{made["version"]}"'}
    assert eleni.patch("/api/v1/pending-items/PARKS-1", json={"title": "First"}, headers=tag).status_code == 200
    late = eleni.patch("/api/v1/pending-items/PARKS-1", json={"title": "Second"}, headers=tag)
    assert late.status_code == 412
    assert eleni.get("/api/v1/pending-items/PARKS-1").json["title"] == "First"


def test_the_kind_changes_in_place(create, api_of):
    made = create(protocol_number="7")
    eleni = api_of("Eleni")
    task = eleni.put("/api/v1/work-items/PARKS-1/kind", json={"kind": "task"}).json
    assert (task["kind"], task["id"], task["reference"]) == ("task", made["id"], "PARKS-1")
    assert eleni.get("/api/v1/pending-items/PARKS-1").status_code == 404
    assert eleni.get("/api/v1/tasks/PARKS-1").status_code == 200
    assert eleni.patch("/api/v1/tasks/PARKS-1", json={"title": "A task now"}).status_code == 200
    again = eleni.put("/api/v1/work-items/PARKS-1/kind", json={"kind": "pending"}).json
    assert (again["details"]["protocol_number"], again["title"]) == ("7", "A task now")


WHO = {
    # who: (read one, change it, change its kind)
    "Eleni": (200, 200, 200), "Nikos": (200, 200, 200), "Babis": (200, 200, 200), "Yannis": (200, 200, 200),
    "Anna": (200, 200, 200), "Reza": (200, 403, 403), "Maria": (404, 404, 404), "Petros": (404, 404, 404),
    "Leila": (404, 404, 404), "Kostas": (404, 404, 404), "Shirin": (404, 404, 404),
}  # fmt: skip


@pytest.mark.parametrize("name", WHO)
def test_who_reads_and_changes_an_item_in_the_hands_of_a_colleague(create, api_of, name):
    create()
    asker = api_of(name)
    answers = (
        asker.get("/api/v1/pending-items/PARKS-1").status_code,
        asker.patch("/api/v1/pending-items/PARKS-1", json={"priority": 2}).status_code,
        asker.put("/api/v1/work-items/PARKS-1/kind", json={"kind": "task"}).status_code,
    )
    assert answers == WHO[name]


def test_strangers_and_tokens_that_only_read(create, api_of, cast):
    create()
    stranger, reader = api_of(None), api_of("Eleni", scopes=("read",))
    for method, address in (("get", "tasks"), ("post", "tasks"), ("get", "pending-items/PARKS-1")):
        assert getattr(stranger, method)(f"/api/v1/{address}").status_code == 401
    assert reader.get("/api/v1/pending-items/PARKS-1").status_code == 200
    assert reader.post("/api/v1/tasks", json={"title": "x", "unit": cast.PARKS}).status_code == 403
    assert reader.patch("/api/v1/pending-items/PARKS-1", json={"priority": 1}).status_code == 403


def _said(field, value):
    """As JSON bytes: lone surrogates travel as escapes."""
    return json.dumps({field: value}).encode()


@pytest.mark.parametrize(("field", "value"), CASES)
def test_bad_input_is_refused_at_its_field_and_nothing_is_kept(app, api_of, cast, field, value):
    said = {"title": "Permit", "unit": cast.PARKS} | {field: value}
    eleni = api_of("Eleni")
    address = "/api/v1/pending-items" if field in CASE else "/api/v1/tasks"
    answer = eleni.post(address, data=json.dumps(said), content_type="application/json")
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    assert {error["field"].split(".")[0] for error in answer.json["errors"]} == {field}
    assert all(error["reason"].strip() for error in answer.json["errors"])
    assert counted(app) == counted(app, PendingItem) == 0


def test_bad_changes_are_refused_at_their_field(create, api_of):
    create()
    eleni = api_of("Eleni")
    before = eleni.get("/api/v1/pending-items/PARKS-1").json
    for field, value in CASES:
        if field not in ("unit", "holder"):
            answer = eleni.patch(
                "/api/v1/pending-items/PARKS-1", data=_said(field, value), content_type="application/json"
            )
            assert answer.status_code == 422, (field, value, answer.text)
    assert eleni.get("/api/v1/pending-items/PARKS-1").json == before


@pytest.mark.parametrize(("field", "value"), HARMLESS)
def test_what_people_may_write_comes_back_without_what_deceives(create, field, value):
    made = create(**{field: value})
    said = (
        made["details"]["counterpart"]["name"]
        if field == "counterpart_name"
        else made.get(field) or made["details"][field]
    )
    assert "\u202e" not in said
    assert said == value.replace("\u202e", "")


def test_fields_that_are_none_and_bodies_that_are_none(app, api_of, cast):
    eleni = api_of("Eleni")
    for extra in ("kind", "version", "created_by", "holder_name", "__proto__"):
        answer = eleni.post("/api/v1/tasks", json={"title": "x", "unit": cast.PARKS, extra: 1})
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, extra)
    for body, kind, status in (
        (b"[]", "application/json", 400), (b"{", "application/json", 400), (b"null", "application/json", 400),
        (b"title=x", "application/x-www-form-urlencoded", 415), (b"", "application/json", 400),
        (b"[" * 100_000, "application/json", 400), (b'{"title":"' + b"x" * 10_000_000 + b'"}', "application/json", 413),
    ):  # fmt: skip
        assert eleni.post("/api/v1/tasks", data=body, content_type=kind).status_code == status, body[:20]
    assert counted(app) == 0


def test_foreign_and_impossible_ids(app, create, api_of, cast):
    made = create("Leila", title="Finance only", unit=cast.FINANCE)
    eleni = api_of("Eleni")
    for field, value, status in (
        ("unit", cast.FINANCE, 422), ("unit", cast.Eleni, 422), ("unit", 999_999, 422), ("holder", 999_999, 422),
        ("holder", cast.forestry, 422), ("parent", made["id"], 422), ("parent", 999_999, 422),
    ):  # fmt: skip
        answer = eleni.post("/api/v1/tasks", json={"title": "x", "unit": cast.PARKS} | {field: value})
        assert (answer.status_code, answer.json["errors"][0]["field"]) == (status, field), value
    own = create(title="own")
    loop = eleni.patch(f"/api/v1/pending-items/{own['id']}", json={"parent": own["id"]})
    assert (loop.status_code, loop.json["errors"][0]["field"]) == (422, "parent")
    assert counted(app) == 2


def test_dates_before_the_start(api_of, cast):
    said = {"title": "x", "unit": cast.PARKS, "start_on": "2026-12-02", "due_on": "2026-12-01"}
    answer = api_of("Eleni").post("/api/v1/tasks", json=said)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["reason"] == "The due date is before the start."


def test_the_reasons_speak_the_callers_language(api_of, cast):
    answer = api_of("Leila").post("/api/v1/tasks", json={"title": "", "unit": cast.FINANCE})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "title"


def test_what_the_api_costs(create, api_of, queries):
    for number in range(8):
        create(title=f"case {number}")
    eleni = api_of("Eleni")
    for address in ("pending-items", "tasks", "pending-items/PARKS-1"):
        eleni.get(f"/api/v1/{address}")
        with queries() as sent:
            assert eleni.get(f"/api/v1/{address}").status_code == 200
        assert len(sent) <= 8, sent.sent
