"""An open page of a decision turns to the next stage by itself, and nothing that somebody fills in is lost by it."""

from datetime import timedelta
from statistics import median

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from collab.core import clock
from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.decisions.commands import cancel_decision, cast_ballot, create_decision, open_vote
from collab.decisions.forms import CastBallot, EndVote, NewDecision
from collab.decisions.models import Decision
from tests.machine.copies import soon


@pytest.fixture
def drafted(acting, cast):
    form = {
        "title": "Plane trees?", "unit": cast.PARKS, "electorate": {"people": [cast.Eleni, cast.Petros]},
        "closes_on": (clock.now() + timedelta(days=2)).date(),
    }  # fmt: skip
    return acting(create_decision, "Nikos", NewDecision.model_validate(form))


def test_the_close_comes_to_whoever_voted_and_to_whoever_fills_in_a_ballot(visitor, acting, drafted):
    acting(open_vote, "Nikos", drafted["id"])
    for name in ("Eleni", "Petros"):
        acting(cast_ballot, name, drafted["id"], CastBallot(vote="no"))
    address = f"/decisions/{drafted['reference']}?tab=vote"
    eleni, petros = (visitor(name).comes_to(address, "en") for name in ("Eleni", "Petros"))
    eleni.marks_the_page()
    petros.marks_the_page()
    expect(eleni.page.get_by_role("button", name="Replace my vote")).to_be_visible()
    petros.page.locator(".ballot-choice:has([value=yes])").click()
    visitor("Nikos").comes_to(address).page.locator("#close-now button").click()
    for each in (eleni, petros):
        expect(each.page.locator("#vote-closed")).to_contain_text("The vote is closed.")
        expect(each.page.locator("#decision-head .state")).to_contain_text("closed")
        assert each.page_was_never_reloaded
    expect(eleni.page.get_by_role("button", name="Replace my vote")).to_have_count(0)
    expect(eleni.page.get_by_role("link", name="See the result")).to_be_visible()
    expect(petros.page.locator("[name=vote][value=yes]")).to_be_checked()


def test_the_opening_and_the_end_of_a_vote_come_to_an_open_page(visitor, acting, drafted):
    eleni = visitor("Eleni").comes_to(f"/decisions/{drafted['reference']}?tab=vote", "en")
    eleni.marks_the_page()
    expect(eleni.page.locator("#main")).to_contain_text("The vote is not open yet")
    acting(open_vote, "Nikos", drafted["id"])
    expect(eleni.page.get_by_role("button", name="Cast my vote")).to_be_visible()
    acting(cancel_decision, "Nikos", drafted["id"], EndVote(reason="Asked too early."))
    expect(eleni.page.locator("#main")).to_contain_text("Asked too early.")
    expect(eleni.page.get_by_role("button", name="Cast my vote")).to_have_count(0)
    assert eleni.page_was_never_reloaded


def test_the_teller_closes_votes_by_itself_within_the_second_of_their_time(acting, cast):
    closes = (clock.now() + timedelta(days=2)).date()
    form = {"title": "Elms?", "unit": cast.PARKS, "closes_on": closes}
    votes = [acting(create_decision, "Nikos", NewDecision.model_validate(form))["id"] for _each in range(5)]
    for vote in votes:
        acting(open_vote, "Nikos", vote)

    def end_soon(_actor):
        """One after the other, each at another part of a second."""
        with writing() as session:
            for number, vote in enumerate(votes):
                at = clock.now() + timedelta(seconds=2 + 1.3 * number)
                session.execute(update(Decision).where(Decision.item_id == vote).values(closes_at=at))

    def late(_actor):
        """After its time by so many seconds each was closed, as the ledger has it."""
        query = (
            select(FactRow.at, Decision.closes_at, Decision.closed_at)
            .join(Decision, Decision.item_id == FactRow.subject_id)
            .where(FactRow.kind == "vote-closed", Decision.item_id.in_(votes))
        )
        rows = db.session.execute(query).all()
        assert all(row.closed_at == row.closes_at for row in rows), "it was closed at its time, whenever that is told"
        return [(row.at - row.closes_at).total_seconds() for row in rows]

    acting(end_soon, "Nikos")
    assert soon(lambda: len(acting(late, "Nikos")) == len(votes), 30)
    seconds = acting(late, "Nikos")
    assert min(seconds) >= 0, seconds
    assert median(seconds) <= 1.5, seconds
