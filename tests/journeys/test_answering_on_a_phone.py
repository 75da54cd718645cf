"""Where nothing hovers a message has one button: its menu answers as well."""

from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say


def test_a_message_is_answered_from_its_menu(visitor, acting, template):
    talk = acting(open_conversation, "Nikos", NewConversation(title="Storm", members=[template.Eleni]))
    acting(post, "Nikos", talk, Say(text="Who has the key?", nonce="n-1"))
    page = visitor("Eleni", width=390, touch=True).comes_to(f"/conversations/{talk}").page
    asked = page.locator("#talk-messages .message")
    expect(asked.locator("[data-reply]")).to_be_hidden()
    asked.locator("[data-acts]").tap()
    page.locator("#message-acts [data-reply]").tap()
    expect(page.locator("#message-acts")).to_be_hidden()
    expect(page.locator("#talk-replying")).to_contain_text("Who has the key?")
    expect(page.locator("#talk-text")).to_be_focused()
    page.locator("#talk-text").fill("I do")
    page.get_by_role("button", name="Send", exact=True).tap()
    expect(page.locator("#talk-messages .message-quote")).to_contain_text("Who has the key?")
