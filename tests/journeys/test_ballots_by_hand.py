"""Ballots filled in without a mouse: by keys alone with what a screen reader hears, and by touch on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from collab.core import clock
from collab.decisions.commands import cast_ballot, create_decision, open_vote
from collab.decisions.forms import CastBallot, NewDecision

TREES = ("Plane trees", "Lime trees", "Elm trees")


@pytest.fixture
def votes(acting, cast):
    """An open vote of each kind: how it is decided → its reference."""
    made = {}
    for preset in ("rank", "approve", "score", "simple"):
        form = {"title": f"Which trees, by {preset}?", "unit": cast.PARKS, "preset": preset}
        if preset != "simple":
            form["options"] = [{"title": title} for title in TREES]
        closes = (clock.now() + timedelta(days=2)).date()
        one = acting(create_decision, "Eleni", NewDecision.model_validate(form | {"closes_on": closes}))
        acting(open_vote, "Nikos", one["id"])
        made[preset] = one["reference"]
    return made


def test_every_ballot_is_cast_by_keys_alone_and_says_what_happens(visitor, votes):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.page

    def ballot(preset):
        eleni.opens(f"/decisions/{votes[preset]}?tab=vote")
        return page.get_by_role("region", name="Your vote", exact=True)

    def is_in():
        expect(page.locator("#main")).to_contain_text("The vote is in, cast")

    mine = ballot("rank")
    said = page.locator("[data-ranks-said]")
    expect(said).to_have_attribute("aria-live", "polite")
    mine.get_by_role("button", name="Choose next: Lime trees").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Lime trees: rank 1")
    expect(mine.get_by_role("button", name="Move up: Lime trees")).to_be_focused()
    mine.get_by_role("button", name="Choose next: Plane trees").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Plane trees: rank 2")
    up = mine.get_by_role("button", name="Move up: Plane trees")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Plane trees: rank 1")
    expect(up).to_be_focused()
    expect(mine.get_by_role("listitem").first).to_contain_text("Plane trees")
    mine.get_by_role("button", name="Choose next: Elm trees").focus()
    page.keyboard.press("Space")
    expect(mine.get_by_role("button", name="Move up: Elm trees")).to_be_focused()
    mine.get_by_role("button", name="Take out: Elm trees").focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("Elm trees: no rank")
    expect(mine.get_by_role("button", name="Choose next: Elm trees")).to_be_focused()
    mine.get_by_role("button", name="Cast my vote").focus()
    page.keyboard.press("Enter")
    is_in()
    for tree, rank in zip(TREES, ("1", "2", ""), strict=True):
        expect(page.get_by_role("textbox", name=f"Rank of {tree}")).to_have_value(rank)

    mine = ballot("approve")
    ticks = mine.get_by_role("group", name="Your vote")
    for tree in TREES[:2]:
        ticks.get_by_role("checkbox", name=tree).focus()
        page.keyboard.press("Space")
    mine.get_by_role("button", name="Cast my vote").focus()
    page.keyboard.press("Enter")
    is_in()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)

    mine = ballot("score")
    points = mine.get_by_role("textbox", name="Points for Plane trees")
    expect(points).to_have_accessible_description("From 0 to 10 points for each option; the same may be given twice. "
                                                  "What is left empty gets none.")  # fmt: skip
    points.focus()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    is_in()
    expect(page.get_by_role("textbox", name="Points for Plane trees")).to_have_value("7")

    mine = ballot("simple")
    choice = mine.get_by_role("radiogroup", name="Your vote")
    choice.get_by_role("radio", name="Yes").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(choice.get_by_role("radio", name="No")).to_be_checked()
    mine.get_by_role("button", name="Cast my vote").focus()
    page.keyboard.press("Enter")
    is_in()
    expect(page.get_by_role("radio", name="No")).to_be_checked()


def test_every_ballot_is_cast_by_touch_on_a_phone_from_right_to_left(visitor, votes):
    giorgos = visitor("Giorgos", width=390, touch=True).comes_to("/", "fa")
    page = giorgos.page

    def cast(preset, *marks):
        giorgos.opens(f"/decisions/{votes[preset]}?tab=vote")
        for mark in marks:
            found = page.locator(mark)
            size = found.bounding_box() or {"width": 0, "height": 0}
            assert min(size["width"], size["height"]) >= 24, (mark, size)
            found.tap()
        page.locator(".ballot .button-primary").tap()
        expect(page.locator(".ballot .callout-good")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut"

    def line(place):
        return f'.ballot-rank:has-text("{TREES[place]}")'

    cast("rank", f"{line(1)} [data-rank-add]", f"{line(0)} [data-rank-add]", f"{line(0)} [data-rank-up]")
    expect(page.locator(f"{line(0)} input")).to_have_value("۱")
    expect(page.locator(f"{line(1)} input")).to_have_value("۲")
    cast("approve", f'.ballot-choice:has-text("{TREES[2]}")')
    expect(page.locator(f'.ballot-choice:has-text("{TREES[2]}") input')).to_be_checked()
    giorgos.opens(f"/decisions/{votes['score']}?tab=vote")
    page.locator(f"{line(0)} input").tap()
    page.keyboard.insert_text("۸")
    page.locator(".ballot .button-primary").tap()
    expect(page.locator(f"{line(0)} input")).to_have_value("۸")
    cast("simple", ".ballot-choice:has([value=yes])")
    expect(page.locator("[name=vote][value=yes]")).to_be_checked()


def test_one_of_two_hundred_is_found_by_a_word_and_ranked(visitor, acting, cast):
    options = [{"title": f"Square {number}"} for number in range(199)] + [{"title": "Πλατεία Ελιάς"}]
    closes = (clock.now() + timedelta(days=2)).date()
    form = {"title": "Which square?", "unit": cast.PARKS, "preset": "rank", "options": options, "closes_on": closes}
    one = acting(create_decision, "Eleni", NewDecision.model_validate(form))
    acting(open_vote, "Nikos", one["id"])
    eleni = visitor("Eleni").comes_to("/", "en")
    eleni.opens(f"/decisions/{one['reference']}?tab=vote")
    page = eleni.page
    field = page.get_by_role("searchbox", name="Find an option by a word")
    field.fill("ελιας")
    expect(page.get_by_text("Options found: 1")).to_be_visible()
    expect(page.locator("[data-rank]:visible")).to_have_count(1)
    field.press("Enter")  # does not send the ballot
    page.get_by_role("button", name="Choose next: Πλατεία Ελιάς").click()
    field.fill("")
    expect(page.locator("[data-rank]:visible")).to_have_count(200)
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.locator("#main")).to_contain_text("The vote is in, cast")
    expect(page.get_by_role("textbox", name="Rank of Πλατεία Ελιάς")).to_have_value("1")


def test_dots_are_counted_while_one_spreads_them(visitor, acting, cast):
    form = {"title": "Which trees?", "unit": cast.PARKS, "preset": "dots", "dots": 5}
    form |= {"options": [{"title": title} for title in TREES], "closes_on": (clock.now() + timedelta(days=2)).date()}
    one = acting(create_decision, "Eleni", NewDecision.model_validate(form))
    acting(open_vote, "Nikos", one["id"])
    eleni = visitor("Eleni").comes_to("/", "en")
    eleni.opens(f"/decisions/{one['reference']}?tab=vote")
    page = eleni.page
    said = page.locator("[data-dots]")
    expect(said).to_have_text("Dots left: 5")
    page.get_by_role("textbox", name="Dots for Plane trees").fill("3")
    expect(said).to_have_text("Dots left: 2")
    page.get_by_role("textbox", name="Dots for Elm trees").fill("۴")
    expect(said).to_have_text("Dots too many: 2")
    expect(said).to_have_attribute("aria-live", "polite")
    page.get_by_role("textbox", name="Dots for Elm trees").fill("2")
    expect(said).to_have_text("Dots left: 0")
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.locator("#main")).to_contain_text("The vote is in, cast")
    expect(said).to_have_text("Dots left: 0")


def test_a_vote_closes_after_a_question_and_a_chair_who_chose_nothing_reads_so_once(visitor, acting, cast):
    form = {
        "title": "Plane trees?", "unit": cast.PARKS, "ties": "chair", "chair": cast.Nikos,
        "electorate": {"people": [cast.Eleni, cast.Petros]}, "closes_on": (clock.now() + timedelta(days=2)).date(),
    }  # fmt: skip
    made = acting(create_decision, "Eleni", NewDecision.model_validate(form))
    acting(open_vote, "Nikos", made["id"])
    for name, vote in (("Eleni", "yes"), ("Petros", "no")):
        acting(cast_ballot, name, made["id"], CastBallot.model_validate({"vote": vote}))
    page = visitor("Nikos").comes_to(f"/decisions/{made['reference']}?tab=vote", "en").page
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.locator("#close-now button").click()
    expect(page.locator("#close-now")).to_have_count(0)
    assert asked == ["Close the vote? From then on nobody votes or changes their vote."]
    page.goto(page.url.split("?")[0] + "?tab=result")
    group = page.locator(".ballot-choices")
    page.locator("form[action*='/tie'] .form-actions button").click()
    expect(page.locator("form[action*='/tie'] > .ballot-choices .field-error")).to_have_count(0)
    said = page.locator("form[action*='/tie'] > .field-error + .ballot-choices")
    expect(said).to_have_count(1)
    expect(page.locator("form[action*='/tie'] > .field-error")).to_have_count(1)
    group.get_by_role("radio").last.check()
    expect(page.locator("form[action*='/tie'] > .field-error")).to_have_count(0)
