"""What somebody wrote in a dialog goes with it only when they say so, by whichever way they leave."""

import pytest
from playwright.sync_api import expect

ASKED = "Close this without keeping what you typed?"


@pytest.fixture
def writing(visitor, cast):
    """Eleni in the middle of a note to another department."""
    page = visitor("Eleni").comes_to("/", "en").page
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


def test_words_deleted_again_are_none_and_words_refused_are_still_words(visitor):
    page = visitor("Eleni").comes_to("/", "en").page
    page.evaluate("asked = []; yes = false; confirm = (said) => (asked.push(said), yes); null")
    dialog, line = page.get_by_role("dialog"), page.locator("#quick-text")
    page.keyboard.press("c")
    line.press_sequentially("abc")
    for _letter in "abc":
        line.press("Backspace")
    page.wait_for_timeout(500)  # what the line says is asked a moment after the last letter
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert page.evaluate("asked") == []
    page.keyboard.press("c")
    line.fill("x" * 400)
    line.press("Enter")
    expect(line).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    expect(line).to_have_value("x" * 400)
    assert page.evaluate("asked") == [ASKED]


def test_half_a_line_of_quick_add_is_asked_about_before_the_page_is_left(visitor):
    page, asked = visitor("Eleni").comes_to("/", "en").page, []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.keyboard.press("c")
    with page.expect_response("**/quick-tasks/reading"):
        page.locator("#quick-text").press_sequentially("Half a line tomorrow")
    expect(page.locator("#quick-read")).not_to_be_empty()
    page.reload()
    assert asked == ["beforeunload"]


def test_quick_add_that_is_closed_while_somebody_writes_asks_nothing_and_the_browser_has_no_complaint(visitor):
    page, asked = visitor("Eleni").comes_to("/", "en").page, []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/reading") else None)
    page.keyboard.press("c")
    page.locator("#quick-text").press_sequentially("Half")
    page.evaluate("document.getElementById('dialog').close()")
    page.wait_for_timeout(600)
    expect(page.locator("#quick-read")).to_have_count(0)
    assert asked == []


@pytest.mark.parametrize("step", ["Pending item", "More fields…"])
def test_words_that_go_along_to_another_step_are_asked_about_there_too(visitor, step):
    page = visitor("Eleni").comes_to("/", "en").page
    page.evaluate("asked = []; yes = false; confirm = (said) => (asked.push(said), yes); null")
    page.keyboard.press("c")
    page.locator("#quick-text").fill("Repair the long fence")
    page.wait_for_timeout(500)
    page.get_by_role("dialog").get_by_role("button", name=step).click()
    title = page.locator("dialog [name=title]")
    expect(title).to_have_value("Repair the long fence")
    expect(title).to_be_focused()
    page.keyboard.type("s")
    expect(title).to_have_value("Repair the long fences")
    page.keyboard.press("Escape")
    assert page.evaluate("asked") == [ASKED]
    expect(title).to_have_value("Repair the long fences")


def test_a_link_that_fills_the_dialog_anew_asks_first(visitor):
    page = visitor("Eleni").comes_to("/", "en").page
    page.evaluate("asked = []; yes = false; confirm = (said) => (asked.push(said), yes); null")
    page.keyboard.press("c")
    page.locator("#quick-text").fill("Repair the long fence")
    page.get_by_role("dialog").get_by_role("link", name="From a template…").click()
    assert page.evaluate("asked") == [ASKED]
    expect(page.locator("#quick-text")).to_have_value("Repair the long fence")


def test_a_form_that_came_back_refused_is_not_left_without_a_question(visitor, cast):
    page, asked = visitor("Eleni").comes_to("/", "en").page, []
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    page.goto(page.request.post("/tasks", form=made).url + "/handovers/new")
    page.locator("main textarea[name=note]").fill("The keys are with the porter")
    page.locator("main form:has(textarea[name=note]) button[type=submit]").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.goto("/tasks")
    assert asked == ["beforeunload"]
