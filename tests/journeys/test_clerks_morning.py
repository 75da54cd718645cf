"""A clerk's morning: what is expected is read, answered, finished, put off and added, hardly touching the mouse."""

import pytest
from playwright.sync_api import expect

from collab.core.i18n import gettext, speaking
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.commands import ask
from collab.work.forms import Ask

# (a task, a question on another, its answer, a task put off, a line of words, its title, words to find it by)
WORDS = {
    "en": (
        "Water the nursery", "Is the crane free?", "From ten o'clock on.", "Tidy the store",
        "Call the forester tomorrow !high", "Call the forester", "forester",
    ),
    "el": (
        "Πότισμα φυτωρίου", "Είναι ελεύθερος ο γερανός;", "Από τις δέκα και μετά.", "Τακτοποίηση αποθήκης",
        "Τηλέφωνο στον δασάρχη αύριο !υψηλή", "Τηλέφωνο στον δασάρχη", "dasarxi",
    ),
    "fa": (
        "آبیاری نهالستان", "جرثقیل آزاد است؟", "از ساعت ده به بعد.", "مرتب کردن انبار",
        "تماس با جنگلبان فردا !زیاد", "تماس با جنگلبان", "جنگلبان",
    ),
}  # fmt: skip
NOW = "section[aria-labelledby=day-now]"


@pytest.mark.parametrize("locale", ["en", "el", "fa"])
def test_what_is_expected_is_done_from_the_keyboard(visitor, acting, cast, locale):
    task, question, answer, later, line, title, found_by = WORDS[locale]
    for words in (task, later):
        acting(create_task, "Nikos", NewTask(title=words, unit=cast.PARKS, holder=cast.Eleni))
    crane = acting(create_task, "Nikos", NewTask(title=f"{question} 1", unit=cast.PARKS, holder=cast.Nikos))
    acting(ask, "Nikos", crane["id"], Ask(of=cast.Eleni, what=question))

    eleni = visitor("Eleni", locale).signs_in().speaks(locale)
    page, now = eleni.page, eleni.page.locator(NOW)
    eleni.marks_the_page()
    for words in (task, question, later):
        expect(now.locator(".row", has_text=words).first).to_be_visible()

    # One is done with one key, and taken back and done again with another.
    row = now.locator(".row", has_text=task)
    row.locator("a.row-title").focus()
    page.keyboard.press("e")
    expect(row).to_have_count(0)
    page.keyboard.press("z")
    expect(row).to_have_count(1)
    row.locator("a.row-title").focus()
    page.keyboard.press("e")
    expect(row).to_have_count(0)

    # One can wait until tomorrow.
    row = now.locator(".row", has_text=later)
    row.locator("a.row-title").focus()
    page.keyboard.press("s")
    page.locator("#dialog button[value=tomorrow]").click()
    expect(row).to_have_count(0)

    # The question is answered in its item, and Nikos waits no more.
    row = now.locator(".row", has_text=question)
    row.locator("a.row-title").focus()
    page.keyboard.press("e")
    page.locator("#dialog textarea").fill(answer)
    page.locator("#dialog .dialog-foot .button-primary").click()
    expect(row).to_have_count(0)
    assert eleni.page_was_never_reloaded

    # A line of words makes a task, which is found again however it is spelt.
    page.keyboard.press("c")
    page.locator("#dialog #quick-text").press_sequentially(line)
    with speaking(locale):
        expect(page.locator("#dialog")).to_contain_text(gettext("tomorrow"))
    page.keyboard.press("Enter")
    expect(now.locator(".row", has_text=title)).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("ControlOrMeta+k")
    page.keyboard.type(found_by)
    page.locator("#palette .option", has_text=title).first.click()
    page.wait_for_url("**/work-items/PARKS-*")
    expect(page.locator("h1")).to_contain_text(title)

    # Nikos finds the answer where he asked.
    nikos = visitor("Nikos").signs_in()
    nikos.opens(f"/work-items/{crane['reference']}")
    expect(nikos.page.locator("#talk-messages")).to_contain_text(answer)


def test_a_dialog_that_was_closed_stays_closed_when_its_answer_comes(visitor):
    eleni = visitor("Eleni").signs_in()
    page, held = eleni.page, []
    page.route("**/quick-tasks", lambda route: held.append(route))
    page.keyboard.press("c")
    page.locator("#dialog #quick-text").fill("Sharpen the saws")
    expect(page.locator("#quick-read .quick-title")).to_have_text("Sharpen the saws")
    with page.expect_request("**/quick-tasks"):
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()
    page.keyboard.press("ControlOrMeta+k")
    with page.expect_response("**/quick-tasks"):
        held[0].continue_()
    expect(page.locator(NOW).locator(".row", has_text="Sharpen the saws")).to_have_count(1)
    expect(page.locator("#dialog")).to_be_hidden()
    expect(page.locator("#search")).to_be_focused()
