"""Templates of tasks: kept by heads for their unit and below, used by everybody there with one press."""

from datetime import UTC, datetime

import pytest

from collab.tasks.commands import add_lines, create_task
from collab.tasks.forms import NewLines, NewTask
from tests.work.making import make

PART = {"HX-Request-Type": "partial"}
API = "/api/v1/task-templates"
FELLING = {
    "name": "Felling permit", "title": "Permit to fell a tree", "body": "By law 2690/1999.", "labels": ["trees"],
    "priority": 3, "due_after": 5, "checklist": "- Measure the trunk\n- Ask the forester", "parts": "Visit\nAnswer",
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday(at):
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))


@pytest.fixture
def kept(api_of, cast):
    made = api_of("Nikos").post(API, json={**FELLING, "unit": cast.PARKS})
    assert made.status_code == 201, made.text
    return made.json["id"]


def test_one_press_makes_the_task_with_all_that_belongs_to_it(api_of, cast, kept):
    made = api_of("Eleni").post(f"{API}/{kept}/tasks", json={})
    assert made.status_code == 201
    task = made.json
    assert (task["title"], task["body"], task["priority"]) == ("Permit to fell a tree", "By law 2690/1999.", 3)
    assert (task["labels"], task["due_on"]) == (["trees"], "2026-11-30")
    assert (task["holder"]["id"], task["unit"]["id"]) == (cast.Eleni, cast.PARKS)
    lines = api_of("Eleni").get(f"/api/v1/work-items/{task['reference']}/checklist").json["items"]
    assert [(line["text"], line["done"]) for line in lines] == [
        ("Measure the trunk", False),
        ("Ask the forester", False),
    ]
    parts = api_of("Eleni").get(f"/api/v1/work-items/{task['reference']}/parts").json["items"]
    assert [part["title"] for part in parts] == ["Visit", "Answer"]


def test_what_the_user_says_takes_the_place_of_the_template(api_of, cast, kept):
    said = {"title": "Pine, 3 Analipseos St", "due_on": "2026-12-24", "holder": cast.PARKS}
    task = api_of("Giorgos").post(f"{API}/{kept}/tasks", json=said).json
    assert (task["title"], task["due_on"], task["holder"]) == ("Pine, 3 Analipseos St", "2026-12-24", None)


def test_the_holder_may_be_the_same_always_and_elsewhere_is_offered(api_of, cast):
    made = api_of("Nikos").post(API, json={"name": "Opinion", "holder": "party", "party": cast.LEGAL, "parts": "One"})
    task = api_of("Eleni").post(f"{API}/{made.json['id']}/tasks", json={}).json
    assert task["holder"]["id"] == cast.Eleni, "offered, and hers until Legal accepts"
    assert [each["title"] for each in api_of("Sofia").get("/api/v1/work-items").json["items"]] == ["Opinion"]


def test_it_holds_for_the_unit_and_below_and_for_nobody_else(api_of, cast):
    made = api_of("Yannis").post(API, json={"name": "Works", "unit": cast.TECH}).json
    names = {
        who: [one["name"] for one in api_of(who).get(API).json["items"]]
        for who in ("Eleni", "Maria", "Yannis", "Dimitra", "Kostas")
    }
    assert names == {"Eleni": ["Works"], "Maria": ["Works"], "Yannis": ["Works"], "Dimitra": [], "Kostas": ["Works"]}
    assert api_of("Dimitra").post(f"{API}/{made['id']}/tasks", json={}).status_code == 404
    assert api_of("Nikos").put(f"{API}/{made['id']}", json={"name": "Mine"}).status_code == 403
    assert api_of("Nikos").post(API, json={"name": "x", "unit": cast.TECH}).status_code == 422
    assert api_of("Eleni").post(API, json={"name": "x", "unit": cast.PARKS}).status_code == 403


def test_an_item_is_kept_as_a_template(app, actor_of, api_of, client_of, cast):
    with app.app_context():
        eleni = actor_of("Eleni")
        item = make(eleni, cast.PARKS, cast.Eleni, title="Open the pool", labels=["summer"], priority=2)
        add_lines(eleni, item, NewLines(text="Fill\nTest"))
        create_task(eleni, NewTask(title="Order chlorine", unit=cast.PARKS, parent=item))
    answer = client_of("Nikos").post("/work-items/PARKS-1/template", headers=PART)
    assert answer.status_code == 204
    [one] = api_of("Eleni").get(API).json["items"]
    assert (one["name"], one["labels"], one["priority"]) == ("Open the pool", ["summer"], 2)
    assert (one["checklist"], one["parts"]) == (["Fill", "Test"], ["Order chlorine"])
    assert api_of("Eleni").post("/api/v1/work-items/PARKS-1/template").status_code == 403


def test_what_is_for_named_people_only_becomes_no_template(app, actor_of, api_of, client_of, cast):
    with app.app_context():
        nikos = actor_of("Nikos")
        item = make(nikos, cast.PARKS, cast.Nikos, title="Open the pool")
        create_task(nikos, NewTask(title="A talk with the guard", unit=cast.PARKS, parent=item, reach="named"))
        create_task(nikos, NewTask(title="Order chlorine", unit=cast.PARKS, parent=item))
        make(nikos, cast.PARKS, cast.Nikos, title="A private matter", reach="named")
    head = api_of("Nikos")
    references = {one["title"]: one["reference"] for one in head.get("/api/v1/work-items").json["items"]}
    assert head.post(f"/api/v1/work-items/{references['Open the pool']}/template").status_code == 201
    private = references["A private matter"]
    assert head.post(f"/api/v1/work-items/{private}/template").status_code == 409
    assert f"/work-items/{private}/template" not in client_of("Nikos").get(f"/work-items/{private}").text
    [one] = api_of("Eleni").get(API).json["items"]
    assert (one["name"], one["parts"]) == ("Open the pool", ["Order chlorine"])


def test_changed_and_retired(api_of, client_of, kept):
    changed = client_of("Nikos").put(
        f"/task-templates/{kept}", data={"name": "Felling", "holder": "nobody", "priority": "0", "labels": "a, b"}
    )
    assert changed.status_code == 303
    one = api_of("Eleni").get(f"{API}/{kept}").json
    assert (one["name"], one["title"], one["labels"], one["checklist"]) == ("Felling", "Felling", ["a", "b"], [])
    assert client_of("Nikos").post(f"/task-templates/{kept}/retirement").status_code == 303
    assert api_of("Eleni").get(API).json["items"] == []
    assert api_of("Eleni").post(f"{API}/{kept}/tasks", json={}).status_code == 409


def test_the_new_dialog_leads_to_them_and_pages_fit_each_role(client_of, kept):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    assert "/task-templates" in eleni.get("/quick-tasks/new", headers=PART).text
    choice = eleni.get("/task-templates", headers=PART).text
    assert "Felling permit" in choice
    assert "5 working days" in choice
    assert "A new template" not in eleni.get("/task-templates").text
    page = nikos.get(f"/task-templates/{kept}").text
    assert "Measure the trunk" in page
    used = eleni.post(f"/task-templates/{kept}/tasks")
    assert (used.status_code, used.headers["Location"]) == (303, "/work-items/PARKS-1")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "name"), ({"name": ""}, "name"), ({"name": "x", "due_after": -1}, "due_after"),
        ({"name": "x", "due_after": True}, "due_after"), ({"name": "x", "holder": "party"}, ""),
        ({"name": "x", "holder": "party", "party": 99999}, "party"), ({"name": "x", "holder": "x"}, "holder"),
        ({"name": "x", "priority": 5}, "priority"), ({"name": "x", "labels": "x"}, "labels"),
        ({"name": "x", "checklist": "y\n" * 101}, ""), ({"name": "x", "parts": "y\n" * 31}, ""),
        ({"name": "x", "parts": "y" * 201}, ""), ({"name": "a\x00"}, "name"), ({"name": "x", "unit": 99999}, "unit"),
        ({"name": "x", "body": 7}, "body"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_at_its_field(api_of, typed, field):
    answer = api_of("Nikos").post(API, json=typed)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert api_of("Nikos").get(API).json["items"] == []


def test_a_refusal_on_the_page_keeps_what_was_typed(client_of):
    refused = client_of("Nikos").post("/task-templates", data={"name": "Pool", "due_after": "ten", "checklist": "Fill"})
    assert refused.status_code == 422
    assert 'value="Pool"' in refused.text
    assert "Fill" in refused.text


def test_what_fails_leaves_nothing(api_of, cast):
    made = api_of("Nikos").post(API, json={"name": "Opinion", "holder": "party", "party": cast.Giorgos}).json
    with_unit = api_of("Eleni").post(f"{API}/{made['id']}/tasks", json={"unit": cast.LEGAL})
    assert (with_unit.status_code, with_unit.json["errors"][0]["field"]) == (422, "unit")
    assert api_of("Eleni").get("/api/v1/tasks?whose=all").json["items"] == []


def test_a_quick_line_that_begins_with_a_slash_means_a_template(api_of, client_of, cast):
    for name in ("Felling permit", "Felling in haste", "Storm round"):
        assert (
            api_of("Nikos").post("/api/v1/task-templates", json={"name": name, "unit": cast.PARKS}).status_code == 201
        )
    eleni = client_of("Eleni")
    read = eleni.post("/quick-tasks/reading", data={"text": "/fell"}).text
    assert ("Felling permit" in read, "Felling in haste" in read, "Storm round" in read) == (True, True, False)
    assert eleni.post("/quick-tasks", data={"text": "/fell"}).status_code == 422
    made = eleni.post("/quick-tasks", data={"text": "/storm"})
    assert (made.status_code, made.headers["Location"]) == (303, "/work-items/PARKS-1")
    # What names no template is a line like any other.
    assert eleni.post("/quick-tasks", data={"text": "/etc is full"}).status_code == 303
    assert api_of("Eleni").get("/api/v1/tasks/PARKS-2").json["title"] == "/etc is full"


def test_who_always_has_it_is_chosen_on_the_page_or_named_alone(client_of, api_of, cast, kept):
    page, typed = client_of("Kostas"), {"name": "Felling permit", "holder": "party"}
    for sent in ({"party": cast.Eleni, "party_name": "Eleni Markou"}, {"party": "", "party_name": "eleni"}):
        assert page.put(f"/task-templates/{kept}", data={**typed, **sent}).status_code == 303
        assert api_of("Nikos").get(f"{API}/{kept}").json["party"]["id"] == cast.Eleni
    refused = page.put(f"/task-templates/{kept}", data={**typed, "party": "", "party_name": "Nowhere"})
    assert refused.status_code == 422
    assert 'id="f-party-error">Nobody is called “Nowhere”' in refused.text
