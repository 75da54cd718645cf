"""The key of a confidential vote goes when its close is committed, and at no other moment."""

import os
import time
from threading import Thread

import pytest

from collab.core.db import db
from collab.decisions.commands import closing, opening
from collab.decisions.models import Decision
from collab.decisions.sweeps import sweep_keys, sweep_votes
from collab.people.throttling import sweep as another_command

from .test_ballot_keys import apart, confidential, files, morning  # noqa: F401
from .voting import CLOSES, ballot, drafted


def fails(*_given, **_named):
    raise RuntimeError("the database went away")


def test_a_close_that_fails_leaves_the_key_for_the_next_one(app, cast, api_of, at, apart, monkeypatch):  # noqa: F811
    made = confidential(cast, api_of)
    for name in ("Eleni", "Maria", "Petros"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    at(CLOSES)
    with app.app_context():
        with monkeypatch.context() as now:
            now.setattr(closing, "count_again", fails)
            sweep_votes()
        another_command()  # what the same process commits next is no word on this vote
        assert len(files(apart[1])) == 1
        sweep_votes()
        assert db.session.get_one(Decision, made["id"]).result["winners"] == ["yes"]
        db.session.remove()
    assert files(apart[1]) == []


def test_a_key_stays_while_its_vote_is_being_opened(app, cast, api_of, apart, monkeypatch):  # noqa: F811
    written = opening._write_roll

    def swept():
        with app.app_context():
            sweep_keys()
            db.session.remove()

    def meanwhile(*given):
        other = Thread(target=swept)
        other.start()
        other.join()
        return written(*given)

    monkeypatch.setattr(opening, "_write_roll", meanwhile)
    confidential(cast, api_of)
    assert len(files(apart[1])) == 1


@pytest.mark.parametrize("hours", [0, 2])
def test_the_key_of_an_opening_that_did_not_come_about_goes_later(app, cast, api_of, apart, monkeypatch, hours):  # noqa: F811
    electorate = {"unit": cast.PARKS, "people": [cast.ROADS]}
    made = drafted(api_of("Nikos"), cast.PARKS, level="confidential", electorate=electorate)
    monkeypatch.setattr(opening, "_write_roll", fails)
    assert api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/opening").status_code == 500
    (key,) = apart[1].iterdir()
    then = time.time() - hours * 3600 - 60
    os.utime(key, (then, then))
    with app.app_context():
        sweep_keys()
        db.session.remove()
    assert key.exists() == (hours == 0)
