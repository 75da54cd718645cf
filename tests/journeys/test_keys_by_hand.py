"""Keys as the list of keys tells them, pressed."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from collab.core.db import db
from collab.messaging.commands import open_conversation, post, read
from collab.messaging.forms import NewConversation, ReadUpTo, Say
from collab.messaging.models import Conversation
from collab.messaging.policy import visible_to
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask


@pytest.fixture
def storm(acting, template):
    found = acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))
    for number in range(3):
        acting(post, "Nikos", found, Say(text=f"Tree {number}", nonce=f"n-{number}"))
    return found


def reads_everything(actor):
    """What other journeys left unread."""
    for talk in db.session.execute(select(Conversation.id, Conversation.last_seq).where(visible_to(actor))).all():
        if talk.last_seq:
            read(actor, talk.id, ReadUpTo(seq=talk.last_seq))


def test_the_keys_of_a_conversation_and_of_every_page_do_what_the_list_says(visitor, acting, template, storm):
    acting(reads_everything, "Eleni")
    other = acting(open_conversation, "Nikos", NewConversation(title="Gates", members=[template.Eleni]))
    acting(post, "Nikos", other, Say(text="The gate", nonce="gate"))
    eleni = visitor("Eleni").comes_to(f"/conversations/{storm}", "en")
    page, keys = eleni.page, eleni.page.keyboard
    page.locator("#conversation-title").click()
    keys.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    expect(page.locator("#shortcuts")).to_contain_text("Put it on an agenda…")
    keys.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    for key in ("/", "Control+k"):
        page.locator("#conversation-title").click()
        keys.press(key)
        expect(page.locator("#search")).to_be_focused()
        keys.press("Escape")
        keys.press("Escape")
    page.locator("#conversation-title").click()
    keys.press("r")
    expect(page.locator("#talk-replying")).to_contain_text("Tree 2")
    # One message walked to, its menu, and each thing that may be made of it.
    for then in ("t", "p", "a", "g"):
        page.locator("#talk-messages .message").last.focus()
        keys.press("m")
        expect(page.locator("#message-acts")).to_be_visible()
        expect(page.locator(f"#message-acts [data-key={then}]")).to_be_visible()
        keys.press(then)
        expect(page.locator("#dialog form")).to_be_visible()
        keys.press("Escape")
        expect(page.locator("#dialog")).to_be_hidden()
    page.locator("#conversation-title").click()
    keys.press("u")
    page.wait_for_url(f"**/conversations/{other}")
    eleni.is_alive()
    page.locator("#conversation-title").click()
    keys.press("w")
    page.wait_for_url("**/conversations/new")
    eleni.is_alive()
    page.locator("h1").click()
    keys.press("c")
    expect(page.locator("#dialog")).to_be_visible()


def test_the_number_beside_conversations_is_that_of_the_lines_with_something_unread(visitor, acting, template, storm):
    quiet = acting(open_conversation, "Nikos", NewConversation(title="Quiet gates", members=[template.Eleni]))
    acting(post, "Nikos", quiet, Say(text="The gate", nonce="gate-2"))
    eleni = visitor("Eleni").comes_to("/conversations", "en")
    count = eleni.page.locator(".nav-link[href='/conversations'] .count")
    lines = eleni.page.locator(".talks-line.talks-unread")
    expect(lines.filter(has_text="Quiet gates")).to_have_count(1)
    expect(count).to_have_text(str(lines.count()))
    expect(count).to_have_attribute("title", "conversations with something unread")
    expect(lines.filter(has_text="Quiet gates").locator(".count")).to_have_attribute("title", "1 unread message")


def test_what_was_done_by_its_key_and_taken_back_is_the_chosen_row_again(visitor, acting, template):
    for title in ("Wash the fountain", "Wash the statue"):
        new = NewTask(title=title, unit=template.PARKS, holder=template.Eleni, due_on="2026-01-05")
        acting(create_task, "Eleni", new)
    page = visitor("Eleni").comes_to("/", "en").page
    fountain = page.locator("#day .row", has_text="Wash the fountain")
    fountain.locator(".row-title").focus()
    page.keyboard.press("e")
    expect(fountain).to_have_count(0)
    expect(page.locator("#day .row .row-title:focus")).to_have_count(1)
    page.keyboard.press("z")
    expect(fountain.locator(".row-title")).to_be_focused()


def test_where_nothing_can_be_undone_the_key_says_so(visitor, template):
    page = visitor("Eleni").comes_to("/", "en").page
    expect(page.locator("#day")).to_be_visible()
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("There is nothing to undo here.")


def test_letters_typed_while_a_dialog_is_on_its_way_are_its_first_words_and_no_acts(visitor, acting, template):
    """The letters stand beside acts of the item's page and of its talk, which listens by itself: nothing is done."""
    new = NewTask(title="Sweep", unit=template.PARKS, holder=template.Eleni)
    reference = acting(create_task, "Eleni", new)["reference"]
    page = visitor("Eleni").comes_to(f"/tasks/{reference}", "en").page
    keys, held = page.keyboard, []
    page.route("**/quick-tasks/new", lambda route: held.append(route))
    page.locator("#talk-text").fill("At six")
    page.locator("#talk .composer button.button-primary").click()
    expect(page.locator("#talk-messages .message")).to_have_count(1)
    page.locator("#main").focus()
    keys.press("c")
    keys.type("the squaree")
    keys.press("Backspace")
    keys.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    held[0].continue_()
    expect(page.locator("#quick-text")).to_be_focused()
    keys.type(" is swept")
    expect(page.locator("#quick-text")).to_have_value("the square is swept")


def test_what_is_said_over_a_dialog_leaves_its_acts_free_and_names_no_key_while_one_writes(visitor, acting, template):
    page = visitor("Nikos", "el", width=390).comes_to("/", "el").page  # long words: two rows of acts
    page.locator("[data-key=c]").first.click()
    page.locator("#quick-text").fill("Wash the statue")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts .toast")).to_contain_text("Αναίρεση")
    expect(page.locator("#quick-text")).to_be_focused()
    expect(page.locator("#toasts kbd")).to_be_hidden()
    page.wait_for_function(
        """() => document.querySelector("#toasts .toast").getBoundingClientRect().bottom
            <= document.querySelector("#dialog").getBoundingClientRect().top"""
    )


def test_the_keys_walk_past_the_days_between_the_lines_of_the_inbox(visitor, acting, template):
    for title in ("Wash the fountain", "Wash the statue"):
        acting(create_task, "Nikos", NewTask(title=title, unit=template.PARKS, holder=template.Eleni))
    page = visitor("Eleni").comes_to("/inbox", "en").page
    lines = page.locator("#inbox .row .row-title")
    expect(page.locator("#inbox .rows-day").first).to_be_visible()
    # As on another day.
    page.locator("#inbox .row").nth(1).evaluate(
        "row => row.before(document.querySelector('.rows-day').cloneNode(true))"
    )
    page.keyboard.press("j")
    expect(lines.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(lines.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(lines.nth(0)).to_be_focused()


def test_a_line_of_the_inbox_is_put_away_by_its_key_and_brought_back_by_another(visitor, acting, template):
    for title in ("Paint the rail", "Oil the gate"):
        acting(create_task, "Nikos", NewTask(title=title, unit=template.PARKS, holder=template.Eleni))
    eleni = visitor("Eleni").comes_to("/inbox", "en")
    page = eleni.page
    eleni.marks_the_page()
    rail = page.locator("#inbox .row", has_text="Paint the rail")
    rail.locator(".row-title").focus()
    page.keyboard.press("e")
    expect(rail).to_have_count(0)
    expect(page.locator("#inbox .row", has_text="Oil the gate")).to_have_count(1)
    page.keyboard.press("z")
    expect(rail).to_have_count(1)
    assert eleni.page_was_never_reloaded
