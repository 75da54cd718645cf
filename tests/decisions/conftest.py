"""What tests of votes share."""

import pytest

from collab.core import realtime
from collab.core.db import db
from collab.decisions.sweeps import sweep_votes

from .voting import CLOSES


@pytest.fixture
def close(app, at):
    """Let the time of every vote come."""

    def run():
        at(CLOSES)
        with app.app_context():
            sweep_votes()
            db.session.remove()

    return run


@pytest.fixture
def closed(close, api_of):
    """The result of a vote whose time has come."""

    def run(made):
        close()
        return api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]

    return run


@pytest.fixture
def hinted(monkeypatch):
    """The kinds of what was said down the line."""
    kinds = []

    class Voice:
        def emit(self, event, data, room, namespace):
            kinds.append(data.get("kind", event))

    monkeypatch.setattr(realtime, "_voice", Voice())
    return kinds
