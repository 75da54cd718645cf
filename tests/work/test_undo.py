"""Undo: the last act by whoever did it, while nobody touched the item since; afterwards it stands as it stood."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.envelope import open_command, system
from collab.core.errors import Problem
from collab.people.models import Person
from collab.people.recognise import person_as_actor
from collab.work import commands as work
from collab.work.forms import Ask, Assign, Cancel, Complete, EditItem, Offer
from collab.work.models import Handover, Wait, WorkItem, WorkItemLabel
from collab.work.queries.undoing import undoable
from tests.work.making import day, make


@open_command(system)
def word_goes_round(_actor, item):
    """What the reaction to a finished item does."""
    work.end_with_item(item)


PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def item(app, cast, actor_of):
    with app.app_context():
        return make(
            actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Fallen branches", due_on=day(27), labels=["storm"]
        )


def told(answer):
    assert answer.status_code == 204, answer.text
    return json.loads(answer.headers["HX-Trigger"])["toast"]


def stands(item_id):
    """Everything that an undo has to give back."""
    item = db.session.get(WorkItem, item_id, populate_existing=True)
    labels = db.session.query(WorkItemLabel.label_id).filter_by(item_id=item_id).order_by(WorkItemLabel.label_id).all()
    waits = db.session.query(Wait.sense, Wait.of_id, Wait.what, Wait.stops_clock).filter(
        Wait.item_id == item_id, Wait.ended_at.is_(None)
    )
    offers = db.session.query(Handover.id).filter_by(item_id=item_id, state="offered").all()
    return (
        item.holder_id, item.desk_unit_id, item.state_kind, item.due_on, item.start_on, item.priority, item.closed_at,
        labels, sorted(waits, key=repr), offers,
    )  # fmt: skip


def test_done_is_taken_back_from_the_sentence_that_says_it(client_of, cast, item):
    eleni = client_of("Eleni")
    toast = told(eleni.post("/work-items/PARKS-1/completion", headers=PART))
    assert "PARKS-1" in toast["text"]
    assert re.fullmatch(r"/facts/\d+/undo", toast["undo"])
    assert told(eleni.post(toast["undo"], headers=PART))["text"].endswith("Undone.")
    page = eleni.get("/work-items/PARKS-1").text
    assert "With Eleni Markou" in page
    assert "undid: finishing it" in re.sub(r"<[^>]+>", "", page)
    assert told(eleni.post(toast["undo"], headers=PART))  # a second press answers calmly
    assert re.sub(r"<[^>]+>", "", eleni.get("/work-items/PARKS-1").text).count("undid: finishing it") == 1


def test_what_somebody_else_expected_is_expected_by_them_again(app, client_of, cast, actor_of, item):
    """Nikos gave it to Eleni; that she took back her "done" does not make her the one who asks."""
    with app.app_context():
        given = make(actor_of("Nikos"), cast.PARKS, cast.Eleni, title="The bench", due_on=day(27))
    eleni = client_of("Eleni")
    toast = told(eleni.post(f"/work-items/{given}/completion", headers=PART))
    assert told(eleni.post(toast["undo"], headers=PART))
    with app.app_context():
        asked = db.session.query(Wait.by_id, Wait.of_id, Wait.until).filter_by(item_id=given, ended_at=None).all()
        assert asked == [(cast.Nikos, cast.Eleni, day(27))]


def test_without_scripts_the_next_page_offers_it(client_of, item):
    eleni = client_of("Eleni")
    assert eleni.post("/work-items/PARKS-1/completion").status_code == 303
    page = eleni.get("/work-items/PARKS-1").text
    assert len(re.findall(r'action="(/facts/\d+/undo)"', page)) == 2  # at the foot and in the history
    address = re.search(r'action="(/facts/\d+/undo)"', page)[1]
    assert eleni.post(address).status_code == 303
    assert "With Eleni Markou" in eleni.get("/work-items/PARKS-1").text


def test_what_a_colleague_touched_since_cannot_be_undone(client_of, api_of, cast, item):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    toast = told(eleni.post("/work-items/PARKS-1/completion", headers=PART))
    assert nikos.delete("/work-items/PARKS-1/completion").status_code == 303
    refused = eleni.post(toast["undo"], headers=PART)
    assert refused.status_code == 409
    assert "Nikos" in refused.text
    assert "/undo" not in eleni.get("/work-items/PARKS-1").text
    problem = api_of("Eleni").post(f"/api/v1{toast['undo']}")
    assert problem.status_code == 409
    assert "Nikos" in problem.json["detail"]


@pytest.mark.parametrize("what", ["holder", "tray", "due", "labels", "priority"])
def test_whatever_it_was_a_touch_by_a_colleague_since_ends_the_way_back(api_of, cast, item, at, what):
    """Not only of "done": who has it, until when, what it is labelled; it stays as the colleague saw it."""
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    nikos, babis, here = api_of("Nikos"), api_of("Babis"), "/api/v1/work-items/PARKS-1"
    if what in ("holder", "tray"):
        said = {"holder": cast.Giorgos if what == "holder" else None}
        assert nikos.put(f"{here}/holder", json=said).status_code == 200
    else:
        said = {"due": {"due_on": "2026-12-04"}, "labels": {"labels": ["night"]}, "priority": {"priority": 4}}[what]
        assert nikos.patch(here, json=said).status_code == 200
    line = nikos.get(f"{here}/history").json["items"][0]
    assert line["undo"], "untouched, it is offered"
    at(datetime(2026, 11, 23, 8, 5, tzinfo=UTC))
    assert babis.patch(here, json={"title": "Branches of the storm"}).status_code == 200
    before = nikos.get(here).json
    refused = nikos.post(line["undo"])
    assert refused.status_code == 409
    assert "Babis Ioannou" in refused.json["detail"]
    after = nikos.get(here).json
    assert {name: after[name] for name in ("holder", "due_on", "labels", "priority", "title", "version")} == {
        name: before[name] for name in ("holder", "due_on", "labels", "priority", "title", "version")
    }  # fmt: skip
    assert not any(each["undo"] for each in nikos.get(f"{here}/history").json["items"])


def test_nobody_undoes_what_another_did_and_what_one_may_not_see_does_not_exist(client_of, item):
    toast = told(client_of("Eleni").post("/work-items/PARKS-1/completion", headers=PART))
    assert client_of("Nikos").post(toast["undo"], headers=PART).status_code == 403
    assert client_of("Leila").post(toast["undo"], headers=PART).status_code == 404
    assert client_of("Eleni").post("/facts/999999/undo", headers=PART).status_code == 404


def test_a_day_later_it_is_too_late(client_of, item, at):
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    toast = told(client_of("Eleni").post("/work-items/PARKS-1/completion", headers=PART))
    at(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert client_of("Eleni").post(toast["undo"], headers=PART).status_code == 409
    assert "/undo" not in client_of("Eleni").get("/work-items/PARKS-1").text


def test_over_the_api_the_history_says_what_can_be_undone(api_of, cast, item):
    nikos = api_of("Nikos")
    assert nikos.put("/api/v1/work-items/PARKS-1/holder", json={"holder": cast.Giorgos}).status_code == 200
    lines = nikos.get("/api/v1/work-items/PARKS-1/history").json["items"]
    assert [line["undo"] is not None for line in lines] == [True, False]
    assert api_of("Eleni").get("/api/v1/work-items/PARKS-1/history").json["items"][0]["undo"] is None
    back = nikos.post(lines[0]["undo"])
    assert back.status_code == 200
    assert back.json["holder"]["id"] == cast.Eleni


def test_questions_offers_and_what_waited_for_the_end_stand_again(app, actor_of, cast, item):
    with app.app_context():
        eleni = actor_of("Eleni")
        other = make(eleni, cast.PARKS, cast.Eleni, title="After that")
        work.ask(eleni, other, Ask(item=item, what="the branches first", stops_clock=True))
        work.ask(eleni, item, Ask(of=cast.ROADS, what="Is it yours?", stops_clock=True))
        work.offer(eleni, item, Offer(to=cast.LEGAL, note="An opinion"))
        before, before_other = stands(item), stands(other)
        assert before[2] == before_other[2] == "waiting"
        work.complete(eleni, item, Complete())
        word_goes_round(SYSTEM, item)  # the word went round
        assert stands(other)[2] == "active"
        work.undo(eleni, item, undoable(eleni, item))
        assert (stands(item), stands(other)) == (before, before_other)
        work.complete(eleni, item, Complete())
        work.undo(eleni, item, undoable(eleni, item))
        word_goes_round(SYSTEM, item)  # the word comes late: nothing ended
        assert (stands(item), stands(other)) == (before, before_other)


ACTS = {
    "complete": lambda cast: (work.complete, "Nikos", Complete(outcome="Done")),
    "cancel": lambda cast: (work.cancel, "Nikos", Cancel(reason="No")),
    "assign": lambda cast: (work.assign, "Nikos", Assign(holder=cast.Giorgos)),
    "to the tray": lambda cast: (work.assign, "Nikos", Assign(holder=None)),
    "take": lambda cast: (work.take, "Eleni"),
    "hand over at once": lambda cast: (work.offer, "Nikos", Offer(to=cast.Giorgos, note="")),
    "offer": lambda cast: (work.offer, "Nikos", Offer(to=cast.LEGAL, note="Yours?")),
    "due": lambda cast: (work.edit, "Nikos", {"due_on": day(29)}),
    "no due day": lambda cast: (work.edit, "Nikos", {"due_on": None, "start_on": day(20)}),
    "labels": lambda cast: (work.edit, "Nikos", {"labels": ["night", "trees"]}),
    "priority": lambda cast: (work.edit, "Nikos", {"priority": 4, "labels": []}),
    "stop the clock": lambda cast: (work.ask, "Nikos", Ask(of=cast.ROADS, what="?", stops_clock=True)),
    "reopen": lambda cast: (work.reopen, "Nikos"),
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=5))
def test_doing_and_undoing_leaves_everything_as_it_was(app, cast, names):
    """The law: after whatever happened before, do and undo is nothing, whoever does it; also twice in a row."""
    with app.app_context():
        nikos = person_as_actor(cast.Nikos)
        item = make(nikos, cast.PARKS, cast.Eleni, title="Law", due_on=day(27), labels=["storm"])
        for name in names:
            verb, who, *more = ACTS[name](cast)
            actor = person_as_actor(cast.people[who])
            before, old = stands(item), undoable(actor, item)
            try:
                act(actor, verb, item, *more)
            except Problem:
                db.session.rollback()
                continue
            fact = undoable(actor, item)
            if fact in (None, old):
                continue  # a question or a reopening, which stay, or nothing happened
            work.undo(actor, item, fact)
            assert stands(item) == before, name
            if name != "take":
                act(actor, verb, item, *more)


def act(actor, verb, item, *more):
    if more and isinstance(more[0], dict):
        row = db.session.get(WorkItem, item, populate_existing=True)
        now = {
            "title": row.title, "body": row.body, "priority": row.priority, "start_on": row.start_on,
            "due_on": row.due_on, "reach": row.reach, "labels": ["storm"],
        }  # fmt: skip
        return verb(actor, item, EditItem(**now | more[0]))
    return verb(actor, item, *more)


def test_one_goes_back_step_by_step(app, actor_of, cast, item, at):
    with app.app_context():
        nikos, moment = actor_of("Nikos"), datetime(2026, 11, 23, 8, tzinfo=UTC)
        stages = []
        for name in ("assign", "priority", "complete"):
            at(moment := moment + timedelta(minutes=5))
            stages.append(stands(item))
            verb, _who, *more = ACTS[name](cast)
            act(nikos, verb, item, *more)
        while stages:
            at(moment := moment + timedelta(minutes=5))
            work.undo(nikos, item, undoable(nikos, item))
            assert stands(item) == stages.pop()
        assert undoable(nikos, item) is None  # Eleni made it


def test_saving_without_a_change_offers_no_way_back(client_of, item, at):
    nikos, form = client_of("Nikos"), {"title": "Fallen branches", "labels": "storm", "reach": "unit"}
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    changed = nikos.patch("/work-items/PARKS-1", data={**form, "priority": "3", "due_on": "2026-11-27"}, headers=PART)
    assert told(changed)["undo"]
    at(datetime(2026, 11, 23, 8, 5, tzinfo=UTC))
    same = nikos.patch("/work-items/PARKS-1", data={**form, "priority": "3", "due_on": "2026-11-27"}, headers=PART)
    assert not told(same)["undo"]


def test_the_same_act_twice_is_told_calmly(client_of, cast, item):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    told(eleni.post("/work-items/PARKS-1/completion", headers=PART))
    assert told(eleni.post("/work-items/PARKS-1/completion", headers=PART))["text"].endswith("You finished it already.")
    his = told(nikos.post("/work-items/PARKS-1/completion", headers=PART))["text"]
    assert his.endswith("Την ολοκλήρωσε ήδη: Eleni Markou.")  # in his language
    assert client_of("Leila").post("/work-items/PARKS-1/completion", headers=PART).status_code == 404


def test_two_who_take_the_same_item_both_hear_who_has_it(app, actor_of, client_of, cast):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, None, title="In the tray")
    told(client_of("Giorgos").post("/work-items/PARKS-1/taking", headers=PART))
    second = told(client_of("Eleni").post("/work-items/PARKS-1/taking", headers=PART))
    assert "It is with Giorgos" in second["text"]
    assert second["undo"] == ""


def test_an_offer_decided_by_a_colleague_is_told_calmly(client_of, cast, item):
    client_of("Eleni").post("/work-items/PARKS-1/handovers", data={"to": cast.LEGAL, "note": ""})
    page = client_of("Sofia").get("/work-items/PARKS-1").text
    offer = re.search(r"/handovers/(\d+)/acceptance", page)[1]
    told(client_of("Dimitra").post(f"/handovers/{offer}/acceptance", headers=PART))
    assert (
        "Dimitra Kosta accepted it already."
        in told(client_of("Sofia").post(f"/handovers/{offer}/acceptance", headers=PART))["text"]
    )


def test_nothing_goes_back_to_somebody_who_left_since(app, client_of, api_of, cast, item):
    nikos = client_of("Nikos")
    toast = told(nikos.put("/work-items/PARKS-1/holder", data={"holder": cast.Babis}, headers=PART))
    with app.app_context():
        with writing() as session:
            session.execute(update(Person).where(Person.id == cast.Eleni).values(active=False))
        db.session.remove()
    assert nikos.post(toast["undo"]).status_code == 409
    assert api_of("Nikos").get("/api/v1/work-items/PARKS-1").json["holder"]["id"] == cast.Babis


def test_after_done_and_undo_my_day_says_since_when_it_has_been_expected(app, client_of, cast, actor_of, at):
    at(datetime(2026, 11, 16, 8, tzinfo=UTC))
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="The bench")
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    eleni = client_of("Eleni")
    assert "expected of you since 16 Nov" in eleni.get("/").text
    toast = told(eleni.post("/work-items/PARKS-1/completion", headers=PART))
    assert told(eleni.post(toast["undo"], headers=PART))
    assert "expected of you since 16 Nov" in eleni.get("/").text
