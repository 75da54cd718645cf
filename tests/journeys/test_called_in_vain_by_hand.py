"""While one writes: whoever is called and may not read there is named at once, and let in by one press."""

from playwright.sync_api import expect

from collab.messaging.commands import open_conversation
from collab.messaging.forms import NewConversation


def calls(page, name):
    page.locator("#talk-text").press_sequentially("@")
    page.locator("#talk-call").press_sequentially(name)
    page.locator("#talk-composer .option", has_text=name).first.click()


def test_who_would_hear_nothing_is_said_before_sending_and_let_in_where_one_may(visitor, acting, template):
    storm = acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))
    eleni = visitor("Eleni").comes_to(f"/conversations/{storm}", "en")
    page, told = eleni.page, eleni.page.locator(".composer-unheard")
    calls(page, "Nikos Pappas")
    expect(page.locator(".composer-called")).to_be_visible()
    calls(page, "Maria Lekka")
    expect(told).to_contain_text("Maria Lekka may not read here")
    expect(told).not_to_contain_text("Nikos")
    told.get_by_role("button", name="Let Maria Lekka in").click()
    expect(told).to_have_count(0)
    expect(page.locator("#talk-text")).to_be_focused()
    expect(page.locator("#talk-text")).to_have_value("@Nikos Pappas @Maria Lekka ")
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator("#talk-messages .mention")).to_have_count(2)
    expect(page.locator("#toasts .toast-bad")).to_have_count(0)

    eleni.opens("/conversations/units/PARKS")
    calls(page, "Maria Lekka")
    expect(told).to_contain_text("The people of Parks, its heads and those above read here.")
    expect(told.get_by_role("button")).to_have_count(0)
    page.locator("#talk-text").fill("")
    expect(told).to_have_count(0)
