"""A conversation by its keys, side by side with a colleague, and with files that are pasted and dropped."""

import base64

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post, remove
from collab.messaging.forms import NewConversation, Say

DOT = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
).decode()
# A file in the hand of whoever works at the page: pasted into the composer, or dropped on it.
GIVES = """
([way, name, type, content]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name, { type }));
  const how = { bubbles: true, cancelable: true };
  const target = document.querySelector("#talk-text");
  if (way === "paste") return target.dispatchEvent(new ClipboardEvent("paste", { ...how, clipboardData: carried }));
  target.dispatchEvent(new DragEvent("dragover", { ...how, dataTransfer: carried }));
  return target.dispatchEvent(new DragEvent("drop", { ...how, dataTransfer: carried }));
}
"""


@pytest.fixture
def group(acting, template):
    """`group("Storm")`: the id of a group of Eleni and Nikos."""
    return lambda title: acting(open_conversation, "Eleni", NewConversation(title=title, members=[template.Nikos]))


def texts(page):
    return page.locator("#talk-messages .message-text")


def test_next_unread_answer_the_last_go_to_what_was_answered_and_change_ones_last_by_keys(visitor, acting, group):
    quiet, busy = group("Quiet"), group("Busy")
    eleni = visitor("Eleni").comes_to("/", "en")
    for number, text in enumerate(("The first", "The last")):
        acting(post, "Nikos", busy, Say(text=text, nonce=f"k-{number}"))
    page = eleni.opens(f"/conversations/{quiet}").page
    expect(page.locator("#talk-messages")).to_contain_text("Nothing was said yet")
    expect(page.get_by_role("log")).to_be_visible()
    page.locator("#talk-text").press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("u")
    page.wait_for_url(f"**/conversations/{busy}*")
    eleni.is_alive()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("r")
    expect(page.locator("#talk-replying")).to_contain_text("The last")
    expect(page.locator("#talk-text")).to_be_focused()
    page.keyboard.type("So be it")
    page.keyboard.press("Control+Enter")
    expect(texts(page)).to_have_text(["The first", "The last", "So be it"])
    page.locator(".message-quote").press("Enter")
    expect(page.locator(".message", has_text="The last").first).to_be_focused()
    page.locator("#talk-text").press("ArrowUp")
    edit = page.locator("#talk-messages textarea")
    expect(edit).to_be_focused()
    edit.fill("So be it, at six")
    edit.press("Control+Enter")
    expect(texts(page)).to_have_text(["The first", "The last", "So be it, at six"])
    page.keyboard.press("Escape")


def test_a_message_its_change_and_the_count_are_seen_on_the_other_screen(visitor, acting, group):
    talk = group("Bridge")
    eleni, nikos = visitor("Eleni").comes_to("/", "en"), visitor("Nikos").comes_to("/", "en")
    hers, his = eleni.opens("/tasks").page, nikos.opens(f"/conversations/{talk}").page
    other = eleni.context.new_page()  # she reads it in a second tab later on
    other.on("websocket", eleni.hears_on)
    eleni.marks_the_page()
    count = hers.locator(".nav-link[href='/conversations'] .count")
    his.locator("#talk-text").fill("The bridge is closed")
    his.locator("#talk-text").press("Control+Enter")
    expect(texts(his)).to_have_text("The bridge is closed")
    expect(his.locator("#talk-text")).to_have_value("")  # an arrow in what is still on its way only moves in it
    other.goto("/conversations")  # what other tests left her unread stands there as well
    unread = other.locator(".talks-line.talks-unread")
    expect(unread.filter(has_text="Bridge")).to_have_count(1)
    expect(count).to_have_text(str(unread.count()))
    eleni.heard.clear()
    other.goto(f"/conversations/{talk}")
    eleni.is_alive()  # her second tab: what changes before its line stands is told to nobody
    expect(texts(other)).to_have_text("The bridge is closed")

    his.locator("#talk-text").press("ArrowUp")
    edit = his.locator("#talk-messages textarea")
    edit.fill("The bridge is open")
    edit.press("Control+Enter")
    expect(texts(other)).to_have_text("The bridge is open")
    assert eleni.page_was_never_reloaded


def test_a_picture_is_pasted_a_document_dropped_and_what_lies_is_refused_in_its_row(visitor, group):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens(f"/conversations/{group('Pictures')}").page
    page.evaluate(GIVES, ["drop", "notes.txt", "text/plain", base64.b64encode(b"Six sandbags").decode()])
    rows = page.locator("#composer-files > li")
    expect(rows.filter(has=page.locator("input[name='files[]']"))).to_have_count(1)
    page.evaluate(GIVES, ["paste", "image.png", "image/png", DOT])
    expect(rows.filter(has=page.locator("input[name='files[]']"))).to_have_count(2)
    page.evaluate(GIVES, ["drop", "photo.png", "image/png", base64.b64encode(b"MZ\x90\x00\x03").decode()])
    expect(rows.last.get_by_role("alert")).to_be_visible()
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator(".message-file")).to_have_count(2)
    expect(page.locator(".message-files")).to_contain_text("notes.txt")
    expect(page.locator(".message-files")).not_to_contain_text("photo.png")


def test_a_message_is_deleted_by_its_menu_and_nothing_is_said_to_be_wrong(visitor, acting, group):
    talk = group("Storm")
    for number, text in enumerate(("At six", "At seven")):
        acting(post, "Eleni", talk, Say(text=text, nonce=f"d-{number}"))
    eleni = visitor("Eleni").comes_to(f"/conversations/{talk}", "en")
    page, asked = eleni.page, []
    page.on("request", lambda one: one.method == "DELETE" and asked.append(one.url))
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.accept()))
    for text in ("At seven", "At six"):
        message = page.locator(".message", has_text=text)
        message.locator("[data-acts]").focus()
        page.keyboard.press("m")
        with page.expect_response(lambda answer: answer.request.method == "DELETE") as answer:
            page.locator("#message-acts .menu-item-danger").click()
        assert answer.value.status == 200
        expect(message).to_have_count(0)
    assert questions == ["Delete this message? Nobody can bring it back."] * 2
    expect(texts(page)).to_have_text(["This message was deleted."] * 2)
    expect(page.locator("#toasts .toast-bad")).to_have_count(0)
    assert len(asked) == 2, asked
    assert not any("csrf_token" in address for address in asked), "a token stands in no address"


def test_a_message_emptied_while_it_is_changed_is_refused_by_the_key_as_by_the_button(visitor, acting, group):
    talk = group("Storm")
    acting(post, "Eleni", talk, Say(text="At six", nonce="e-1"))
    page = visitor("Eleni").comes_to(f"/conversations/{talk}", "en").page
    page.locator("#talk-text").press("Control+Enter")  # where nothing is written yet it says nothing
    expect(page.get_by_text("This is needed.")).to_have_count(0)
    page.locator("#talk-text").press("ArrowUp")
    edit = page.locator("#talk-messages textarea")
    edit.fill(" ")
    edit.press("Control+Enter")
    expect(page.locator("#talk-messages .field-error")).to_be_visible()
    edit.fill("")
    edit.press("Control+Enter")
    expect(page.locator("#talk-messages").get_by_text("This is needed.")).to_be_visible()
    edit.fill("At seven")
    edit.press("Control+Enter")
    expect(texts(page)).to_have_text(["At seven"])


@pytest.mark.parametrize(("language", "width"), [("fa", 390), ("en", 1280)])
def test_what_stands_for_a_deleted_message_is_one_line(visitor, acting, group, language, width):
    talk = group("Storm")
    said = acting(post, "Nikos", talk, Say(text="At six", nonce="g-1"))["id"]
    acting(remove, "Nikos", said)
    page = visitor("Eleni", width=width).comes_to(f"/conversations/{talk}", language).page
    icon, words = (page.locator(f".message-gone {part}").bounding_box() for part in (".icon", "span"))
    assert words["y"] <= icon["y"] + icon["height"] / 2 <= words["y"] + words["height"], (icon, words)
    assert page.locator(".message-gone p").bounding_box()["height"] < 2 * words["height"]


def test_where_the_clipboard_is_refused_the_address_of_a_message_stands_in_a_field(visitor, acting, group):
    said = acting(post, "Nikos", group("Storm"), Say(text="The sluice", nonce="link"))["id"]
    page = visitor("Eleni").comes_to(f"/messages/{said}", "en").page
    link = page.locator("a[data-copy-link]")
    expect(link).to_be_visible()
    refused = "Promise.reject(new DOMException('no', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.clipboard.writeText = () => {refused}; }}")
    shown, thrown = [], []
    page.on("dialog", lambda dialog: (shown.append((dialog.type, dialog.default_value)), dialog.dismiss()))
    page.on("pageerror", lambda error: thrown.append(str(error)))
    link.click()
    page.wait_for_timeout(500)
    assert (shown, thrown) == ([("prompt", link.evaluate("(link) => link.href"))], [])
