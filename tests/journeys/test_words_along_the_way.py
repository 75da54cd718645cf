"""Words are neither lost nor asked about in vain: from kind to kind of a new item, as it is created, in the small form
over a property, and in a page that came back refused."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say

ASKED = "Close this without keeping what you typed?"


@pytest.fixture
def page(visitor):
    page = visitor("Eleni").comes_to("/", "en").page
    page.evaluate("asked = []; yes = false; confirm = (said) => (asked.push(said), yes); null")
    return page


def new(page, kind):
    """The dialog for a new item of a kind, its title written."""
    page.keyboard.press("c")
    page.get_by_role("dialog").get_by_role("button", name="Pending item").click()
    if kind == "task":
        page.get_by_role("dialog").get_by_role("link", name="Task", exact=True).click()
        expect(page.locator("dialog [aria-current=page]")).to_have_text("Task")
    title = page.locator("dialog [name=title]")
    title.press_sequentially("Repair the long fence")
    return title


@pytest.mark.parametrize(("kind", "field", "value"), [("pending", "source", "council"), ("task", "priority", "high")])
def test_what_is_created_is_not_asked_about_whatever_was_chosen_in_it(page, kind, field, value):
    seen = []
    page.on("dialog", lambda dialog: seen.append(dialog.type))
    new(page, kind)
    if kind == "task":
        page.locator("dialog details:has(select[name=priority])").evaluate("one => (one.open = true)")
    page.locator(f"dialog select[name={field}]").select_option(value)
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    expect(page.locator("h1")).to_contain_text("Repair the long fence")
    assert (seen, "/work-items/" in page.url) == ([], True)


def test_words_go_along_from_kind_to_kind_without_a_question_and_back(page):
    title = new(page, "pending")
    page.locator("dialog [name=protocol_number]").fill("2026/77")
    page.locator("dialog [name=source]").select_option("council")
    page.get_by_role("dialog").get_by_role("link", name="Task", exact=True).click()
    expect(page.locator("dialog [aria-current=page]")).to_have_text("Task")
    expect(title).to_have_value("Repair the long fence")
    expect(page.locator("dialog [name=protocol_number]")).to_have_count(0)
    assert page.evaluate("asked") == []
    page.keyboard.press("Escape")
    assert page.evaluate("asked") == [ASKED]
    page.get_by_role("dialog").get_by_role("link", name="Pending item").click()
    expect(page.locator("dialog [name=protocol_number]")).to_have_value("2026/77")
    expect(page.locator("dialog [name=source]")).to_have_value("council")
    expect(title).to_have_value("Repair the long fence")
    page.evaluate("yes = true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    new(page, "pending")
    expect(page.locator("dialog [name=protocol_number]")).to_have_value("")


def test_words_over_a_property_stay_until_they_are_saved_or_given_up(page, cast):
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    page.goto(page.request.post("/tasks", form=made).url)
    page.evaluate("asked = []; yes = false; confirm = (said) => (asked.push(said), yes); null")
    value = page.locator("#cell-value")
    page.locator("[data-cell=title] [data-cell-open]").click()
    expect(value).to_be_focused()
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(value).to_have_count(0)
    page.locator("[data-cell=title] [data-cell-open]").click()
    value.fill("Repair the green bench")
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(value).to_have_value("Repair the green bench")
    expect(value).to_be_focused()
    assert page.evaluate("asked") == []
    for times in (1, 2):
        page.keyboard.press("Escape")
        assert page.evaluate("asked") == [ASKED] * times
        expect(value).to_have_value("Repair the green bench")
    value.press("Enter")
    expect(page.locator("h1")).to_contain_text("Repair the green bench")
    expect(value).to_have_count(0)


def test_a_form_of_single_lines_that_came_back_refused_is_not_left_without_a_question(visitor):
    page, seen = visitor("Kostas").comes_to("/", "en").page, []
    page.goto("/administration/units")
    for name, typed in (("code", "parks"), ("name", "Harbour")):
        page.locator(f"main form input[name={name}]").fill(typed)
    page.get_by_role("button", name="Make unit").click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    page.on("dialog", lambda dialog: seen.append(dialog.type))
    page.goto("/administration/people")
    assert seen == ["beforeunload"]


def test_what_was_said_in_one_window_is_no_half_message_in_the_other(visitor, acting, template):
    group = acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Sofia]))
    windows = [visitor("Eleni").comes_to(f"/conversations/{group}") for _window in range(2)]
    one, other = (window.page for window in windows)
    with one.expect_response(lambda answer: answer.url.endswith("/draft")):
        one.locator("#talk-text").press_sequentially("Two trees are down")
    other.reload()
    windows[1].is_alive()  # over the line comes what was said, not only that something was
    expect(other.locator("#talk-text")).to_have_value("Two trees are down")
    one.locator("#talk-text").press("Control+Enter")
    expect(other.locator(".message-text", has_text="Two trees are down")).to_be_visible()
    expect(other.locator("#talk-text")).to_have_value("")
    expect(one.locator("#talk-text")).to_have_value("")


def test_the_same_word_half_written_elsewhere_stays_when_it_is_said_here(visitor, acting, template):
    storm, works = (
        acting(open_conversation, "Eleni", NewConversation(title=title, members=[template.Sofia]))
        for title in ("Storm", "Works")
    )
    root = acting(post, "Eleni", works, Say(text="Who comes?", nonce="root"))["id"]
    windows = [visitor("Eleni").comes_to(f"/conversations/{talk}") for talk in (storm, works)]
    here, there = (window.page for window in windows)
    windows[1].is_alive()
    there.locator(f"#message-{root} [data-acts]").focus()
    there.keyboard.press("m")
    there.locator("#message-acts [data-thread]").click()
    for field in ("#talk-text", "#thread-text"):
        with there.expect_response(lambda answer: answer.url.endswith("/draft")):
            there.locator(field).press_sequentially("ok")
    here.locator("#talk-text").fill("ok")
    here.locator("#talk-text").press("Control+Enter")
    expect(here.locator("#talk-messages .message-text")).to_have_text("ok")
    # What is said in the thread comes after it, down the same line, and is no half message of the talk.
    there.locator("#thread-text").press("Control+Enter")
    expect(there.locator("#thread-messages .message-text", has_text="ok")).to_be_visible()
    expect(there.locator("#thread-text")).to_have_value("")
    expect(there.locator("#talk-messages .message-text", has_text="ok")).to_be_visible()
    expect(there.locator("#talk-text")).to_have_value("ok")
