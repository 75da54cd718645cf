"""What changes between a page and the moment its line stands, or where it can have none, is on the page as well."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say

LATE = """
  const waiting = [];
  requestIdleCallback = (then) => waiting.push(then);
  performance.now = () => 500; // however busy the machine is, this page was quick
  window.comeToRest = () => { for (const then of waiting.splice(0)) then(); };
"""


@pytest.fixture
def flood(acting, template):
    talk = acting(open_conversation, "Nikos", NewConversation(title="Flood", members=[template.Eleni]))
    acting(post, "Nikos", talk, Say(text="The river rises", nonce="before"))
    return talk


def test_what_is_said_before_the_line_of_a_page_stands_is_on_it_once_it_does(visitor, acting, flood):
    eleni = visitor("Eleni").comes_to("/")
    page = eleni.page
    page.wait_for_timeout(1500)  # what this page is told of is not what is asked here
    page.add_init_script(LATE)
    page.goto(f"/conversations/{flood}")
    said = page.locator("#talk-messages .message-text")
    expect(said).to_have_text(["The river rises"])
    eleni.marks_the_page()
    acting(post, "Nikos", flood, Say(text="It is over the wall", nonce="between"))
    page.wait_for_timeout(1500)  # told to everybody whose line stands
    expect(said).to_have_count(1)
    page.evaluate("comeToRest()")
    expect(said).to_have_text(["The river rises", "It is over the wall"])
    assert eleni.page_was_never_reloaded


def test_where_no_line_can_be_had_what_was_said_before_the_first_question_is_asked_for(visitor, acting, flood):
    eleni = visitor("Eleni").comes_to("/")
    page = eleni.page
    page.route_web_socket("**/socket.io/**", lambda line: line.close())
    page.add_init_script(LATE)
    page.goto(f"/conversations/{flood}")
    said = page.locator("#talk-messages .message-text")
    expect(said).to_have_text(["The river rises"])
    acting(post, "Nikos", flood, Say(text="It is over the wall", nonce="between"))
    page.evaluate("comeToRest()")
    expect(said).to_have_text(["The river rises", "It is over the wall"], timeout=20_000)
    eleni.complaints[:] = [one for one in eleni.complaints if "socket.io" not in one]
