"""Lists worked by hand: an item moved from day to day on the calendar without a mouse."""

from datetime import timedelta

from playwright.sync_api import expect

from collab.core import clock


def test_an_item_is_moved_on_the_calendar_by_keyboard_and_brought_back(visitor, cast):
    eleni = visitor("Eleni").signs_in()
    page, title = eleni.page, "Prune the plane trees"
    # A Tuesday of this month or the next, so that the days beside it are shown.
    day = clock.today("Europe/Athens").replace(day=10)
    day += timedelta(days=(1 - day.weekday()) % 7)
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": title, "unit": str(cast.PARKS), "holder": str(cast.Eleni), "due_on": day.isoformat()}
    assert page.request.post("/tasks", form=made | {"csrf_token": token}).ok

    eleni.opens(f"/tasks?query=holder:me&layout=calendar&day={day}")
    eleni.marks_the_page()

    def stands(distance):
        place = page.locator(f"#day-{day + timedelta(days=distance)} [data-item]", has_text=title)
        expect(place).to_have_count(1)
        expect(place.locator(".row-title")).to_be_focused()

    page.locator("[data-item] .row-title", has_text=title).focus()
    page.keyboard.press("Shift+ArrowRight")
    stands(1)
    expect(page.locator("#board-said")).to_contain_text(str((day + timedelta(days=1)).day))
    page.keyboard.press("Shift+ArrowDown")
    stands(8)
    page.keyboard.press("m")
    expect(page.locator("#move-day")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(f"{day + timedelta(days=2):%d/%m/%Y}")
    page.keyboard.press("Enter")
    stands(2)
    page.keyboard.press("z")
    expect(page.locator(f"#day-{day + timedelta(days=8)} [data-item]", has_text=title)).to_have_count(1)
    assert eleni.page_was_never_reloaded
