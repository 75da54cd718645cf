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
    return visitor("Eleni").comes_to(f"/conversations/{storm}", "en")


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


def test_the_card_of_a_file_follows_its_versions_leads_to_both_and_goes_with_it(visitor, acting, template, storm):
    form = NewTask(title="Fallen branches", unit=template.PARKS, holder=template.Nikos)
    reference = acting(create_task, "Nikos", form)["reference"]
    nikos = visitor("Nikos").comes_to("/", "en")
    token = nikos.page.locator("meta[name=csrf-token]").get_attribute("content") or ""

    def adds(words):
        given = {"name": "plan.txt", "mimeType": "text/plain", "buffer": words}
        there = f"/work-items/{reference}/files"
        assert nikos.page.request.post(there, multipart={"csrf_token": token, "file": given}).ok

    adds(b"Six sandbags")
    # The address is had by a press, and said to a colleague.
    nikos.opens(f"/work-items/{reference}").page.locator("#files-list .row-title").click()
    nikos.context.grant_permissions(["clipboard-read", "clipboard-write"])
    nikos.is_alive().page.get_by_role("link", name="Link to the file").click()
    expect(nikos.page.locator("#toasts")).to_contain_text("The link is copied.")
    address = nikos.page.evaluate("navigator.clipboard.readText()")
    acting(post, "Nikos", storm, Say(text=f"As drawn: {address}", nonce="file-1"))

    eleni = visitor("Eleni", width=1440).comes_to(f"/conversations/{storm}", "en")
    page, card = eleni.page, eleni.page.locator(".message-card-file")
    expect(card).to_contain_text("version 1")
    eleni.marks_the_page()
    adds(b"Seven of them")
    expect(card).to_contain_text("version 2")
    card.get_by_role("link", name="plan.txt").click()
    expect(page.locator("#talking-card .file-words")).to_have_text("Seven of them")
    expect(card.get_by_role("link", name=reference)).to_have_attribute("href", f"/work-items/{reference}")
    for file in reversed(nikos.page.request.get(f"/work-items/{reference}").text().split('hx-delete="/files/')[1:]):
        gone = nikos.page.request.delete(f"/files/{file.split(chr(34))[0]}", headers={"X-CSRF-Token": token})
        assert gone.ok
    expect(card).to_contain_text("version 1")
    assert eleni.page_was_never_reloaded
    card.get_by_role("link", name=reference).click()
    expect(page.locator("h1")).to_contain_text("Fallen branches")


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
    said = page.locator("#talk-messages .message-text")
    expect(said).to_have_text(["The bridge is open", "Since when?"])
    acting(post, "Nikos", storm, Say(text="Thank you", nonce="change-2"))
    expect(said).to_have_text(["The bridge is open", "Since when?", "Thank you"])


def test_the_banner_of_a_lost_line_covers_nothing_and_the_keys_of_conversations_are_told(eleni):
    page = eleni.page
    expect(page.locator("#talk-composer .composer-note")).to_be_visible()
    page.wait_for_load_state("networkidle")  # a page that came slowly asks once more what it may have missed
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
