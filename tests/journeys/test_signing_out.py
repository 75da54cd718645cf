"""Whoever signs out while something they wrote waits in their browser is asked first, and told how much waits where."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation
from collab.messaging.forms import NewConversation

KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('outbox:')).length"
# The line is away, or the session has ended and the page, on its way out, does not know yet.
EXPECTED = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "401 (UNAUTHORIZED)")


@pytest.fixture
def eleni(visitor):
    found = visitor("Eleni").signs_in().speaks("en")
    yield found
    found.complaints[:] = [one for one in found.complaints if not any(word in one for word in EXPECTED)]


@pytest.fixture
def gates(acting, template):
    return (
        f"/conversations/{acting(open_conversation, 'Eleni', NewConversation(title='Gates', members=[template.Nikos]))}"
    )


def writes(page, *texts):
    for text in texts:
        page.locator("#talk-text").fill(text)
        page.locator("#talk-text").press("Control+Enter")
        expect(page.locator("#talk-text")).to_have_value("")


def presses_sign_out(page):
    page.locator(".top-me").click()
    page.locator("#me").get_by_role("button", name="Sign out").click()


def test_what_waits_is_told_with_its_place_and_goes_only_with_a_yes(eleni, gates):
    page = eleni.opens(gates).page
    eleni.context.set_offline(True)
    writes(page, "Storm at six", "Bring sandbags")
    presses_sign_out(page)
    asked = page.locator("dialog#unsent")
    expect(asked).to_be_visible()
    expect(asked.locator("[data-unsent] li")).to_have_text("Gates 2")
    expect(asked.get_by_role("link")).to_have_attribute("href", gates)
    # The line is away: nobody is signed out, and nothing is dropped.
    asked.get_by_role("button", name="Sign out and drop them").click()
    expect(page.locator("#toasts")).to_contain_text("was not done")
    assert page.evaluate(KEPT) == 1
    page.route("**/messages", lambda route: route.abort())  # it is back, and what waits is not sent yet
    eleni.context.set_offline(False)
    with page.expect_navigation(url="**/sign-in*"):
        asked.get_by_role("button", name="Sign out and drop them").click()
    page.wait_for_function(f"!({KEPT})")


def test_whoever_stays_has_it_sent_and_is_not_asked_any_more(eleni, gates):
    page = eleni.opens(gates).page
    eleni.context.set_offline(True)
    writes(page, "The gate is open")
    presses_sign_out(page)
    eleni.context.set_offline(False)
    page.locator("dialog#unsent").get_by_role("button", name="Stay and send them").click()
    expect(page.locator("#talk-messages .message-text")).to_have_text("The gate is open")
    page.wait_for_function(f"!({KEPT})")
    with page.expect_navigation(url="**/sign-in*"):
        presses_sign_out(page)


def test_nothing_that_the_page_asks_by_itself_overtakes_the_way_out(eleni, gates):
    page = eleni.opens(gates).page

    def late(route):
        answer = route.fetch(max_redirects=0)  # the session has ended, and the page does not know yet
        page.wait_for_event("response", lambda one: one.status == 401)
        route.fulfill(response=answer)

    page.evaluate("setInterval(() => document.querySelector('[data-live]').dispatchEvent(new Event('refresh')), 100)")
    page.route("**/sign-in?_method=DELETE", late)
    presses_sign_out(page)
    page.wait_for_url("**/sign-in")


def test_what_waits_of_others_who_used_the_browser_is_counted_and_not_shown(eleni, template):
    page = eleni.opens("/").page
    theirs = '[{"action": "/conversations/1/messages", "nonce": "a", "text": "A secret", "fields": []}]'
    page.evaluate("([name, kept]) => localStorage.setItem(name, kept)", [f"outbox:{template.Nikos}", theirs])
    presses_sign_out(page)
    asked = page.locator("dialog#unsent")
    expect(asked).to_contain_text("Of others who used this browser: 1")
    expect(asked).not_to_contain_text("secret")
