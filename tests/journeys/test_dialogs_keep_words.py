"""What somebody wrote in a dialog goes with it only when they say so, by whichever way they leave."""

import pytest
from playwright.sync_api import expect

ASKED = "Close this without keeping what you typed?"


@pytest.fixture
def writing(visitor, cast):
    """Eleni in the middle of a note to another department."""
    page = visitor("Eleni").signs_in().speaks("en").page
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    page.goto(page.request.post("/tasks", form=made).url)
    page.evaluate("asked = []; yes = false; confirm = (said) => (asked.push(said), yes); null")
    page.locator("#acts [data-key=h]").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return page, dialog


LEAVING = {
    "the cross": lambda page, dialog: dialog.locator(".dialog-head [data-close]").click(),
    "Back": lambda page, dialog: dialog.get_by_role("button", name="Back").click(),
    "Escape": lambda page, dialog: page.keyboard.press("Escape"),
    "the step back": lambda page, dialog: page.evaluate("history.back()"),
}


@pytest.mark.parametrize("way", LEAVING)
def test_written_words_are_asked_about_each_time_and_stay_until_they_are_given_up(writing, way):
    page, dialog = writing
    dialog.locator("textarea").press_sequentially("The keys are with the porter")
    for times in range(1, 5):
        LEAVING[way](page, dialog)
        page.wait_for_timeout(600)
        assert page.evaluate("asked") == [ASKED] * times
        expect(dialog.locator("textarea")).to_have_value("The keys are with the porter")
    page.evaluate("yes = true")
    LEAVING[way](page, dialog)
    expect(dialog).to_have_count(0)
    assert page.evaluate("asked") == [ASKED] * 5
    expect(page.locator("h1")).to_contain_text("Repair the bench")


@pytest.mark.parametrize("way", LEAVING)
def test_where_nothing_was_written_nothing_is_asked(writing, way):
    page, dialog = writing
    LEAVING[way](page, dialog)
    expect(dialog).to_have_count(0)
    assert page.evaluate("asked") == []
    expect(page.locator("h1")).to_contain_text("Repair the bench")
