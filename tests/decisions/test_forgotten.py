"""A ballot that is taken back by standing aside, or given up with its vote, is gone."""

import pytest
from sqlalchemy import text

from collab.core.db import db

from .voting import NOW, ballot, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def kept(app):
    """What the roll of a vote keeps of ballots: what was voted, as the database holds it."""

    def run(made):
        query = "select choice from decision_roll where item_id = :item and choice is not null"
        with app.app_context():
            found = list(db.session.scalars(text(query), {"item": made["id"]}))
            db.session.remove()
        return found

    return run


def test_who_voted_and_then_stands_aside_has_no_ballot(cast, api_of, client_of, close, kept):
    made = opened(api_of("Nikos"), cast.PARKS, reach="all")
    for name in ("Eleni", "Giorgos"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    base = f"/api/v1/decisions/{made['reference']}"
    assert api_of("Eleni").put(f"{base}/recusal", json={"reason": "My street"}).status_code == 204
    assert kept(made) == [{"vote": "yes"}]
    close()
    named = api_of("Giorgos").get(f"{base}/ballots").get_json()["items"]
    assert [one["person"] for one in named] == [cast.Giorgos]
    for page in (f"/decisions/{made['reference']}?tab=result", f"/decisions/{made['reference']}/ballots"):
        assert client_of("Giorgos").get(page).status_code == 200, page


def test_ballots_of_an_open_vote_that_is_given_up_are_forgotten(cast, api_of, client_of, kept):
    made = opened(api_of("Nikos"), cast.PARKS, reach="all")
    for name, vote in (("Eleni", "yes"), ("Giorgos", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    base = f"/api/v1/decisions/{made['reference']}"
    assert api_of("Nikos").put(f"{base}/cancellation", json={"reason": "Too early"}).status_code == 200
    assert kept(made) == []
    assert api_of("Eleni").get(base).get_json()["mine"]["choice"] is None
    assert client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").status_code == 200
