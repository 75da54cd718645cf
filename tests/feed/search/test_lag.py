"""What waits to be found waits since it was written, whatever time it tells of."""

from datetime import timedelta

import pytest

from collab.core import broker, clock
from collab.feed.search.lag import CAUGHT_UP


@pytest.fixture
def waits(app):
    """What `/readyz` says of search."""
    return lambda: app.test_client().get("/readyz").json


def test_a_fact_of_two_years_ago_waits_since_the_index_was_last_at_the_end(opened, indexed, waits):
    indexed()
    with clock.standing_at(clock.now() - timedelta(days=730)):
        opened("Nikos", "PARKS", "Brought from the old system")
    assert waits()["search_lag_seconds"] < 60
    assert waits()["search_well"] is True
    with clock.standing_at(clock.now() + timedelta(minutes=5)):
        assert waits()["search_lag_seconds"] >= 300
        assert waits()["search_well"] is False


def test_at_a_first_start_it_waits_since_the_first_question(opened, waits):
    broker.ask("delete", CAUGHT_UP)
    with clock.standing_at(clock.now() - timedelta(days=730)):
        opened("Nikos", "PARKS", "Of the sample")
    assert waits()["search_well"] is True
    with clock.standing_at(clock.now() + timedelta(minutes=5)):
        assert waits()["search_well"] is False
