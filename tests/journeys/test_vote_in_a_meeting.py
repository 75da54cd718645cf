"""A vote begun at a point stands on everybody's running page, with its turnout, without a reload."""

import pytest
from playwright.sync_api import expect

from collab.decisions.commands import cast_ballot
from collab.decisions.forms import CastBallot
from collab.decisions.queries import find_decision
from collab.flows.meetings.commands import add_point, note_attendance, plan_meeting, start_meeting
from collab.flows.meetings.forms import Attendance, NewMeeting, PointForm


@pytest.fixture
def meeting(acting, cast):
    """A meeting of PARKS under way with one point; Nikos and Eleni are there."""
    form = NewMeeting(title="Spring", unit=cast.PARKS, on="2099-01-01", people=[cast.Eleni])
    made = acting(plan_meeting, "Nikos", form)
    acting(add_point, "Nikos", made["id"], PointForm(title="Shall we plant limes?"))
    acting(start_meeting, "Nikos", made["id"])
    for person in (cast.Nikos, cast.Eleni):
        acting(note_attendance, "Nikos", made["id"], person, Attendance(presence="present"))
    return made["reference"]


def test_the_vote_comes_to_the_page_of_whoever_is_there(visitor, acting, meeting):
    eleni, nikos = visitor("Eleni").comes_to("/", "en"), visitor("Nikos", width=390).comes_to("/", "en")
    eleni.opens(f"/meetings/{meeting}")
    nikos.opens(f"/meetings/{meeting}")
    expect(eleni.page.get_by_role("link", name="Vote on this")).to_have_count(0)
    nikos.page.get_by_role("link", name="Vote on this").click()
    expect(nikos.page.get_by_label("What is to be decided?")).to_have_value("Shall we plant limes?")
    expect(nikos.page.get_by_role("textbox", name="Options")).to_have_count(0)
    nikos.page.get_by_role("button", name="Open the vote").click()
    expect(nikos.page.locator("#agenda")).to_contain_text("0 of 2 voted")
    line = eleni.page.locator("#agenda .callout")
    expect(line).to_contain_text("0 of 2 voted")
    vote = line.get_by_role("link", name="Shall we plant limes?").get_attribute("href").rsplit("/", 1)[-1]
    found = acting(find_decision, "Nikos", vote)
    acting(cast_ballot, "Nikos", found.id, CastBallot(vote="yes"))
    expect(line).to_contain_text("1 of 2 voted")
    line.get_by_role("link", name="Vote now").click()
    expect(eleni.page.get_by_role("radiogroup", name="Your vote")).to_be_visible()


def test_hands_are_shown_in_the_room_and_their_numbers_come_to_every_page(visitor, meeting):
    eleni, nikos = visitor("Eleni").comes_to("/", "en"), visitor("Nikos", width=390).comes_to("/", "en")
    eleni.opens(f"/meetings/{meeting}")
    nikos.opens(f"/meetings/{meeting}")
    nikos.page.get_by_role("link", name="Vote on this").click()
    nikos.page.get_by_label("By show of hands: the numbers are typed in").check()
    nikos.page.get_by_role("button", name="Open the vote").click()
    line = eleni.page.locator("#agenda .callout")
    expect(line).to_contain_text("by show of hands")
    expect(line.get_by_role("link", name="Vote now")).to_have_count(0)
    nikos.page.get_by_role("link", name="Type in the numbers").click()
    for label, number in (("Yes", "2"), ("No", "1"), ("Abstentions", "0")):
        nikos.page.get_by_label(label, exact=True).fill(number)
    nikos.page.get_by_role("button", name="Type in and close the vote").click()
    expect(nikos.page.get_by_label("Yes", exact=True)).to_have_attribute("aria-invalid", "true")
    nikos.page.get_by_label("No", exact=True).fill("0")
    nikos.page.get_by_role("button", name="Type in and close the vote").click()
    expect(nikos.page.locator(".result-said")).to_contain_text("By show of hands: 2 yes, 0 no, 0 abstentions")
    expect(line).to_contain_text("It passes: 2 yes, 0 no.")
