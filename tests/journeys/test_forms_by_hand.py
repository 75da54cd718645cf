"""Forms by keyboard: where the focus is after a swap, what a field says while it is filled, and a quiet console."""

from playwright.sync_api import expect

from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.commands import answer, ask
from collab.work.forms import Ask


def test_another_kind_keeps_what_was_typed_and_the_focus(visitor, cast):
    page = visitor("Eleni").comes_to("/", "en").page
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
    eleni = visitor("Eleni").comes_to("/", "en")
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


def test_whoever_answers_second_reads_it_where_they_write_and_keeps_their_words(visitor, acting, cast):
    new = NewTask(title="Fell the pine", unit=cast.PARKS, holder=cast.Eleni)
    made = acting(create_task, "Eleni", new)
    wait = acting(ask, "Eleni", made["id"], Ask(of=cast.forestry, what="Is the tree protected?"))
    eleni = visitor("Eleni").comes_to(f"/work-items/{made['reference']}", "en")
    page = eleni.page
    page.locator(f"#waits a[href='/waits/{wait}/answer']").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="The answer").fill("The pine is protected")
    acting(answer, "Nikos", wait)
    dialog.locator(".dialog-foot .button-primary").click()
    expect(dialog.get_by_text("It was answered already, by Nikos Pappas.")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="The answer")).to_have_value("The pine is protected")
    eleni.complaints[:] = [one for one in eleni.complaints if "status of 409" not in one and "Code 409" not in one]


def test_while_an_answer_is_awaited_the_palette_says_so_and_enter_searches(visitor, cast):
    page = visitor("Eleni").comes_to("/", "en").page
    page.route("**/palette?q=slow*", lambda _route: None)
    page.keyboard.press("Control+k")
    palette = page.get_by_role("listbox")
    expect(palette.get_by_role("option").first).to_be_visible()
    page.keyboard.type("slow words")
    expect(palette.get_by_text("Searching…")).to_be_visible()
    expect(palette.get_by_role("option")).to_have_text(["Search everything for “slow words”"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=slow*words")


def test_a_vote_that_is_to_close_yesterday_is_told_that_the_day_is_past(visitor):
    page = visitor("Eleni").comes_to("/decisions/new", "en").page
    written = page.locator("[data-date]:has([name=closes_on]) input").first
    reason = "field => field.validationMessage"
    for typed, said in (("yesterday", "That day is past."), ("someday", "Write the date as")):
        written.fill(typed)
        expect(written).to_have_js_property("validity.valid", False)
        expect(page.locator("[data-date]:has([name=closes_on])[data-reading]")).to_have_count(0)
        assert written.evaluate(reason).startswith(said), typed


def test_a_meeting_may_have_been_yesterday_and_what_is_no_hour_is_told_so(visitor):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens("/meetings/new").page
    page.locator("#f-title").fill("Winter plan")
    day = page.locator("[data-date]:has([name=on]) input").first
    day.fill("yesterday")
    expect(page.locator("[data-date] [name=on]")).not_to_have_value("")
    expect(day).to_have_js_property("validity.valid", True)
    page.locator("#f-clock").fill("noonish")
    page.get_by_role("button", name="Call the meeting").click()
    expect(page.locator("#f-clock-error")).to_have_text("A time is expected here, such as 16:00.")
    page.locator("#f-clock").fill("10:00")
    page.get_by_role("button", name="Call the meeting").click()
    expect(page.locator("#past-day")).to_contain_text("This day is over.")
    eleni.complaints[:] = [one for one in eleni.complaints if "status of 422" not in one and "Code 422" not in one]


def test_until_yesterday_is_told_that_the_day_is_past_and_an_absence_may_have_been_yesterday(visitor, acting, template):
    made = acting(create_task, "Eleni", NewTask(title="Benches", unit=template.PARKS, holder=template.Eleni))
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens(f"/work-items/{made['reference']}/waits/new").page
    written = page.locator("[data-date]:has([name=until]) input").first
    written.fill("yesterday")
    expect(written).to_have_js_property("validity.valid", False)
    expect(page.locator("[data-date]:has([name=until])[data-reading]")).to_have_count(0)
    assert written.evaluate("field => field.validationMessage").startswith("That day is past.")
    written.fill("")
    eleni.opens(f"/people/{template.Eleni}")
    page.locator("summary", has_text="Note absence").click()
    day = page.locator("[data-date]:has([name=last_day]) input").first
    day.fill("yesterday")
    expect(page.locator("[data-date] [name=last_day]")).not_to_have_value("")
    expect(day).to_have_js_property("validity.valid", True)
