"""The line between the processes: on a Unix socket and on TCP; it waits for nobody long and seats by who asked last."""

import json
import socket
from types import SimpleNamespace

import pytest
import redis

from collab.core import realtime
from collab.web.sockets import Seats, _ask_again, _watch, broker_options


@pytest.mark.parametrize("url", ["unix:///tmp/redis.sock?db=0", "redis://localhost:6379/0"])
def test_a_connection_can_be_made_with_its_options(url):
    pool = redis.Redis.from_url(url, **broker_options(url)).connection_pool
    assert pool.make_connection() is not None


def test_a_broker_that_is_frozen_costs_one_wait_however_much_is_to_be_said(monkeypatch):
    """As one does that was stopped: it takes the connection and answers nothing."""
    monkeypatch.setattr(realtime, "WAIT", 0.2)
    tries = []
    with socket.create_server(("127.0.0.1", 0)) as frozen:
        voice = realtime.Voice(f"redis://127.0.0.1:{frozen.getsockname()[1]}/0", write_only=True)
        publish = voice._line.publish
        monkeypatch.setattr(voice._line, "publish", lambda *said: (tries.append(said), publish(*said)))
        for person in range(300):
            voice.emit(realtime.RESEAT, {"person": person}, room=[realtime.RESEAT], namespace="/")
    assert len(tries) == 1


def test_a_line_of_before_a_restart_is_made_anew_for_the_same_word(servers, monkeypatch):
    voice = realtime.Voice(servers.redis_url, write_only=True)
    heard = redis.Redis.from_url(servers.redis_url).pubsub()
    heard.subscribe(realtime.CHANNEL)
    assert heard.get_message(timeout=10)["type"] == "subscribe"
    voice.emit("hint", {"id": 1}, room=["all"], namespace="/")
    publish, broken = voice._line.publish, iter([True])

    def after_a_restart(*said):
        if next(broken, False):
            raise redis.ConnectionError("Connection closed by server.")
        return publish(*said)

    monkeypatch.setattr(voice._line, "publish", after_a_restart)
    voice.emit("hint", {"id": 2}, room=["all"], namespace="/")
    said = [json.loads(heard.get_message(timeout=10)["data"])["data"][0]["id"] for _each in range(2)]
    assert said == [1, 2]


def test_what_a_broker_did_not_take_is_made_up_for_as_soon_as_it_takes_something(servers, monkeypatch):
    voice = realtime.Voice(servers.redis_url, write_only=True)
    heard = redis.Redis.from_url(servers.redis_url).pubsub()
    heard.subscribe(realtime.CHANNEL)
    assert heard.get_message(timeout=10)["type"] == "subscribe"
    monkeypatch.setattr(realtime, "_voice", voice)
    publish = voice._line.publish

    def frozen(*_said):
        raise redis.TimeoutError("Timeout reading from socket")

    monkeypatch.setattr(voice._line, "publish", frozen)
    for _each in range(2):
        voice.emit("hint", {"id": 1}, room=["all"], namespace="/")
    monkeypatch.setattr(voice._line, "publish", publish)
    realtime.say_what_was_lost()
    assert heard.get_message(timeout=0.2) is None, "it is left alone for a while"
    voice._rest.end()
    for _each in range(2):
        realtime.say_what_was_lost()
    voice.emit("hint", {"id": 2}, room=["all"], namespace="/")
    told = [json.loads(heard.get_message(timeout=10)["data"]) for _each in range(2)]
    assert [each["event"] for each in told] == ["missed", "hint"]
    assert "room" not in told[0], "it is for everybody"


class Rooms:
    """What a socket server was told about who sits where."""

    def __init__(self):
        self.server, self.sat = self, set()

    def enter_room(self, sid, room):
        self.sat.add((sid, room))

    def leave_room(self, sid, room):
        self.sat.discard((sid, room))


def test_a_process_with_open_pages_makes_up_for_its_own_lost_hints_without_another_one(app, monkeypatch):
    seats, said = Seats(), []
    seats.by_sid["s"] = SimpleNamespace(rooms=set())
    seats.changed = SimpleNamespace(wait=lambda _seconds: False, clear=lambda: None)

    def says() -> None:
        """What goes wrong once does not end the round that unseats."""
        said.append(len(asked))
        if len(said) == 1:
            raise OSError
        seats.by_sid.clear()

    asked: list[int] = []
    monkeypatch.setattr(realtime, "say_what_was_lost", says)
    monkeypatch.setattr(seats.people, "look", lambda _seated: None)
    _watch(app, SimpleNamespace(sleep=lambda _seconds: None), seats, lambda seated: asked.append(1) or seated)
    assert said == [1, 2], "rights are asked about first"


def test_whoever_asked_later_knows_better_whoever_comes_back_first(app):
    """The round asks, then rights end, then the word of it asks and is answered, and only then the round is."""
    rooms, seats = Rooms(), Seats()
    before, after = SimpleNamespace(rooms={"unit:1", "self:5"}), SimpleNamespace(rooms={"self:5"})
    seats.by_sid["s"] = before
    for room in before.rooms:
        rooms.enter_room("s", room)

    def round_asks(_seated):
        _ask_again(app, rooms, seats, lambda _: [after], dict(seats.by_sid))
        return [before]

    _ask_again(app, rooms, seats, round_asks, dict(seats.by_sid))
    assert rooms.sat == {("s", "self:5")}
    _ask_again(app, rooms, seats, lambda _: [before], dict(seats.by_sid))
    assert rooms.sat == {("s", "self:5"), ("s", "unit:1")}, "what is asked after that counts"
