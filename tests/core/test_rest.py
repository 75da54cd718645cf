"""A line to Redis that did not answer is left alone for a while, said once, and on its own account."""

import logging
from typing import Any

import pytest
import redis

from collab.core import rest, room
from collab.core.rest import Rest

log = logging.getLogger(__name__)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`now[0]`: what the clock of the process says."""
    moment = [100.0]
    monkeypatch.setattr(rest.time, "monotonic", lambda: moment[0])
    monkeypatch.setattr(room, "_said", {})
    monkeypatch.setattr(room, "_refusing", set())
    return moment


def test_it_rests_for_a_while_and_says_so_once(now: Any, caplog: pytest.LogCaptureFixture) -> None:
    line, other = Rest(log, "one", "It does not answer"), Rest(log, "two", "Nor does this")
    assert not line.on
    for _time in range(2):
        line.begin(redis.ConnectionError("gone"))
        assert (line.on, other.on) == (True, False)
        now[0] += 5.0
        assert not line.on
    assert caplog.messages == ["It does not answer (gone); it is tried again every 5 s."]
    line.end()
    line.begin(redis.ConnectionError("gone"))
    assert len(caplog.messages) == 2, "it had answered in between"


def test_one_without_room_is_said_to_have_none(now: Any, caplog: pytest.LogCaptureFixture) -> None:
    line = Rest(log, "one", "It does not answer")
    line.begin(redis.ResponseError("MISCONF no room"))
    assert line.on
    assert not room.left()
    assert [room.REDIS in said for said in caplog.messages] == [True]
    line.end()
    assert not line.on
