"""What follows from what happened to an item."""

from datetime import UTC, datetime

import pytest

from collab.core import realtime
from collab.core.db import db
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.mentions import written
from collab.messaging.owners import Owner
from collab.work.commands import ask, cancel, complete, offer
from collab.work.forms import Ask, Cancel, Complete, Offer
from collab.work.queries.items import find_item
from tests.files.sending import sent
from tests.work.making import make


@pytest.fixture
def hints(monkeypatch):
    """What was said down the line: (rooms, kind, id)."""
    said = []

    class Voice:
        def emit(self, event, data, room, namespace):
            kind = data["kind"] if event == "hint" else event
            said.extend((one, kind, data["id"], data.get("version")) for one in room)

    monkeypatch.setattr(realtime, "_voice", Voice())
    return said


def test_a_change_is_hinted_to_the_rooms_of_its_readers_and_units(app, cast, actor_of, tell, hints):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        tell()
        hints.clear()
        offer(actor_of("Eleni"), item, Offer(to=cast.ROADS))
        tell()
    seen = {(room, kind, id_) for room, kind, id_, _version in hints}
    assert (f"unit:{cast.PARKS}", "work-item", item) in seen
    assert (f"unit:{cast.ROADS}", "work-item", item) in seen
    assert (f"below:{cast.CITY}", "work-item", item) in seen
    assert (f"unit:{cast.ROADS}", "unit-work", cast.ROADS) in seen
    assert (f"below:{cast.TECH}", "unit-work", cast.PARKS) in seen
    assert not any(str(cast.LEGAL) in room.split(":")[1:] for room, *_rest in seen)
    assert all(version is None for *_rest, version in hints)


def test_a_named_item_is_hinted_to_its_people_alone(app, cast, actor_of, tell, hints):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, reach="named")
        tell()
    assert {room for room, kind, id_, _v in hints if kind == "work-item" and id_ == item} == {f"self:{cast.Eleni}"}


def test_what_happens_to_a_named_item_is_hinted_to_nobody_else_not_even_to_the_unit_that_asks(
    app, cast, actor_of, tell, hints, api_of
):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, reach="named")
        ask(actor_of("Eleni"), item, Ask(of=cast.Maria, what="Between us"))
        say(actor_of("Eleni"), Owner("work-item", item), Say(text="Quietly.", nonce="n1"))
        tell()
    assert {"work-item", "unit-work", "my-day", "message"} <= {kind for _room, kind, _id, _v in hints}
    allowed = {f"self:{cast.Eleni}", f"self:{cast.Maria}"}
    assert {room for room, *_rest in hints} <= allowed


def test_a_substitute_sits_in_the_room_of_the_absent_one_but_not_in_the_one_that_is_theirs_alone(
    app, cast, actor_of, client_of, at
):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    day = "2026-11-23"
    absent = {"first_day": day, "last_day": day, "substitute_id": str(cast.Katerina)}
    assert client_of("Eleni").post(f"/people/{cast.Eleni}/absences", data=absent).status_code == 303
    with app.app_context():
        rooms = set(actor_of("Katerina").rooms)
    assert {f"person:{cast.Eleni}", f"self:{cast.Katerina}"} <= rooms
    assert f"self:{cast.Eleni}" not in rooms


def test_a_file_that_is_taken_off_a_message_is_hinted_to_whoever_reads_it(app, cast, actor_of, api_of, tell, hints):
    """Its card stands in other talks too, below what names its address."""
    eleni = api_of("Eleni")
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    file = sent(eleni, "/api/v1/files", b"a map", "map.txt").json["items"][0]["id"]
    with app.app_context():
        message = say(actor_of("Eleni"), Owner("work-item", item), Say(text="A map", nonce="m", files=[file]))["id"]
    tell()
    hints.clear()
    assert eleni.delete(f"/api/v1/files/{file}").status_code == 204
    tell()
    seen = {(room, kind, id_) for room, kind, id_, _version in hints}
    assert {(f"unit:{cast.PARKS}", "work-item-talk", item), (f"unit:{cast.PARKS}", "message", message)} <= seen
    assert not any(str(cast.LEGAL) in room.split(":")[1:] for room, *_rest in seen)


def test_the_hint_that_ones_day_changed_does_not_say_by_which_item(app, cast, actor_of, tell, hints):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        ask(actor_of("Eleni"), item, Ask(of=cast.LEGAL, what="May we?"))
        tell()
    told = {(room, id_) for room, kind, id_, _v in hints if kind == "my-day"}
    assert (f"unit:{cast.LEGAL}", "mine") in told
    assert {id_ for _room, id_ in told} == {"mine"}


@pytest.mark.parametrize(
    "closing", [lambda who, it: complete(who, it, Complete()), lambda who, it: cancel(who, it, Cancel(reason="no"))]
)
def test_what_waited_for_the_end_of_an_item_ends_with_it(app, cast, actor_of, tell, closing):
    with app.app_context():
        eleni = actor_of("Eleni")
        first, second = make(eleni, cast.PARKS, cast.Eleni), make(eleni, cast.PARKS, cast.Eleni)
        ask(eleni, first, Ask(item=second, what="when that is done", stops_clock=True))
        assert find_item(eleni, first).state_kind == "waiting"
        closing(eleni, second)
        tell()
        db.session.remove()
        found = find_item(eleni, first)
    assert found.state_kind == "active"
    assert [wait.ended_how for wait in found.waits if wait.sense == "answer"] == ["answered"]


def test_who_is_called_in_the_talk_of_an_item_takes_part_and_sees_it(app, cast, actor_of):
    with app.app_context():
        eleni, leila = actor_of("Eleni"), actor_of("Leila")
        item = make(eleni, cast.PARKS, cast.Eleni)
        secret = make(eleni, cast.PARKS, cast.Eleni, reach="named")
        for each in (item, secret):
            say(eleni, Owner("work-item", each), Say(text=f"Look, {written('Leila', cast.Leila)}", nonce="n1"))
        assert find_item(leila, item).id == item
        with pytest.raises(Exception, match="nothing here"):
            find_item(leila, secret)
