"""A house that nobody has founded yet: what time sets off finds nothing, and says nothing."""

import pytest
from flask import Flask
from sqlalchemy import text

from collab.core.db import db, writing
from collab.core.sweeps import SWEEPS
from collab.people.models import Organisation


@pytest.fixture
def unfounded(app: Flask) -> Flask:
    with app.app_context(), writing() as session:
        session.execute(text("set local session_replication_role = replica"))  # the ledger keeps what it holds
        session.execute(text("truncate organisation, party cascade"))
    return app


def test_whatever_time_sets_off_is_calm_before_there_is_an_organisation(unfounded: Flask) -> None:
    with unfounded.app_context():
        assert db.session.get(Organisation, 1) is None
        db.session.rollback()
    assert len(SWEEPS) > 20
    for sweep in SWEEPS:
        with unfounded.app_context():
            sweep.run()
