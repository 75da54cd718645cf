"""A talk where no line can be had."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say


@pytest.fixture
def storm(acting, template):
    """The id of a group of Eleni and Nikos."""
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


def test_where_the_line_is_blocked_messages_come_by_asking_for_heads(visitor, acting, storm):
    eleni = visitor("Eleni").signs_in()
    hers, tried = eleni.page, []
    hers.route_web_socket("**/socket.io/**", lambda line: (tried.append(line.url), line.close()))
    hers.clock.install()
    hers.goto(f"/conversations/{storm}")
    hers.locator("[data-htmx-powered]").first.wait_for(state="attached")
    while not tried:  # from then on the page asks every fifteen seconds
        hers.clock.run_for(500)
    eleni.marks_the_page()
    with hers.expect_response("**/conversations/heads") as first:
        hers.clock.fast_forward(15_000)
    assert first.value.status == 200
    acting(post, "Nikos", storm, Say(text="The bridge is closed", nonce="n-1"))
    with hers.expect_response("**/conversations/heads"):
        hers.clock.fast_forward(15_000)
    hers.clock.run_for(2_000)
    expect(hers.locator("#talk-messages .message-text")).to_have_text("The bridge is closed")
    hers.locator("#talk-text").fill("I see")
    hers.locator("#talk-text").press("Control+Enter")
    hers.clock.run_for(2_000)
    expect(hers.locator("#talk-messages .message-text")).to_have_text(["The bridge is closed", "I see"])
    assert eleni.page_was_never_reloaded
    eleni.complaints[:] = [said for said in eleni.complaints if "socket.io" not in said]
