"""Changing what an item says: nothing is overwritten, nothing typed is lost."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from collab.work.commands import edit
from collab.work.forms import EditItem
from collab.work.queries.items import find_item
from tests.work.making import make


@pytest.fixture
def item(app, cast, actor_of):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Pine", body="Old", labels=["storm"])


def test_a_form_that_is_saved_changes_what_it_says(app, client_of, item, actor_of):
    eleni = client_of("Eleni")
    assert 'value="Pine"' in eleni.get("/work-items/PARKS-1/editing").text
    answer = eleni.post(
        "/work-items/PARKS-1?_method=PATCH",
        data={"title": "Pine at 3", "body": "", "labels": "storm، school, ", "due_on": "2026-12-01", "version": "1"},
    )
    assert answer.status_code == 303
    with app.app_context():
        found = find_item(actor_of("Eleni"), item)
    assert (found.title, found.body, found.labels, str(found.due_on)) == (
        "Pine at 3", "", ("school", "storm"), "2026-12-01",
    )  # fmt: skip


def test_ones_own_other_window_is_named_as_that(client_of, item):
    eleni = client_of("Eleni")
    one = {"title": "Cedar", "body": "Old", "labels": "", "version": "1"}
    assert eleni.post("/work-items/PARKS-1?_method=PATCH", data=one).status_code == 303
    late = eleni.post("/work-items/PARKS-1?_method=PATCH", data={**one, "title": "Pine"})
    assert late.status_code == 412
    assert "You changed this in another window." in late.text
    assert "Eleni Markou changed this" not in late.text


def test_who_comes_second_sees_both_texts_and_loses_nothing(app, client_of, item, actor_of):
    with app.app_context():
        edit(actor_of("Nikos"), item, EditItem(title="Cedar", body="Old", labels=["storm"]))
    late = client_of("Eleni").post(
        "/work-items/PARKS-1?_method=PATCH",
        data={"title": "Pine & <b>tall</b>", "body": "My long text", "labels": "storm", "version": "1"},
    )
    assert late.status_code == 412
    assert "Nikos Pappas changed this while you were writing" in late.text
    assert "Cedar" in late.text
    assert "My long text" in late.text
    assert "Pine &amp; &lt;b&gt;tall&lt;/b&gt;" in late.text
    assert 'name="version" value="2"' in late.text
    with app.app_context():
        assert find_item(actor_of("Eleni"), item).title == "Cedar"


def form_of(page: str) -> dict[str, str]:
    """What the form for changing an item holds when it is opened."""
    hidden = dict(re.findall(r'<input type="hidden" name="(version|was)" value="([^"]*)"', page))
    return {"title": "Pine", "body": "Old", "priority": "1", "reach": "unit", "labels": "storm", **hidden}


def test_others_who_change_other_fields_or_the_state_are_no_conflict(app, cast, client_of, api_of, item, actor_of):
    eleni, nikos = client_of("Eleni"), api_of("Nikos")
    form = form_of(eleni.get("/work-items/PARKS-1/editing").text)
    assert nikos.patch("/api/v1/work-items/PARKS-1", json={"due_on": "2030-12-02"}).status_code == 200
    wait = {"of": cast.forestry, "what": "x", "stops_clock": True}
    assert nikos.post("/api/v1/work-items/PARKS-1/waits", json=wait).status_code == 201
    saved = eleni.post("/work-items/PARKS-1?_method=PATCH", data={**form, "title": "Pine at 3", "labels": "storm, oak"})
    assert saved.status_code == 303
    assert "in other fields stands too" in eleni.get("/work-items/PARKS-1").text
    with app.app_context():
        found = find_item(actor_of("Eleni"), item)
    assert (found.title, str(found.due_on), found.labels, found.state_kind) == (
        "Pine at 3", "2030-12-02", ("oak", "storm"), "waiting",
    )  # fmt: skip


def test_the_same_field_is_a_conflict_still_and_saving_again_after_reading_both_is_not(client_of, api_of, item):
    eleni, nikos = client_of("Eleni"), api_of("Nikos")
    form = {**form_of(eleni.get("/work-items/PARKS-1/editing").text), "title": "Pine at 3"}
    assert nikos.patch("/api/v1/work-items/PARKS-1", json={"title": "Cedar", "body": "New"}).status_code == 200
    late = eleni.post("/work-items/PARKS-1?_method=PATCH", data=form)
    assert late.status_code == 412
    assert "Cedar" in late.text
    assert '<h3 class="small muted">Description</h3>' not in late.text  # only what both changed is laid side by side
    assert nikos.patch("/api/v1/work-items/PARKS-1", json={"title": "Oak"}).status_code == 200
    again = {**form, **form_of(late.text), "title": "Pine at 3"}
    assert eleni.post("/work-items/PARKS-1?_method=PATCH", data=again).status_code == 412
    once_more = form_of(eleni.get("/work-items/PARKS-1/editing").text) | {"title": "Pine at 3"}
    assert eleni.post("/work-items/PARKS-1?_method=PATCH", data=once_more).status_code == 303
    assert (
        eleni.post("/work-items/PARKS-1?_method=PATCH", data={**form, "title": "Elm", "was": "title=\0 =="}).status_code
        == 412
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""), ("title", "x" * 201), ("title", "a\0b"), ("body", "x" * 50_001), ("due_on", "tomorrow"),
        ("start_on", "2026-13-01"), ("priority", "9"), ("priority", "high"), ("reach", "everybody"),
        ("parent", "NO-1"), ("parent", "PARKS-1"), ("labels", ",".join(f"l{n}" for n in range(21))),
        ("labels", "x" * 61), ("colour", "red"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_the_field_and_kept(client_of, item, field, typed):
    data = {"title": "Kept title", "body": "Kept body", "version": "1"} | {field: typed}
    answer = client_of("Eleni").post("/work-items/PARKS-1?_method=PATCH", data=data)
    assert answer.status_code == 422
    assert "field-error" in answer.text or "callout-bad" in answer.text
    if field != "body":
        assert "Kept body" in answer.text
    if field in ("due_on", "parent") and "\0" not in typed:
        assert typed in answer.text


def test_a_due_date_before_the_start_is_refused(client_of, item):
    data = {"title": "t", "start_on": "2026-12-02", "due_on": "2026-12-01", "version": "1"}
    answer = client_of("Eleni").post("/work-items/PARKS-1?_method=PATCH", data=data)
    assert answer.status_code == 422
    assert "The due date is before the start." in answer.text


def test_only_those_who_may_change_get_the_form(client_of, item):
    assert client_of("Babis").get("/work-items/PARKS-1/editing").status_code == 200
    assert client_of("Reza").get("/work-items/PARKS-1/editing").status_code == 403
    assert client_of("Leila").get("/work-items/PARKS-1/editing").status_code == 404


def test_of_sixty_edits_at_once_over_one_version_one_is_taken(app, api_of, item):
    def change(number):
        return api.patch(
            f"/api/v1/work-items/{item}", json={"title": f"t{number}"}, headers={"If-Match": tag}
        ).status_code

    api = api_of("Eleni")
    tag = api.get(f"/api/v1/work-items/{item}").headers["ETag"]
    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(change, range(60)))
    assert answers.count(200) == 1
    assert set(answers) == {200, 412}


def test_a_patch_changes_only_what_it_names(api_of, item):
    api = api_of("Eleni")
    answer = api.patch(f"/api/v1/work-items/{item}", json={"due_on": "2026-12-01"}).get_json()
    assert (answer["title"], answer["body"], answer["labels"], answer["due_on"]) == (
        "Pine",
        "Old",
        ["storm"],
        "2026-12-01",
    )
    assert api.patch(f"/api/v1/work-items/{item}", json={"due_on": None}).get_json()["due_on"] is None
    for wrong in ({"title": None}, {"title": ""}, {"priority": None}, {"due_on": 5}, {"labels": "a"}, {"x": 1}, []):
        assert api.patch(f"/api/v1/work-items/{item}", json=wrong).status_code in (400, 422)
    clash = api.patch(f"/api/v1/work-items/{item}", json={"start_on": "2026-12-05", "due_on": "2026-12-01"})
    assert clash.status_code == 422
