"""The palette by its keys: opened, walked through, taken back, and pressed."""

import re

from playwright.sync_api import expect


def opened(eleni):
    """The field of the palette, reached by its key, with what it offers before anything is typed."""
    page = eleni.page
    page.locator("h1").first.click()
    page.keyboard.press("Control+k")
    field = page.locator("#search")
    expect(field).to_be_focused()
    return page, field, page.locator("#palette")


def typed(field, palette, words):
    """Types them, and waits until what is offered is for these words: the first line asks everywhere for them."""
    field.fill(words)
    expect(palette.get_by_role("option").first).to_contain_text(words)


def chosen(field, number):
    """The line that the field says is chosen."""
    expect(field).to_have_attribute("aria-activedescendant", f"palette-option-{number}")


def test_it_opens_by_its_key_and_the_arrows_walk_round(visitor):
    eleni = visitor("Eleni").comes_to("/tasks", "en")
    _page, field, palette = opened(eleni)
    expect(palette).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    typed(field, palette, "task")
    chosen(field, 0)
    # What follows comes with the list for these letters, and with nothing after it.
    expect(palette.get_by_role("option").nth(2)).to_be_visible()
    count = palette.get_by_role("option").count()
    field.press("ArrowDown")
    chosen(field, 1)
    field.press("ArrowUp")
    field.press("ArrowUp")
    chosen(field, count - 1)
    field.press("ArrowDown")
    chosen(field, 0)
    field.press("Control+End")
    chosen(field, count - 1)
    field.press("Control+Home")
    chosen(field, 0)
    expect(palette.locator("[aria-selected=true]")).to_have_count(1)


def test_escape_closes_it_and_gives_the_place_back(visitor):
    eleni = visitor("Eleni").comes_to("/tasks", "en")
    page = eleni.page
    link = page.locator(".nav a").first
    link.focus()
    page.keyboard.press("Control+k")
    field, palette = page.locator("#search"), page.locator("#palette")
    expect(palette).to_be_visible()
    field.press("Escape")
    expect(palette).to_be_hidden()
    expect(link).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")


def test_enter_goes_where_the_chosen_line_leads_and_asks_everywhere_where_none_is_exact(visitor):
    eleni = visitor("Eleni").comes_to("/tasks", "en")
    page, field, palette = opened(eleni)
    typed(field, palette, "inbox")
    option = palette.get_by_role("option").filter(has=page.locator(".option-name", has_text=re.compile("^Inbox$")))
    expect(option.first).to_be_visible()
    number = int((option.first.get_attribute("id") or "").rpartition("-")[2])
    for _step in range(number):
        field.press("ArrowDown")
    chosen(field, number)
    field.press("Enter")
    page.wait_for_url("**/inbox")
    page, field, palette = opened(eleni)
    typed(field, palette, "nothing is called so")
    chosen(field, 0)
    field.press("Enter")
    page.wait_for_url("**/search?q=nothing*")
    expect(page.locator("main")).to_contain_text("Nothing found")


def test_whoever_walked_on_stays_there_when_the_list_is_asked_for_again(visitor):
    eleni = visitor("Eleni").comes_to("/tasks", "en")
    page, field, palette = opened(eleni)
    # Commands alone answer this: what was made a moment ago is looked for once more.
    typed(field, palette, "sign ou")
    expect(palette.get_by_role("option")).to_have_count(2)
    expect(palette.get_by_role("option").last).to_contain_text("Sign out")
    field.press("ArrowDown")
    page.evaluate("document.querySelector('#palette .option').dataset.before = ''")
    expect(palette.locator("[data-before]")).to_have_count(0)
    chosen(field, 1)


def test_what_is_done_from_it_is_pressed_on_the_page(visitor):
    eleni = visitor("Eleni").comes_to("/tasks", "en")
    page, field, palette = opened(eleni)
    typed(field, palette, "new task")
    option = palette.locator(".option", has_text="New task or pending item")
    expect(option).to_be_visible()
    option.click()
    expect(page.get_by_role("dialog").first).to_be_visible()
    expect(field).to_have_value("")
