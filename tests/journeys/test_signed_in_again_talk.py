"""A talk stood open while somebody signed out and in again in another tab; what is sent from it then is said once, and
never in another's name."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say
from tests.machine.copies import soon

from .test_signed_in_again import signs_in_again

OUTLIVED = (
    "status of 401",
    "status of 403",
    "Response Status Error Code 403",
    "ERR_INTERNET_DISCONNECTED",
    "Failed to fetch",
)


@pytest.fixture
def gates(acting, template):
    """The address of a group of Eleni and Nikos."""
    return (
        f"/conversations/{acting(open_conversation, 'Eleni', NewConversation(title='Gates', members=[template.Nikos]))}"
    )


@pytest.fixture
def eleni(visitor):
    found = visitor("Eleni").signs_in().speaks("en")
    yield found
    found.complaints[:] = [one for one in found.complaints if not any(word in one for word in OUTLIVED)]


def test_a_message_sent_from_the_tab_before_is_said_once(visitor, eleni, gates):
    nikos = visitor("Nikos").signs_in()
    page, his = eleni.opens(gates).page, nikos.opens(gates).page
    signs_in_again(eleni)
    page.locator("#talk-text").fill("The gate is open")
    page.locator("#talk-text").press("Control+Enter")
    for each in (page, his):
        expect(each.locator("#talk-messages .message-text")).to_have_text("The gate is open")
    expect(page.locator("#talk-text")).to_have_value("")
    expect(page.locator("#toasts .toast-bad")).to_have_count(0)


def test_what_the_page_notes_by_itself_from_the_tab_before_is_noted_and_nothing_is_said(acting, eleni, gates):
    page = eleni.opens(gates).page
    signs_in_again(eleni)
    with page.expect_response(lambda one: one.url.endswith("/read-state") and one.status < 300):
        acting(post, "Nikos", int(gates.rpartition("/")[2]), Say(text="The gate is open", nonce="gate"))
    expect(page.locator("#talk-messages .message-text")).to_have_text("The gate is open")
    expect(page.locator("#toasts .toast-bad")).to_have_count(0)


def test_what_is_half_written_and_a_file_are_kept_from_the_tab_before(eleni, gates):
    page = eleni.opens(gates).page
    signs_in_again(eleni)
    page.locator("#talk-text").fill("Half a thought")
    page.locator("#talk-text").press_sequentially("!")
    assert soon(lambda: "Half a thought!" in page.request.get(gates).text(), 20)
    page.locator("#talk-composer input[type=file]").set_input_files(
        {"name": "gate.txt", "mimeType": "text/plain", "buffer": b"open"}
    )
    expect(page.locator("#composer-files li:has([name='files[]'])")).to_contain_text("gate.txt")
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator("#talk-messages .message")).to_contain_text("gate.txt")


def test_what_waited_in_the_outbox_meanwhile_is_said_once_in_order(eleni, gates):
    page = eleni.opens(gates).page
    signs_in_again(eleni)
    writes_offline(eleni, page)
    eleni.context.set_offline(False)
    expect(page.locator(".message-waiting")).to_have_count(0)
    expect(page.locator("#talk-messages .message-text")).to_have_text(["Storm at six", "Bring sandbags"])


def test_what_is_refused_after_waiting_says_why_and_does_not_hold_back_the_rest(eleni, gates):
    page = eleni.opens(gates).page
    eleni.context.set_offline(True)
    page.locator("#talk-text").evaluate("area => area.maxLength = 30000")
    for text in ("x" * 20_001, "Bring sandbags"):
        page.locator("#talk-text").fill(text)
        page.locator("#talk-text").press("Control+Enter")
    eleni.context.set_offline(False)
    expect(page.locator("#talk-messages .message-text")).to_have_text("Bring sandbags")
    refused = page.locator(".message-waiting")
    expect(refused).to_contain_text("at most 20000 characters")
    refused.get_by_role("button").last.click()
    expect(refused).to_have_count(0)


def writes_offline(eleni, page):
    eleni.context.set_offline(True)
    for text in ("Storm at six", "Bring sandbags"):
        page.locator("#talk-text").fill(text)
        page.locator("#talk-text").press("Control+Enter")
    expect(page.locator(".message-waiting")).to_have_count(2)


def test_nothing_that_waited_is_said_in_the_name_of_who_signed_in_instead(template, eleni, gates):
    page = eleni.opens(gates).page
    page.locator("dialog#ended").evaluate("cover => cover.remove()")  # as on a page without a line
    herself, eleni.email = eleni.email, template.email("Nikos")
    signs_in_again(eleni)  # as Nikos
    eleni.email = herself
    writes_offline(eleni, page)
    eleni.context.set_offline(False)
    expect(page.locator(".message-waiting .field-error")).to_have_count(2)
    expect(page.locator(".message-waiting").first).to_contain_text("Nikos Pappas")
    with page.expect_response(lambda answer: answer.url.endswith("/messages")) as again:
        page.locator(".message-waiting button").first.click()
    assert again.value.status == 403
    assert page.request.get(f"{gates}").text().count("Storm at six") == 0
