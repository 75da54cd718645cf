"""A file and the former texts of a message stand in the panes of a conversation; what was said earlier is awaited."""

import base64
import re

import psycopg
import pytest
from playwright.sync_api import expect

from collab.messaging.commands import edit, open_conversation, post
from collab.messaging.forms import Edit, NewConversation, Say
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask

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


def test_whoever_answers_in_a_thread_sees_at_once_that_they_hear_of_the_next_answer(visitor, acting, storm):
    said = acting(post, "Eleni", storm, Say(text="Who has sandbags?", nonce="m-1"))["id"]
    nikos = visitor("Nikos").comes_to(f"/messages/{said}/thread", "en")
    line = nikos.page.locator("#thread-following")
    expect(line).to_contain_text("You do not hear of the answers.")
    nikos.page.locator("#thread-text").fill("We have six")
    nikos.page.locator("#thread-text").press("Control+Enter")
    expect(line).to_contain_text("You hear of the answers.")
    expect(line).to_have_count(1)
    line.get_by_role("button", name="Unfollow").click()
    expect(line).to_contain_text("You do not hear of the answers.")


def test_a_file_of_a_thread_and_what_a_message_said_before_open_beside_the_talk(visitor, acting, storm):
    said = acting(post, "Eleni", storm, Say(text="On Monday", nonce="m-1"))["id"]
    acting(edit, "Eleni", said, Edit(text="On Tuesday"))
    eleni = visitor("Eleni").comes_to(f"/conversations/{storm}", "en")
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
    eleni = visitor("Eleni").comes_to(f"/messages/{said}/thread", "en")
    page = eleni.page
    with page.expect_response(re.compile(r"/thread/draft$")):
        page.locator("#thread-text").press_sequentially("I do")
    other = visitor("Eleni").comes_to("/")
    other.opens(f"/messages/{said}/thread")
    expect(other.page.locator("#thread-text")).to_have_value("I do")


def test_what_is_half_written_about_an_item_of_which_nothing_was_said_yet_is_there_on_another_desk(
    visitor, acting, template
):
    form = NewTask(title="Prune the lime trees", unit=template.PARKS, holder=template.Eleni)
    address = f"/work-items/{acting(create_task, 'Eleni', form)['reference']}"
    eleni, asked = visitor("Eleni").comes_to(address, "en"), []
    page = eleni.page
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    with page.expect_response(re.compile(r"/messages/draft$")) as kept:
        page.locator("#talk-text").press_sequentially("The saw is")
    assert kept.value.status == 204
    page.goto("/inbox")
    assert asked == [], "what is kept is not asked about"
    other = visitor("Eleni").comes_to(address).page
    expect(other.locator("#talk-text")).to_have_value("The saw is")
    other.locator("#talk-text").press("Control+Enter")
    expect(other.locator("#talk-messages .message-text")).to_have_text("The saw is")
    page.goto(address)
    expect(page.locator("#talk-text")).to_have_value("")


def test_while_what_was_said_earlier_comes_a_sign_says_so(visitor, stack, storm, template):
    with psycopg.connect(stack.environment["DATABASE_URL"].replace("+psycopg", "")) as connection:
        connection.execute(
            """insert into message (conversation_id, seq, author_id, text, nonce, created_at)
            select %s, n, %s, 'Message ' || n, 'long-' || n, now() - interval '1 hour'
            from generate_series(1, 80) as n""",
            (storm, template.Nikos),
        )
        connection.execute("update conversation set last_seq = 80, last_at = now() where id = %s", (storm,))
    page, held = visitor("Eleni").comes_to("/", "en").page, [None]  # while it stands there, they are held back
    page.route(re.compile(r"before="), lambda route: held.append(route) if held else route.continue_())
    page.goto(f"/conversations/{storm}")
    expect(page.locator("[data-seq='80']")).to_be_in_viewport()
    page.locator("[data-talk-scroll]").evaluate("box => { box.scrollTop = 0; }")
    expect(page.locator(".talk-loading")).to_be_visible()
    routes, held[:] = held[1:], []
    for route in routes:  # asked for twice where the page was drawn anew meanwhile
        route.continue_()
    expect(page.locator("[data-seq='1']")).to_be_attached()
    expect(page.locator(".talk-loading")).to_have_count(0)
