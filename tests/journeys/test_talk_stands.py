"""The page of a conversation: cards fit and follow, a banner covers nothing, a change in the making stays."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.commands import ask
from collab.work.forms import Ask
from collab.work.queries.items import id_of

LONG = "Fallen branches along the whole of the coastal road from the harbour to the old mill"


@pytest.fixture
def storm(acting, template):
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


@pytest.fixture
def eleni(visitor, storm):
    return visitor("Eleni").signs_in().speaks("en").opens(f"/conversations/{storm}")


def test_two_cards_fit_and_those_that_came_later_follow_what_they_show(eleni, acting, template, storm):
    page = eleni.page
    form = NewTask(title=LONG, unit=template.PARKS, holder=template.Nikos)
    first, second = (acting(create_task, "Nikos", form)["reference"] for _time in range(2))
    acting(post, "Nikos", storm, Say(text=f"{first} and {second}", nonce="cards-1"))
    cards = page.locator(".message-card")
    expect(cards).to_have_count(2)
    column = page.locator("#talk-messages").bounding_box()
    for card in cards.all():
        box = card.bounding_box()
        assert box["x"] + box["width"] <= column["x"] + column["width"]
    expect(cards.nth(1)).not_to_contain_text("in progress")
    eleni.marks_the_page()
    item = acting(lambda who: id_of(who, second), "Nikos")
    acting(ask, "Nikos", item, Ask(of=template.Eleni, what="Is the road free?"))
    expect(cards.nth(1)).to_contain_text("in progress")
    assert eleni.page_was_never_reloaded


def test_a_change_that_is_being_written_outlives_what_others_say_meanwhile(eleni, acting, storm):
    page = eleni.page
    page.locator("#talk-text").fill("The bridge is closed")
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator("#talk-messages .message-text")).to_have_count(1)
    page.locator("#talk-text").press("ArrowUp")
    area = page.locator("#talk-messages textarea")
    area.fill("The bridge is open")
    acting(post, "Nikos", storm, Say(text="Since when?", nonce="change-1"))
    expect(page.locator("#talk-messages .message-text")).to_have_text("Since when?")
    expect(area).to_have_value("The bridge is open")
    area.press("Control+Enter")
    expect(page.locator("#talk-messages .message-text")).to_have_text(["The bridge is open", "Since when?"])


def test_the_banner_of_a_lost_line_covers_nothing_and_the_keys_of_conversations_are_told(eleni):
    page = eleni.page
    expect(page.locator("#talk-composer .composer-note")).to_be_visible()
    eleni.context.set_offline(True)
    banner = page.locator("#offline [data-offline]")
    expect(banner).to_be_visible()
    # At the foot of the page too, should it have grown.
    page.evaluate("new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    box = banner.bounding_box()
    for part in ("#conversation-title", ".talks-head", "#talk-text"):
        assert page.locator(part).first.bounding_box()["y"] >= box["y"] + box["height"], part
    expect(page.locator("#talk-composer button.button-primary")).to_be_in_viewport(ratio=1)
    eleni.context.set_offline(False)
    expect(banner).to_be_hidden()
    page.locator("#conversation-title").click()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_contain_text("Change what you said last")
    eleni.complaints[:] = [one for one in eleni.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
