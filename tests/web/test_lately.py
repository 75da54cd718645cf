"""What was told a moment ago is told again to a line that came late, to those alone to whom it was told, and where it
is not known in full, that is said."""

from types import SimpleNamespace

import pytest
import redis

from collab.core.realtime import MISSED
from collab.web.broadcasting import Broadcasting
from collab.web.lately import KEPT, MOST, MOST_AT_ONCE, MOST_ROOMS, SKEW, Lately

HINT = {"kind": "work-item", "id": 7, "version": None}


@pytest.fixture
def lately():
    made = Lately()
    made.begin(100)
    return made


def test_what_was_told_since_to_ones_own_rooms_comes_once_and_nothing_else(lately):
    lately.note("hint", [HINT], ["unit:1"], 110)
    lately.note("hint", [{**HINT, "id": 8}], ["unit:2"], 111)
    lately.note("hint", [HINT], ["self:5", "unit:1"], 112)
    lately.note("typing", [{"kind": "unit", "id": 1, "person": 5}], ["unit:1"], 112)
    assert [hint.data for hint in lately.since(105, ["unit:1", "self:5"])] == [HINT]
    assert lately.since(105, ["unit:3"]) == []
    assert lately.since(113, ["unit:1", "unit:2"]) == []


def test_of_what_was_said_only_that_its_talk_moved_on(lately):
    said = {"owner": {"kind": "unit", "id": 3}, "text": "Two trees are down", "author": {"name": "Nikos"}}
    lately.note("message", [said], ["unit:3"], 110)
    told = lately.since(109, ["unit:3"])
    assert [(hint.event, hint.data["kind"]) for hint in told] == [("hint", "unit-talk"), ("hint", "conversations")]
    assert "trees" not in str(told)
    lately.note("message", [{"text": "of no talk"}], ["unit:3"], 111)
    assert len(lately.since(109, ["unit:3"])) == 2


def test_what_is_not_known_in_full_is_said_to_be_so(lately):
    assert lately.since(99, ["unit:1"]) is None, "before it heard anything"
    lately.deaf()
    assert lately.since(120, ["unit:1"]) is None, "while nothing reaches it"
    lately.begin(130)
    assert (lately.since(125, ["unit:1"]), lately.since(135, ["unit:1"])) == (None, [])
    lately.note("hint", [HINT], ["unit:1"], 140)
    lately.note("hint", [HINT], ["unit:1"], 141 + KEPT)
    assert lately.since(139, ["unit:1"]) is None, "longer ago than it is kept"
    for number in range(MOST + 1):
        lately.note("hint", [{**HINT, "id": number}], ["unit:1"], 300 + number / 100)
    last = 300 + MOST / 100
    assert lately.since(300, ["unit:2"]) is None, "more than it keeps"
    assert lately.since(301, ["unit:2"]) == []
    assert lately.since(301, ["unit:1"]) is None, "more than one by one is worth"
    assert 0 < len(lately.since(last + SKEW - MOST_AT_ONCE / 100 + 0.015, ["unit:1"])) <= MOST_AT_ONCE


def test_what_is_told_to_a_whole_house_is_kept_only_as_long_as_there_is_room(lately):
    house = [f"unit:{number}" for number in range(MOST_ROOMS // 4)]
    for second in range(6):
        lately.note("hint", [{**HINT, "id": second}], house, 110 + second)
    assert lately.since(110.6, house[:1]) is None, "more than it keeps"
    assert sorted(hint.data["id"] for hint in lately.since(113.5, house[:1])) == [3, 4, 5]


def test_a_process_to_which_redis_would_not_listen_at_first_says_that_something_passed_it_by(monkeypatch):
    class Ear:
        tries = 0

        def pubsub(self):
            return self

        def subscribe(self, _channel):
            Ear.tries += 1
            if Ear.tries < 3:
                raise redis.ConnectionError

        def listen(self):
            yield {"type": "subscribe"}
            yield {"type": "message", "data": b"heard"}

    monkeypatch.setattr(redis.Redis, "from_url", lambda *_args, **_options: Ear())
    voice, told = Broadcasting("redis://nowhere"), []
    voice.server = SimpleNamespace(sleep=lambda _seconds: None)
    monkeypatch.setattr(voice, "_handle_emit", lambda message: told.append(message["event"]))
    assert next(voice._listen()) == b"heard"
    assert told == [MISSED]
