"""A message is walked to, signed, changed and opened by a finger, and each of them does what it says and no more."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say


@pytest.fixture
def talk(acting, template):
    """A conversation in which Eleni said four things one after another, with a link in each, the last an answer."""
    talk = acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))
    first = None
    for number in range(4):
        said = Say(
            text=f"See https://example.org/{number}", nonce=f"h-{number}", reply_to=first if number == 3 else None
        )
        first = acting(post, "Eleni", talk, said)["id"]
    return talk


def test_a_message_that_is_walked_to_or_signed_has_the_focus_and_no_link_in_it(visitor, talk):
    page = visitor("Nikos").comes_to(f"/conversations/{talk}", "en").page
    messages = page.locator("#talk-messages .message")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(messages.first).to_be_focused()
    page.keyboard.press("j")
    expect(messages.nth(1)).to_be_focused()
    messages.last.hover()
    messages.last.locator("[data-acts]").click()
    page.locator("#message-acts .menu-sign").first.click()
    expect(messages.last.locator(".message-foot form")).to_have_count(1)
    expect(messages.last).to_be_focused()


def test_escape_leaves_the_change_of_a_message_and_asks_before_words_are_lost(visitor, talk):
    page = visitor("Eleni").comes_to(f"/conversations/{talk}", "en").page
    page.locator("#talk-text").press("ArrowUp")
    edit = page.locator("#talk-messages textarea")
    expect(edit).to_be_focused()
    expect(page.locator(".message-changed .composer-foot a")).to_have_text("Cancel")
    page.keyboard.press("Escape")
    expect(edit).to_have_count(0)
    expect(page.locator("#talk-messages .message").last).to_be_focused()
    page.locator("#talk-text").press("ArrowUp")
    edit.fill("Something else")
    page.evaluate("answers = [false, true]; confirm = () => answers.shift(); null")
    page.keyboard.press("Escape")
    expect(edit).to_have_value("Something else")
    page.keyboard.press("Escape")
    expect(edit).to_have_count(0)
    expect(page.locator("#talk-messages .message-text").last).to_have_text("See https://example.org/3")
    assert page.evaluate("answers") == []


def test_each_menu_of_messages_that_follow_each_other_stands_beside_its_first_line(visitor, talk):
    page = visitor("Nikos", width=390, touch=True).comes_to(f"/conversations/{talk}", "en").page
    expect(page.locator(".message-more")).to_have_count(2)
    menus = [one.bounding_box() for one in page.locator("#talk-messages [data-acts]").all()]
    assert all(box["height"] >= 24 and box["width"] >= 24 for box in menus)
    for above, below in pairwise(menus):
        assert above["y"] + above["height"] <= below["y"] + 0.5
    line = page.locator(".message-more .message-text").first.bounding_box()
    assert abs(line["y"] + line["height"] / 2 - menus[1]["y"] - menus[1]["height"] / 2) <= 3
