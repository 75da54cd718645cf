"""Forms by keyboard: where the focus is after a swap, what a field says while it is filled, and a quiet console."""

from playwright.sync_api import expect


def test_another_kind_keeps_what_was_typed_and_the_focus(visitor, cast):
    page = visitor("Eleni").signs_in().speaks("en").page
    page.keyboard.press("c")
    line = page.locator("#quick-text")
    expect(line).to_be_focused()
    page.keyboard.type("Repair the bench")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Pending item", exact=True).click()
    title = dialog.get_by_role("textbox", name="What is asked for?")
    expect(title).to_be_focused()
    expect(title).to_have_value("Repair the bench")
    page.keyboard.press("End")
    page.keyboard.type(" today")
    dialog.get_by_role("link", name="Task", exact=True).click()
    task = dialog.get_by_role("textbox", name="What is to be done?")
    expect(task).to_be_focused()
    expect(task).to_have_value("Repair the bench today")


def test_a_refused_form_answers_while_it_is_filled_and_the_console_stays_quiet(visitor, cast):
    eleni = visitor("Eleni").signs_in().speaks("en")
    page = eleni.page
    eleni.opens("/tasks")
    page.keyboard.press("c")
    expect(page.locator("#quick-text")).to_be_focused()
    page.keyboard.type("Repair the bench")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Pending item", exact=True).click()
    known = dialog.get_by_role("combobox", name="Counterpart")
    known.fill("Zorba Quarries")
    expect(dialog.get_by_text("Add “Zorba Quarries” as a new counterpart").first).to_be_visible()
    dialog.get_by_text("More fields").click()
    # As dragging the corner of the field does.
    page.locator("#f-body").evaluate("field => { field.style.height = '12rem'; }")
    holder = dialog.get_by_role("combobox", name="Who has it?")
    holder.fill("Nobody Whosoever")
    dialog.get_by_role("button", name="Create").click()
    error = page.locator("#f-holder-error")
    expect(error).to_be_visible()
    expect(holder).to_be_focused()
    page.keyboard.type("x")
    expect(error).to_have_count(0)
    expect(holder).not_to_have_attribute("aria-invalid", "true")
    assert eleni.complaints == []


def test_while_an_answer_is_awaited_the_palette_says_so_and_enter_searches(visitor, cast):
    page = visitor("Eleni").signs_in().speaks("en").page
    page.route("**/palette?q=slow*", lambda _route: None)
    page.keyboard.press("Control+k")
    palette = page.get_by_role("listbox")
    expect(palette.get_by_role("option").first).to_be_visible()
    page.keyboard.type("slow words")
    expect(palette.get_by_text("Searching…")).to_be_visible()
    expect(palette.get_by_role("option")).to_have_text(["Search everything for “slow words”"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=slow*words")
