"""A ballot that is being cast when the vote closes: the close waits for it, and it counts."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import text

from collab.core.db import db
from collab.decisions.commands import casting
from collab.decisions.sweeps import sweep_votes

from .voting import CLOSES, NOW, ballot, opened

LONGEST = 60
"""Seconds; only a test that fails waits so long."""


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def somebody_waits_for_a_lock(app):
    with app.app_context():
        waiting = text("select exists (select from pg_stat_activity where datname = current_database() "
                       "and wait_event_type = 'Lock')")  # fmt: skip
        found = db.session.scalar(waiting)
        db.session.remove()
    return found


def test_a_ballot_of_before_the_close_counts_though_the_close_comes_while_it_is_cast(
    app, cast, api_of, at, monkeypatch
):
    made = opened(api_of("Nikos"), cast.PARKS)
    casting_now, may_go_on, closed, answers = Event(), Event(), Event(), []
    real = casting.choice_of

    def held(*given):
        """The ballot stands here: allowed, and not yet written."""
        casting_now.set()
        may_go_on.wait(LONGEST)
        return real(*given)

    def close():
        with app.app_context():
            sweep_votes()
            db.session.remove()
        closed.set()

    monkeypatch.setattr(casting, "choice_of", held)
    at(CLOSES - timedelta(milliseconds=1))
    client = api_of("Eleni")
    voter = Thread(target=lambda: answers.append(client.put(ballot(made), json={"vote": "yes"}).status_code))
    voter.start()
    assert casting_now.wait(LONGEST)
    at(CLOSES)
    closer = Thread(target=close)
    closer.start()
    for _look in range(LONGEST * 50):
        if closed.wait(0.02) or somebody_waits_for_a_lock(app):
            break
    may_go_on.set()
    voter.join(LONGEST)
    closer.join(LONGEST)
    counted = api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (answers, counted["stage"], counted["result"]["cast"]) == ([200], "closed", 1)
