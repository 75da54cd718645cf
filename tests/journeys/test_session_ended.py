"""A session that was ended from elsewhere: the page is covered, and uncovered once its reader is there again."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation
from collab.messaging.forms import NewConversation
from tests.cast import PASSWORD

REFRESH = "document.querySelectorAll('[data-live]').forEach((part) => part.dispatchEvent(new CustomEvent('refresh')))"


@pytest.fixture
def eleni(visitor):
    return visitor("Eleni").signs_in().speaks("en")


def ends_it_elsewhere(eleni, visitor):
    """From another browser of hers, as one does whose machine was left open somewhere."""
    other = visitor("Eleni").signs_in()
    page = other.opens("/profile/sessions").is_alive().page
    other.heard.clear()
    with page.expect_navigation():
        page.locator(".row:not(:has(.label)) button").first.click()
    other.is_alive()


def test_it_is_covered_and_what_was_typed_is_there_again(eleni, visitor):
    page = eleni.opens("/tasks/new").page
    page.locator("[name=title]").fill("Prune the plane trees")
    ends_it_elsewhere(eleni, visitor)
    cover = page.locator("dialog#ended")
    expect(cover).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    with page.context.expect_page() as opened:
        cover.get_by_role("link", name="Sign in").click()
    other = opened.value
    expect(other.locator("main")).to_contain_text("your session has ended")
    other.locator("input[name=email]").fill(eleni.email)
    other.locator("input[name=password]").fill(PASSWORD)
    other.locator("main form button").first.click()
    other.wait_for_url("**/tasks/new")
    other.close()
    expect(cover).to_be_hidden(timeout=20_000)
    expect(page.locator("[name=title]")).to_have_value("Prune the plane trees")


@pytest.mark.parametrize("path", ["/inbox", "/conversations/{talk}"])
def test_what_a_live_page_asks_by_itself_covers_it_and_leads_nowhere(eleni, visitor, acting, template, path):
    talk = acting(open_conversation, "Eleni", NewConversation(title="Gates", members=[template.Nikos]))
    path = path.format(talk=talk)
    page = eleni.opens(path).is_alive().page
    page.evaluate("dispatchEvent(new Event('pagehide'))")  # its line is down, as after sleep
    ends_it_elsewhere(eleni, visitor)
    page.evaluate(REFRESH)
    expect(page.locator("dialog#ended")).to_be_visible(timeout=20_000)
    page.evaluate(REFRESH)
    page.wait_for_timeout(1_000)
    assert page.url.endswith(path)
    eleni.complaints[:] = [one for one in eleni.complaints if "401" not in one]


def test_a_page_that_comes_back_after_its_session_ended_is_covered(eleni, visitor):
    page = eleni.opens("/people").is_alive().page
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    ends_it_elsewhere(eleni, visitor)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("dialog#ended")).to_be_visible(timeout=20_000)


def test_where_nothing_was_typed_one_signs_in_on_the_same_page(eleni, visitor):
    page = eleni.opens("/people").page
    ends_it_elsewhere(eleni, visitor)
    page.locator("dialog#ended").get_by_role("link", name="Sign in").click(timeout=20_000)
    page.wait_for_url("**/sign-in?next=%2Fpeople")
    assert page.context.pages == [page]
