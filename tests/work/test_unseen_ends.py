"""What an item is tied to and the reader does not see: nothing tells of it, and nothing that they do undoes it."""

import pytest

from collab.core import clock
from collab.core.db import db
from collab.core.envelope import anyone, open_command, session
from collab.work.models import Wait, WorkItem
from tests.work.making import make


@open_command(anyone)
def wait_for(actor, item, other):
    session().add(Wait(item_id=item, sense="answer", for_item_id=other, by_id=actor.person_id, since=clock.now()))


@pytest.fixture
def tied(app, cast, actor_of):
    """An item of Parks (PARKS-2) that is part of, linked with and waits for one for Eleni alone (PARKS-1)."""
    with app.app_context():
        eleni = actor_of("Eleni")
        hidden = make(eleni, cast.PARKS, cast.Eleni, title="Hidden", reach="named", labels=["disciplinary"])
        plain = make(eleni, cast.PARKS, cast.Eleni, title="Plain", parent=hidden, labels=["storm"])
        wait_for(eleni, plain, hidden)
        return hidden, plain


def test_the_api_gives_no_number_of_what_is_unseen(api_of, tied):
    hidden, _plain = tied
    seen, unseen = (api_of(who).get("/api/v1/work-items/PARKS-2").json for who in ("Eleni", "Nikos"))
    assert (seen["parent_id"], seen["waits"][0]["for_item_id"]) == (hidden, hidden)
    assert (unseen["parent_id"], unseen["waits"][0]["for_item_id"]) == (None, None)
    for who, told in (("Eleni", hidden), ("Nikos", None)):
        lines = api_of(who).get("/api/v1/work-items/PARKS-2/waits").json["items"]
        assert {each["for_item_id"] for each in lines} == {None, told}  # the task's wait is for no item


@pytest.mark.parametrize("sent", [{"title": "Plainer"}, {"title": "Plainer", "parent": None}])
def test_who_does_not_see_the_whole_changes_a_part_and_it_stays_a_part(app, api_of, tied, sent):
    hidden, plain = tied
    answer = api_of("Nikos").patch("/api/v1/work-items/PARKS-2", json=sent)
    assert answer.status_code == 200, answer.text
    with app.app_context():
        assert db.session.get(WorkItem, plain).parent_id == hidden
        db.session.remove()
    assert api_of("Eleni").patch("/api/v1/work-items/PARKS-2", json={"parent": None}).json["parent_id"] is None


def test_no_query_tells_whether_it_is_part_of_something_unseen(api_of, tied):
    """Asked by one after the other: the statement is kept, the sight in it is each one's own."""

    def found(who, query):
        answer = api_of(who).get("/api/v1/work-items", query_string={"query": query}).json
        return [each["reference"] for each in answer["items"]]

    assert found("Eleni", "parent:any title:plain") == ["PARKS-2"]
    assert found("Nikos", "parent:any title:plain") == []
    assert found("Nikos", "parent:none title:plain") == ["PARKS-2"]
    assert found("Eleni", "parent:none title:plain") == []
    assert found("Nikos", "-parent:any title:plain") == ["PARKS-2"]


def test_labels_are_completed_by_those_who_see_an_item_that_carries_them(client_of, tied):
    def offered(who, text):
        return [each["text"] for each in client_of(who).get(f"/queries/completions?text={text}").json["items"]]

    assert "disciplinary" in offered("Eleni", "label:disc")
    assert "disciplinary" not in offered("Nikos", "label:disc")
    assert "storm" in offered("Nikos", "label:sto")


def test_the_ledger_gives_an_auditor_no_number_of_what_is_unseen(api_of, tied):
    assert api_of("Eleni").post("/api/v1/work-items/PARKS-2/links", json={"item": "PARKS-1"}).status_code == 201
    [fact] = api_of("Reza").get("/api/v1/facts?kind=item-linked").json["items"]
    assert fact["subject"]["reference"] == "PARKS-2"
    assert fact["payload"] == {"relation": "relates", "other": None}
