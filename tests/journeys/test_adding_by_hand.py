"""What an item has none of is added from one row: by mouse and by keyboard, without leaving the page."""

import pytest
from playwright.sync_api import expect


def test_a_checklist_and_a_file_are_begun_from_the_row_and_stand_there_afterwards(visitor, cast):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.page
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    answer = page.request.post("/tasks", form=made)
    eleni.opens(answer.url)
    eleni.marks_the_page()
    for name in ("Checklist", "Files", "Parts"):
        expect(page.get_by_role("heading", name=name)).to_have_count(0)

    page.get_by_role("link", name="Checklist").focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="New line")
    expect(field).to_be_focused()
    page.keyboard.type("Screws")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox", name="Screws")).to_be_visible()
    expect(page.locator("#add-checklist")).to_be_hidden()

    with page.expect_file_chooser() as chosen:
        page.get_by_role("link", name="File", exact=True).click()
    chosen.value.set_files([{"name": "bench.txt", "mimeType": "text/plain", "buffer": b"two planks"}])
    expect(page.get_by_role("heading", name="Files")).to_be_visible()
    expect(page.locator("#files")).to_contain_text("bench.txt")
    expect(page.locator("#add-file")).to_be_hidden()

    page.get_by_role("link", name="Part", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert eleni.page_was_never_reloaded


def test_an_act_below_more_answers_to_its_letter_with_the_menu_closed(visitor, cast):
    nikos = visitor("Nikos").comes_to("/", "en")
    page = nikos.page
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    nikos.opens(page.request.post("/tasks", form=made).url)
    assign = page.locator("#acts [data-key=a]")
    expect(assign).to_be_hidden()
    page.locator("#acts-more").click()
    expect(assign).to_be_visible()
    page.keyboard.press("Escape")
    expect(assign).to_be_hidden()
    page.keyboard.press("a")
    expect(page.get_by_role("dialog")).to_contain_text("Assign")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_line_just_added_is_taken_back_by_a_press_on_what_is_said_while_the_dialog_stands(visitor, cast, width):
    page = visitor("Eleni").comes_to("/", "en").page
    page.set_viewport_size({"width": width, "height": 844})
    page.keyboard.press("c")
    expect(page.locator("#quick-text")).to_be_focused()
    page.keyboard.type("Repair the bench")
    page.keyboard.press("Enter")
    undo = page.locator("#toasts button.toast-act")
    expect(undo).to_be_visible()
    page.wait_for_function("() => !document.querySelector('#toasts .toast').getAnimations().length")
    at = undo.bounding_box()
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    expect(page.locator("#toasts")).to_contain_text("was taken back")


def test_a_name_beside_two_ways_to_change_it_is_not_broken(visitor, cast):
    nikos = visitor("Nikos").comes_to("/", "en")
    page = nikos.page
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    page.set_viewport_size({"width": 1280, "height": 900})
    nikos.opens(page.request.post("/tasks", form=made).url)
    cell = page.locator(".facts-cells [data-cell=holder]")
    expect(cell.locator(".fact-change")).to_have_count(2)
    assert cell.locator(".chip-name").bounding_box()["height"] < 30, "on one line"
