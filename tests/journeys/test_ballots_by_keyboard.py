"""Every kind of ballot is reached, filled in and cast with Tab, arrows, Space and Enter alone, and axe finds no barrier
on its page before or after."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from collab.core import clock
from collab.decisions.commands import create_decision, open_vote
from collab.decisions.forms import NewDecision

from .looking import barriers

TREES = ("Plane trees", "Lime trees", "Elm trees")
OPTIONS = [{"title": title, "cost": 40} for title in TREES]
UNPRICED = [{"title": title} for title in TREES]
FARTHEST = 90  # so many times Tab is pressed at most


class Keys:
    """The page of a vote, used with the keyboard from its beginning on."""

    def __init__(self, page):
        self.page = page

    def to(self, role, name):
        """On with Tab to where one wants to be; it shows that it is there."""
        self.on_to(self.page.locator("#main").get_by_role(role, name=name, exact=True))

    def on_to(self, target):
        for _pressed in range(FARTHEST):
            if target.count() == 1 and target.evaluate("each => each === document.activeElement"):
                assert target.evaluate("each => each.matches(':focus-visible')"), f"{target} does not show it"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, role, name, text):
        self.to(role, name)
        self.page.keyboard.type(text)


def yes_or_no(keys):
    keys.to("radio", "Yes")
    keys.press("Space", "ArrowRight")
    return [("radio", "No")]


def one(keys):
    keys.to("radio", TREES[0])
    keys.press("ArrowDown")
    return [("radio", TREES[1])]


def ticks(*titles):
    def fill(keys):
        for title in titles:
            keys.to("checkbox", title)
            keys.press("Space")
        return [("checkbox", title) for title in titles]

    return fill


def ranking(keys):
    keys.to("button", f"Choose next: {TREES[1]}")
    keys.press("Enter")
    keys.to("button", f"Choose next: {TREES[2]}")
    keys.press("Space")
    expect(keys.page.get_by_role("button", name=f"Move up: {TREES[2]}")).to_be_focused()
    keys.press("Enter")
    return [("textbox", f"Rank of {TREES[2]}", "1"), ("textbox", f"Rank of {TREES[1]}", "2")]


def numbers(word, *points):
    def fill(keys):
        filled = [("textbox", f"{word} {title}", said) for title, said in zip(TREES, points, strict=False)]
        for field in filled:
            keys.types(*field)
        return filled

    return fill


def sheet(keys):
    filled = [
        ("textbox", f"Score of {title} on {criterion}", str(number))
        for number, criterion in ((3, "Price"), (8, "Shade"))
        for title in TREES
    ]
    for field in filled:
        keys.types(*field)
    return filled


KINDS = {
    "simple": ({}, yes_or_no), "one": ({"options": UNPRICED}, one),
    "approve": ({"options": UNPRICED}, ticks(*TREES[:2])), "rank": ({"options": UNPRICED}, ranking),
    "score": ({"options": UNPRICED}, numbers("Points for", "7", "2")),
    "dots": ({"options": UNPRICED, "dots": 5}, numbers("Dots for", "3", "2")),
    "budget": ({"options": OPTIONS, "budget": 100}, ticks(re.compile(TREES[2]))),
    "criteria": ({"options": UNPRICED, "criteria": [{"name": "Price"}, {"name": "Shade"}]}, sheet),
}  # fmt: skip


@pytest.fixture
def vote(acting, cast):
    """An open vote of a kind; its address."""

    def begin(preset, **more):
        closes = (clock.now() + timedelta(days=2)).date()
        form = {"title": f"Which, by {preset}?", "unit": cast.PARKS, "preset": preset, "closes_on": closes} | more
        made = acting(create_decision, "Eleni", NewDecision.model_validate(form))
        acting(open_vote, "Nikos", made["id"])
        return f"/decisions/{made['reference']}?tab=vote"

    return begin


def test_every_kind_of_ballot_is_cast_by_keyboard_alone_without_barriers(visitor, vote):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.page
    for preset, (more, fill) in KINDS.items():
        eleni.opens(vote(preset, **more))
        assert barriers(page) == [], preset
        keys = Keys(page)
        filled = fill(keys)
        keys.to("button", "Cast my vote")
        keys.press("Enter")
        expect(page.locator("#main"), preset).to_contain_text("The vote is in, cast")
        assert barriers(page) == [], preset
        for role, name, *value in filled:
            field = page.locator("#main").get_by_role(role, name=name, exact=True)
            if value:
                expect(field).to_have_value(value[0])
            else:
                expect(field).to_be_checked()


def test_a_sealed_ballot_is_cast_and_replaced_by_keyboard_alone(visitor, vote, cast):
    people = [getattr(cast, name) for name in ("Eleni", "Nikos", "Giorgos", "Babis", "Maria")]
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.page
    eleni.opens(vote("one", options=UNPRICED, level="confidential", electorate={"people": people}))
    for act in ("Cast my vote", "Replace my vote"):
        assert barriers(page) == [], act
        keys = Keys(page)
        if act == "Replace my vote":
            expect(page.locator(".ballot form")).to_be_hidden()
            keys.on_to(page.locator(".ballot summary"))
            keys.press("Enter")
        one(keys)
        keys.to("button", act)
        keys.press("Enter")
        expect(page.locator("#main")).to_contain_text("The ballot is sealed; voting again replaces it.")
        expect(page.locator(".ballot form")).to_be_hidden()


def test_consent_is_given_and_an_objection_made_by_keyboard_alone(visitor, vote):
    address = vote("consent")
    for name, objects in (("Eleni", False), ("Giorgos", True)):
        somebody = visitor(name).comes_to("/", "en")
        page = somebody.opens(address).page
        assert barriers(page) == []
        keys = Keys(page)
        if not objects:
            keys.to("button", "I have no objection")
            keys.press("Enter")
            expect(page.locator("#main")).to_contain_text("You said that you have no objection.")
        else:
            keys.on_to(page.locator(".ballot summary"))
            keys.press("Enter")
            keys.types("textbox", "What harm would it do, and what would have to change?", "Too dark for the school")
            keys.to("button", "Object")
            keys.press("Enter")
            expect(page.locator("#main")).to_contain_text("You objected.")
            expect(page.locator("#main")).to_contain_text("Too dark for the school")
        assert barriers(page) == []
