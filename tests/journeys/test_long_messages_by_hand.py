"""A very long message is folded; a press shows it whole and nothing jumps; whatever leads into it opens it."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say

LONG = "\n\n".join(f"Paragraph {number} of the long report." for number in range(60))


@pytest.fixture
def said(acting, template):
    """The conversation, and a long message in it with others before and after."""
    storm = acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))
    tall = "\n\n".join(["Said by the way"] * 20)
    texts = [f"Before. {tall}", LONG, f"After. {tall}"]
    ids = [acting(post, "Nikos", storm, Say(text=text, nonce=f"n-{at}"))["id"] for at, text in enumerate(texts)]
    return storm, ids[1]


def top(message):
    return message.evaluate("one => one.getBoundingClientRect().top")


def test_it_opens_and_folds_by_key_and_keeps_its_place(visitor, acting, said):
    storm, long = said
    eleni = visitor("Eleni").comes_to(f"/conversations/{storm}", "en")
    page, message = eleni.page, eleni.page.locator(f"#message-{long}")
    text, button = message.locator(".message-text"), message.locator(".message-whole")
    button.scroll_into_view_if_needed()
    height, at = text.bounding_box()["height"], top(message)
    assert height < 350
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_have_accessible_name("Show less")
    assert text.bounding_box()["height"] > 3 * height
    assert abs(top(message) - at) < 2
    # What others say meanwhile folds nothing and moves nothing.
    acting(post, "Nikos", storm, Say(text="And one more", nonce="n-more"))
    expect(page.locator("#talk-messages .message-text").last).to_have_text("And one more")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert abs(top(message) - at) < 2
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    expect(message.locator(".message-text p").first).to_be_in_viewport()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert abs(top(message) - top(page.locator("[data-talk-scroll]"))) < 2, "it begins where one reads"


def test_a_link_to_it_and_a_search_in_the_page_open_it_and_paper_has_all(visitor, said):
    storm, long = said
    eleni = visitor("Eleni").comes_to(f"/messages/{long}/place", "en")
    page, message = eleni.page, eleni.page.locator(f"#message-{long}")
    expect(message.locator(".message-whole")).to_have_attribute("aria-expanded", "true")
    eleni.opens(f"/conversations/{storm}")
    expect(message.locator(".message-whole")).to_have_attribute("aria-expanded", "false")
    last = message.get_by_text("Paragraph 59")
    page.emulate_media(media="print")
    assert message.locator(".message-text").evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    page.emulate_media(media="screen")
    last.scroll_into_view_if_needed()  # as a search in the page does
    expect(message.locator(".message-whole")).to_have_attribute("aria-expanded", "true")
    expect(last).to_be_in_viewport()
