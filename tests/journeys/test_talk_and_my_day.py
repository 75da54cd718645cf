"""Two people in one talk, side by side: what one writes the other sees, and nothing that is half written is lost."""

import pytest
from playwright.sync_api import expect

from collab.core import clock
from collab.work.commands import ask
from collab.work.forms import Ask
from collab.work.queries.items import id_of

TODAY = clock.today("Europe/Athens")


@pytest.fixture
def reference(acting, template):
    """The reference of an item of Parks, held by Eleni."""
    from collab.tasks.commands import create_task
    from collab.tasks.forms import NewTask

    # Due today: what has no day comes last, and others made her much that has none.
    form = NewTask(title="Fallen branches", unit=template.PARKS, holder=template.Eleni, due_on=TODAY)
    return acting(create_task, "Nikos", form)["reference"]


def test_two_people_talk_and_neither_loses_a_word(visitor, reference):
    eleni, nikos = visitor("Eleni").comes_to("/"), visitor("Nikos").comes_to("/")
    hers, his = (each.opens(f"/work-items/{reference}").page for each in (eleni, nikos))
    eleni.marks_the_page()
    hers.locator("#talk-text").fill("I was about to say")

    his.locator("#talk-text").press_sequentially("Two trees")
    expect(hers.locator("#talk-typing")).to_contain_text("Nikos Pappas")
    his.locator("#talk-text").press("Control+Enter")
    expect(his.locator("#talk-messages .message-text")).to_have_text("Two trees")
    expect(his.locator("#talk-text")).to_have_value("")

    expect(hers.locator("#talk-messages .message-text")).to_have_text("Two trees")
    assert hers.locator("#talk-text").input_value() == "I was about to say"
    hers.locator("#talk-text").press("Control+Enter")
    expect(his.locator("#talk-messages .message-text").last).to_have_text("I was about to say")
    expect(his.locator("#talk-messages .message-text")).to_have_count(2)
    assert eleni.page_was_never_reloaded


def test_somebody_is_called_from_the_keyboard_and_finds_it_in_the_inbox(visitor, reference):
    nikos, babis = visitor("Nikos").comes_to("/"), visitor("Babis").comes_to("/")
    babis.opens("/inbox").marks_the_page()
    his = nikos.opens(f"/work-items/{reference}").page
    his.locator("#talk-text").press_sequentially("Ask @")
    his.keyboard.type("Bab")
    his.locator(".composer-call .option", has_text="Babis Ioannou").wait_for()
    his.keyboard.press("Enter")
    expect(his.locator("#talk-text")).to_be_focused()
    his.keyboard.type("please")
    his.keyboard.press("Control+Enter")
    expect(his.locator("#talk-messages .mention")).to_have_text("@Babis Ioannou")
    line = babis.page.locator("#inbox .row", has_text=reference)
    expect(line).to_have_count(1)
    assert babis.page_was_never_reloaded
    line.locator("a.row-title").click()
    babis.page.wait_for_url(f"**/work-items/{reference}#message-*")
    expect(babis.page.locator("#talk-messages .mention-me")).to_have_count(1)


def test_when_the_line_is_cut_while_sending_the_words_stay_and_are_sent_once(visitor, reference):
    nikos = visitor("Nikos").comes_to("/")
    his = nikos.opens(f"/work-items/{reference}").page
    his.locator("#talk-text").fill("Are you there?")
    lost = []

    def lose_the_answer(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)  # it arrives, and its answer does not
            route.abort()
        else:
            route.continue_()

    his.route("**/messages", lose_the_answer)
    his.locator("#talk-text").press("Control+Enter")
    expect(his.locator("#talk-text")).to_have_value("")
    expect(his.locator(".message-waiting")).to_contain_text("Are you there?")  # and is sent again by itself
    expect(his.locator(".message-waiting")).to_have_count(0, timeout=20_000)
    assert lost == [200]
    his.reload()
    expect(his.locator("#talk-messages .message-text")).to_have_text("Are you there?")
    nikos.complaints[:] = [
        said for said in nikos.complaints if "ERR_FAILED" not in said and "Failed to fetch" not in said
    ]


def test_my_day_follows_what_colleagues_do_and_acts_by_key(visitor, acting, reference, template):
    eleni = visitor("Eleni").comes_to("/")
    hers = eleni.opens("/").page
    eleni.marks_the_page()
    rows = hers.locator("section[aria-labelledby=day-now] .row", has_text=reference)
    expect(rows).to_have_count(1)

    item = acting(lambda who: id_of(who, reference), "Nikos")
    acting(ask, "Nikos", item, Ask(of=template.Eleni, what="Is the road free?", until=TODAY))
    expect(rows).to_have_count(2)
    expect(rows.locator(".row-under", has_text="Is the road free?")).to_have_count(1)

    rows.filter(has=hers.locator("button[data-key=e]")).locator("a.row-title").focus()  # in whatever language she reads
    hers.keyboard.press("e")
    expect(rows).to_have_count(0)
    expect(hers.locator(".toast")).to_be_visible()
    assert eleni.page_was_never_reloaded
