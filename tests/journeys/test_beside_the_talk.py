"""A file and the former texts of a message stand in the panes of a conversation; what was said earlier is awaited."""

import base64
import re

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import edit, open_conversation, post
from collab.messaging.forms import Edit, NewConversation, Say

TEXT = base64.b64encode(b"Six sandbags").decode()
GIVES = """([name, data]) => {
  const carried = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  carried.items.add(new File([bytes], name, { type: "text/plain" }));
  const place = document.querySelector("#thread-text");
  place.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def storm(acting, template):
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


def test_a_file_of_a_thread_and_what_a_message_said_before_open_beside_the_talk(visitor, acting, storm):
    said = acting(post, "Eleni", storm, Say(text="On Monday", nonce="m-1"))["id"]
    acting(edit, "Eleni", said, Edit(text="On Tuesday"))
    eleni = visitor("Eleni").signs_in().speaks("en").opens(f"/conversations/{storm}")
    page, pane = eleni.page, eleni.page.locator("#talking-card")
    eleni.marks_the_page()
    page.locator(".message-edited").click()
    expect(pane).to_contain_text("On Monday")
    expect(pane.locator("[data-beside-close]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(pane).to_contain_text("What you hear of it")
    expect(page.locator(".message-edited")).to_be_focused()

    # The thread takes a file as the talk does, and what is half written in the talk stays there.
    page.locator("#talk-text").fill("Half a thought")
    page.locator(f"#message-{said} [data-acts]").focus()
    page.keyboard.press("m")
    page.locator("#message-acts [data-thread]").click()
    page.locator("#thread-text").fill("Six of them")
    page.evaluate(GIVES, ["sandbags.txt", TEXT])
    expect(page.locator("#thread-files [name='files[]']")).to_have_count(1)
    page.locator("#thread-text").press("Control+Enter")
    expect(page.locator("#thread-messages .message-file")).to_contain_text("sandbags.txt")
    expect(page.locator("#thread-files > li")).to_have_count(0)
    expect(page.locator("#talk-text")).to_have_value("Half a thought")
    page.locator("#thread-messages .message-file").click()
    expect(pane.locator(".file-words")).to_have_text("Six sandbags")
    expect(pane.get_by_role("link", name="Download")).to_be_visible()
    pane.locator("[data-beside-close]").click()
    expect(pane).to_contain_text("What you hear of it")
    assert eleni.page_was_never_reloaded
    # As a page of its own, too, it stands beside the list.
    eleni.opens(f"/messages/{said}/versions")
    expect(page.locator(".talks")).to_be_visible()
    expect(page.locator(".talking-main")).to_contain_text("On Monday")


def test_what_is_half_written_in_a_thread_is_there_on_another_desk(visitor, acting, storm):
    said = acting(post, "Nikos", storm, Say(text="Who comes?", nonce="m-2"))["id"]
    eleni = visitor("Eleni").signs_in().speaks("en").opens(f"/messages/{said}/thread")
    page = eleni.page
    with page.expect_response(re.compile(r"/thread/draft$")):
        page.locator("#thread-text").press_sequentially("I do")
    other = visitor("Eleni").signs_in()
    other.opens(f"/messages/{said}/thread")
    expect(other.page.locator("#thread-text")).to_have_value("I do")


def test_while_what_was_said_earlier_comes_a_sign_says_so(visitor, acting, storm):
    eleni = visitor("Eleni").signs_in().speaks("en")
    for number in range(4):
        text = "\n\n".join(f"Tree {number}, branch {branch}" for branch in range(12))
        acting(post, "Nikos", storm, Say(text=text, nonce=f"n-{number}"))
    page, held = eleni.page, []

    def shorten(
        route,
    ):  # a talk of four is as long as one of thousands: the way to what was said before stands above it
        body = route.fetch().text()
        way = f'<p class="talk-earlier" id="talk-earlier"><a href="/conversations/{storm}/messages?before=2&new=0" hx-get='
        way += f'"/conversations/{storm}/messages?before=2&new=0" hx-target="#talk-earlier" hx-swap="outerHTML">Earlier'
        way += '</a><span class="talk-loading" role="status">Loading…</span></p>'
        mark = 'id="talk-past">'
        route.fulfill(body=body.replace(mark, mark + way, 1), content_type="text/html; charset=utf-8")

    page.route(re.compile(r"before="), lambda route: held.append(route))
    page.route(re.compile(rf"/conversations/{storm}$"), shorten)
    eleni.opens(f"/conversations/{storm}")
    expect(page.locator(".talk-loading")).to_be_visible()
    held[0].continue_()
    expect(page.locator(".talk-loading")).to_be_hidden()
