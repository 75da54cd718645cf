"""Fields of names, written faster than the search answers; and lines that are too long."""

import re

import pytest
from playwright.sync_api import expect

from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask

NAME = "#dialog .combobox[data-ready] [name=of_name]"


@pytest.fixture
def waiting(visitor, acting, template):
    """Eleni's page with *Wait for…* open, and the searches of its field, held back."""
    made = acting(create_task, "Eleni", NewTask(title="Sweep", unit=template.PARKS, holder=template.Eleni))
    page = visitor("Eleni").comes_to(f"/tasks/{made['reference']}", "en").page
    page.keyboard.press("w")
    expect(page.locator(NAME)).to_be_visible()
    held = [None]  # while it stands there, searches are held back
    page.route("**/parties?*", lambda route: held.append(route) if held else route.continue_())
    page.locator(NAME).focus()
    return page, held


def answered(held):
    routes, held[:] = held[1:], []
    for route in routes:
        route.continue_()


def test_enter_before_the_names_have_come_chooses_the_first_of_them_and_sends_nothing(waiting):
    page, held = waiting
    page.keyboard.type("nikos pappa")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog form")).to_be_visible()
    with page.expect_request("**/parties?*"):
        page.keyboard.press("Enter")
    expect(page.locator(NAME)).to_be_focused()
    answered(held)
    expect(page.locator(NAME)).to_have_value("Nikos Pappas")
    expect(page.locator("#dialog form")).to_be_visible()
    expect(page.locator(NAME)).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".field-error")).to_have_count(0)


def test_what_is_written_on_before_the_names_have_come_goes_with_the_name_that_was_meant(waiting):
    page, held = waiting
    page.keyboard.type("nikos pappa")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.locator("#dialog textarea").first.fill("Which brooms?")
    page.locator("#dialog .dialog-foot .button-primary").click()
    expect(page.locator("#dialog form")).to_be_visible()
    answered(held)
    expect(page.locator("#dialog form")).to_have_count(0)
    expect(page.locator("#waits")).to_contain_text("Nikos Pappas")
    expect(page.locator("#waits")).to_contain_text("Which brooms?")


def test_a_name_on_no_list_says_where_it_is_put_and_nothing_of_the_next_words(waiting):
    page, held = waiting
    answered(held)
    page.keyboard.type("Zorba Plumbing")
    nothing = page.locator("#dialog .option-none")
    expect(nothing).to_have_text("“Zorba Plumbing” is not on the list. Whoever is new outside is put on it below.")
    held.append(None)
    page.locator(NAME).fill("kostas")
    expect(nothing).to_be_hidden()
    answered(held)
    expect(page.locator("#d-of-options")).to_contain_text("Kostas")


def test_a_line_that_is_too_long_draws_no_page_into_its_dialog(visitor, template):
    page = visitor("Eleni").comes_to("/", "en").page
    page.locator("[data-key=c]").first.click()
    with page.expect_response("**/quick-tasks/reading"):
        page.locator("#quick-text").fill("long " * 600)
    expect(page.locator("#quick-text + .field-count")).to_contain_text("/ 500")
    page.keyboard.press("Enter")
    expect(page.locator("#dialog .field-error")).to_have_text(["This is too long: at most 500 characters."])
    expect(page.locator("#quick-read h1, #quick-read .plain-card")).to_have_count(0)
    expect(page.locator("#toasts .toast")).to_have_count(0)


def test_a_failure_told_as_a_page_is_said_and_never_drawn_into_a_piece_of_one(visitor, template):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.page
    failure = (
        '<!doctype html><html><body class="plain"><h1 dir="auto" data-problem="Mend it.">Mend it.</h1></body></html>'
    )
    page.route(
        "**/quick-tasks/reading", lambda route: route.fulfill(status=422, content_type="text/html", body=failure)
    )
    page.locator("[data-key=c]").first.click()
    page.locator("#quick-text").fill("Sweep")
    expect(page.locator("#toasts .toast-bad")).to_contain_text("Mend it.")
    expect(page.locator("#dialog h1")).to_have_count(0)
    eleni.complaints[:] = [one for one in eleni.complaints if "422" not in one]


def test_who_clicks_on_a_chosen_name_and_types_means_another(visitor):
    page = visitor("Eleni").comes_to("/tasks/new", "en").page
    field = page.locator(".combobox[data-ready] [name=holder_name]")
    expect(field).to_have_value("Eleni Markou")
    field.click()
    page.keyboard.type("Nikos", delay=20)
    expect(field).to_have_value("Nikos")
    page.locator(".options [data-at]", has_text="Nikos Pappas").click()
    expect(field).to_have_value("Nikos Pappas")
    field.click()  # it was the wrong one
    page.keyboard.type("Babis", delay=20)
    expect(field).to_have_value("Babis")
    page.locator(".options [data-at]", has_text="Babis").first.click()
    field.click()
    page.keyboard.press("End")
    page.keyboard.type("x")  # with the arrow keys one mends it
    expect(field).to_have_value(re.compile("^Babis .+x$"))
