"""Whoever writes on while a message is on its way loses nothing of it: what was written since stays, what is sent
meanwhile is said after it, each once."""

import pytest
from playwright.sync_api import expect

ADDRESS = "/conversations/units/PARKS"


class Way:
    """The way of what is said: held until it is let go."""

    def __init__(self, page):
        self.page, self.held, self.open = page, [], False
        page.route("**/messages", self._come)

    def _come(self, route):
        if self.open or route.request.method != "POST":
            route.continue_()
        else:
            self.held.append(route)

    def waits(self, number=1):
        for _ in range(100):
            if len(self.held) >= number:
                return
            self.page.wait_for_timeout(50)
        pytest.fail("nothing was sent")

    def go(self, end="continue_"):
        self.open = True
        for route in self.held:
            getattr(route, end)()
        self.held = []


@pytest.fixture
def eleni(visitor):
    return visitor("Eleni").comes_to(ADDRESS, "en")


def said(page):
    return page.locator("#talk-messages .message-text")


def send(page, text):
    page.locator("#talk-text").fill(text)
    page.locator("#talk-text").press("Control+Enter")


def test_what_is_written_while_a_message_is_on_its_way_stays_in_the_composer(eleni):
    page, way, field = eleni.page, Way(eleni.page), eleni.page.locator("#talk-text")
    send(page, "The pump stands still")
    way.waits()
    page.keyboard.type(" and so does the second")  # one goes on where the cursor stands
    expect(field).to_have_value("The pump stands still and so does the second")
    page.wait_for_timeout(1500)  # the draft of it is kept meanwhile, and is no reason to lose it
    way.go()
    expect(said(page).last).to_have_text("The pump stands still")
    expect(field).to_have_value("and so does the second")
    expect(field).to_be_focused()
    page.keyboard.type(" one")
    field.press("Control+Enter")
    expect(said(page).last).to_have_text("and so does the second one")
    expect(field).to_have_value("")


def test_what_is_sent_while_another_is_on_its_way_is_said_after_it_and_what_follows_stays(eleni):
    page, way, field = eleni.page, Way(eleni.page), eleni.page.locator("#talk-text")
    send(page, "Storm at six")
    way.waits()
    field.press("Control+Enter")  # pressed twice it is said once
    send(page, "Bring sandbags")
    expect(field).to_have_value("")
    expect(page.locator(".message-waiting-text")).to_have_text(["Bring sandbags"])
    send(page, "And boots")
    field.fill("Who has")
    assert len(way.held) == 1, "nothing overtakes"
    way.go()
    expect(page.locator(".message-waiting")).to_have_count(0)
    assert said(page).all_inner_texts()[-3:] == ["Storm at six", "Bring sandbags", "And boots"]
    expect(field).to_have_value("Who has")


def test_where_no_answer_comes_both_wait_in_their_order(eleni):
    page, way, field = eleni.page, Way(eleni.page), eleni.page.locator("#talk-text")
    send(page, "The bridge is closed")
    way.waits()
    send(page, "Go by the mill")
    field.fill("Until when")
    way.go("abort")
    expect(said(page).last).to_have_text("Go by the mill")
    assert said(page).all_inner_texts()[-2:] == ["The bridge is closed", "Go by the mill"]
    expect(page.locator(".message-waiting")).to_have_count(0)
    expect(field).to_have_value("Until when")
    eleni.complaints[:] = [one for one in eleni.complaints if "ERR_FAILED" not in one and "fetch" not in one]


def test_what_is_refused_comes_back_before_what_was_written_since(eleni):
    page, way, field = eleni.page, Way(eleni.page), eleni.page.locator("#talk-text")
    send(page, "@[Nobody](party:999999999) come")
    way.waits()
    send(page, "Bring buckets")
    field.fill("At seven")
    way.go()
    expect(page.locator("#talk-composer .field-error")).to_contain_text("does not exist")
    expect(field).to_have_value("@Nobody come\n\nAt seven")
    expect(said(page).last).to_have_text("Bring buckets")
    eleni.complaints[:] = [one for one in eleni.complaints if "422" not in one]
