"""An open page of a decision turns to the next stage by itself, and nothing that somebody fills in is lost by it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from collab.core import clock
from collab.decisions.commands import cancel_decision, cast_ballot, create_decision, open_vote
from collab.decisions.forms import CastBallot, EndVote, NewDecision


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
    eleni, petros = (visitor(name).signs_in().speaks("en").opens(address) for name in ("Eleni", "Petros"))
    eleni.marks_the_page()
    petros.marks_the_page()
    expect(eleni.page.get_by_role("button", name="Replace my vote")).to_be_visible()
    petros.page.locator(".ballot-choice:has([value=yes])").click()
    visitor("Nikos").signs_in().opens(address).page.locator("#close-now button").click()
    for each in (eleni, petros):
        expect(each.page.locator("#vote-closed")).to_contain_text("The vote is closed.")
        expect(each.page.locator("#decision-head .state")).to_contain_text("closed")
        assert each.page_was_never_reloaded
    expect(eleni.page.get_by_role("button", name="Replace my vote")).to_have_count(0)
    expect(eleni.page.get_by_role("link", name="See the result")).to_be_visible()
    expect(petros.page.locator("[name=vote][value=yes]")).to_be_checked()


def test_the_opening_and_the_end_of_a_vote_come_to_an_open_page(visitor, acting, drafted):
    eleni = visitor("Eleni").signs_in().speaks("en").opens(f"/decisions/{drafted['reference']}?tab=vote")
    eleni.marks_the_page()
    expect(eleni.page.locator("#main")).to_contain_text("The vote is not open yet")
    acting(open_vote, "Nikos", drafted["id"])
    expect(eleni.page.get_by_role("button", name="Cast my vote")).to_be_visible()
    acting(cancel_decision, "Nikos", drafted["id"], EndVote(reason="Asked too early."))
    expect(eleni.page.locator("#main")).to_contain_text("Asked too early.")
    expect(eleni.page.get_by_role("button", name="Cast my vote")).to_have_count(0)
    assert eleni.page_was_never_reloaded
