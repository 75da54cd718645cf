"""A due date and the day on which a request came in: where it is made, by form and API, and in its details."""

import re

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.work.models import WorkItem


def test_nothing_falls_due_before_it_came_in(app, client_of, api_of, cast):
    eleni = client_of("Eleni")
    typed = {"title": "x", "unit": cast.PARKS, "protocol_on": "2026-11-03", "due_on": "2020-01-01"}
    answer = eleni.post("/pending-items", data=typed)
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(WorkItem)) == 0
    assert re.search(r'id="f-due_on-error">The due date is before the protocol date\.<', answer.text)
    assert api_of("Eleni").post("/api/v1/pending-items", json=typed).status_code == 422
    old = eleni.post("/pending-items", data=typed | {"protocol_on": "2019-11-03"})  # an old case is entered as it was
    assert old.status_code == 303
    address, form = "/pending-items/PARKS-1/details", {"protocol_on": "2019-11-03", "due_on": "2019-11-02"}
    assert eleni.patch(address, data=form).status_code == 422


@pytest.fixture
def came_in(api_of, cast):
    """A pending item of Eleni's that came in on 3 November 2026, due on 1 December, and a task of hers."""
    eleni = api_of("Eleni")
    base = {"unit": cast.PARKS, "due_on": "2026-12-01"}
    eleni.post("/api/v1/pending-items", json=base | {"title": "a request", "protocol_on": "2026-11-03"})
    eleni.post("/api/v1/tasks", json=base | {"title": "a task"})
    return eleni


def due(client, reference):
    return client.get(f"/api/v1/work-items/{reference}").json["due_on"]


def test_nor_is_it_put_before_that_in_a_list_or_on_a_calendar(came_in, client_of):
    eleni = client_of("Eleni")
    for address in ("/work-items/PARKS-1/cells/due", "/work-items/PARKS-2/cells/due"):
        answer = eleni.put(address, data={"value": "2026-11-02"}, headers={"HX-Request-Type": "partial"})
        if "PARKS-1" in address:
            assert (answer.status_code, answer.headers["HX-Retarget"]) == (422, "#cell")
            assert "The due date is before the protocol date." in answer.text
    assert (due(came_in, "PARKS-1"), due(came_in, "PARKS-2")) == ("2026-12-01", "2026-11-02")
    assert came_in.patch("/api/v1/work-items/PARKS-1", json={"due_on": "2026-11-02"}).status_code == 422
    moved = eleni.put("/work-items/PARKS-1/column", data={"by": "due", "to": "2026-11-02"})
    assert moved.status_code == 409
    assert "The due date is before the protocol date." in moved.text
    assert due(came_in, "PARKS-1") == "2026-12-01"
    said = eleni.put("/work-items/PARKS-1/cells/due", data={"value": "2026-11-03"})
    assert said.status_code < 400
    assert due(came_in, "PARKS-1") == "2026-11-03"


def test_nor_in_bulk_where_the_others_change(came_in):
    ids = [came_in.get(f"/api/v1/work-items/{each}").json["id"] for each in ("PARKS-1", "PARKS-2")]
    change = {"items": ids, "act": "fields", "due_on": "2026-11-02"}
    for dry in (True, False):
        told = came_in.post("/api/v1/work-items/bulk-edits", json=change | {"dry_run": dry}).json
        assert told["changed"] == ids[1:]
        assert told["refused"] == [{"item": ids[0], "reason": "The due date is before the protocol date."}]
    assert (due(came_in, "PARKS-1"), due(came_in, "PARKS-2")) == ("2026-12-01", "2026-11-02")
    asked = {"list": "work-items", "query": "unit:PARKS", "act": "fields", "due_on": "2026-11-01", "dry_run": True}
    told = came_in.post("/api/v1/list-jobs/edits", json=asked).json
    assert [each["reason"] for each in told["refused"]] == ["The due date is before the protocol date."]


def test_nor_does_a_task_that_is_due_before_become_one_again(came_in):
    assert came_in.put("/api/v1/work-items/PARKS-1/kind", json={"kind": "task"}).status_code == 200
    assert came_in.patch("/api/v1/work-items/PARKS-1", json={"due_on": "2026-11-02"}).status_code == 200
    again = came_in.put("/api/v1/work-items/PARKS-1/kind", json={"kind": "pending"})
    assert (again.status_code, again.json["detail"]) == (409, "The due date is before the protocol date.")
    assert came_in.get("/api/v1/work-items/PARKS-1").json["kind"] == "task"
