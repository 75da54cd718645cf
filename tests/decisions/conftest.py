"""What tests of votes share."""

import pytest

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
