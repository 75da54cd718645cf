"""What cannot be done at its hour keeps no other vote waiting."""

from datetime import timedelta

import pytest

from collab.core.db import db
from collab.decisions import sweeps
from collab.decisions.sweeps import BATCH, sweep_votes

from .voting import CLOSES, NOW, ballot, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_votes_whose_keys_are_away_hold_up_no_other(app, cast, api_of, at, tmp_path):
    chairs = api_of("Nikos")
    who = {"unit": cast.PARKS, "people": [cast.ROADS]}
    stuck = [opened(chairs, cast.PARKS, level="confidential", electorate=who) for _each in range(BATCH)]
    for made in stuck:
        for name in ("Eleni", "Giorgos", "Maria"):
            assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    other = opened(chairs, cast.PARKS, closes_clock="16:01")
    assert api_of("Eleni").put(ballot(other), json={"vote": "yes"}).status_code == 200

    def stage(made):
        return chairs.get(f"/api/v1/decisions/{made['reference']}").get_json()["stage"]

    with app.app_context():
        there = app.config["BALLOT_KEYS_DIR"]
    app.config["BALLOT_KEYS_DIR"] = str(tmp_path / "away")
    try:
        for after in (timedelta(0), timedelta(minutes=1)):
            at(CLOSES + after)
            with app.app_context():
                sweep_votes()
                db.session.remove()
        assert (stage(other), {stage(made) for made in stuck}) == ("closed", {"open"})
    finally:
        app.config["BALLOT_KEYS_DIR"] = there
    with app.app_context():
        sweep_votes()
        db.session.remove()
    assert {stage(made) for made in stuck} == {"closed"}


def test_what_was_tried_longest_ago_comes_next_and_what_is_over_is_forgotten():
    tried = {}
    due = list(range(BATCH + 5))
    assert sweeps._in_turn(tried, due) == due[:BATCH]
    assert sweeps._in_turn(tried, due)[:5] == due[BATCH:]
    assert sweeps._in_turn(tried, due)[0] == 15
    assert sweeps._in_turn(tried, [3, 99]) == [99, 3]
    assert set(tried) == {3, 99}
