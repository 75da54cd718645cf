"""Lists worked by hand: an item moved from day to day on the calendar without a mouse."""

from datetime import timedelta

from playwright.sync_api import expect

from collab.core import clock


def due_on_a_tuesday(page, cast, title):
    """A task of hers, due in the middle of this month, so that the days beside it are shown. Gives the day."""
    day = clock.today("Europe/Athens").replace(day=10)
    day += timedelta(days=(1 - day.weekday()) % 7)
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": title, "unit": str(cast.PARKS), "holder": str(cast.Eleni), "due_on": day.isoformat()}
    assert page.request.post("/tasks", form=made | {"csrf_token": token}).ok
    return day


def test_an_item_is_moved_on_the_calendar_by_keyboard_and_brought_back(visitor, cast):
    eleni = visitor("Eleni").comes_to("/", "en")
    page, title = eleni.page, "Prune the plane trees"
    day = due_on_a_tuesday(page, cast, title)
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
    expect(page.locator("#board-said")).to_contain_text(str((day + timedelta(days=2)).day))
    page.keyboard.press("z")
    expect(page.locator(f"#day-{day + timedelta(days=8)} [data-item]", has_text=title)).to_have_count(1)
    assert eleni.page_was_never_reloaded


def test_a_list_that_is_late_does_not_pull_the_item_back_under_the_hand(visitor, cast):
    eleni = visitor("Eleni").comes_to("/", "en")
    page, title = eleni.page, "Count the benches"
    day = due_on_a_tuesday(page, cast, title)
    eleni.opens(f"/tasks?query=holder:me&layout=calendar&day={day}")
    late = []
    page.route(
        "**/tasks?*", lambda route: late.append(route) if "hx-request" in route.request.headers else route.continue_()
    )

    def stands(distance):
        there = day + timedelta(days=distance)
        expect(page.locator(f"#day-{there} [data-item]", has_text=title)).to_have_count(1)
        expect(page.locator("#board-said")).to_contain_text(f"{there:%A} {there.day} ")

    page.locator("[data-item] .row-title", has_text=title).focus()
    with page.expect_request("**/tasks?*"):
        page.keyboard.press("Shift+ArrowRight")
        stands(1)
    [route] = late
    before_the_second = route.fetch()
    page.keyboard.press("Shift+ArrowDown")
    stands(8)
    with page.expect_event("requestfinished", lambda request: "layout=calendar" in request.url):
        route.fulfill(response=before_the_second)
    page.keyboard.press("Shift+ArrowDown")
    stands(15)
    page.unroute_all()
    eleni.opens(f"/tasks?query=holder:me&layout=calendar&day={day}")
    expect(page.locator(f"#day-{day + timedelta(days=15)} [data-item]", has_text=title)).to_have_count(1)


def test_a_title_and_a_date_are_changed_in_the_table_without_losing_the_place(visitor, cast):
    eleni, nikos = (visitor(name).comes_to("/", "en") for name in ("Eleni", "Nikos"))
    page, title = eleni.page, "Sweep the square"
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": title, "unit": str(cast.PARKS), "holder": str(cast.Eleni)}
    assert page.request.post("/tasks", form=made | {"csrf_token": token}).ok

    eleni.opens("/tasks?query=holder:me")
    eleni.marks_the_page()
    row = page.locator("[data-row]", has_text=title)
    reference = row.get_attribute("data-row")
    link = row.locator(".row-title")
    link.focus()
    page.keyboard.press("F2")
    field = page.locator("#cell #cell-value")
    expect(field).to_be_focused()

    # Nikos is quicker; what she typed stays, and she says it again.
    token = nikos.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    version = page.locator("#cell [name=version]").first.get_attribute("value") or ""
    theirs = {"value": "Sweep both squares", "version": version, "csrf_token": token}
    assert nikos.page.request.post(f"/work-items/{reference}/cells/title?_method=PUT", form=theirs).ok
    page.keyboard.type("Sweep the big square")
    page.keyboard.press("Enter")
    expect(page.locator("#cell [role=alert]")).to_contain_text("Sweep both squares")
    expect(field).to_have_value("Sweep the big square")
    eleni.complaints[:] = [said for said in eleni.complaints if "status of 412" not in said]
    page.keyboard.press("Enter")
    row = page.locator(f"[data-row={reference}]")
    expect(row.locator(".row-title")).to_have_text("Sweep the big square")
    expect(row.locator(".row-title")).to_be_focused()

    # Along the row to the date.
    for _cell in range(len(row.locator("[data-cell]").all()) - 1):
        page.keyboard.press("ArrowRight")
    expect(row.locator("[data-cell=due]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("tomorrow")
    page.keyboard.press("Enter")
    expect(row.locator("[data-cell=due]")).to_contain_text("tomorrow")
    expect(row.locator("[data-cell=due]")).to_be_focused()
    assert eleni.page_was_never_reloaded


def test_tomorrow_in_a_date_field_is_the_organisations_wherever_the_browser_is(visitor, cast):
    here = clock.today("Europe/Athens")
    # Of the two ends of the world, the one where it is another day now.
    zone = next(zone for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago") if clock.today(zone) != here)
    eleni = visitor("Eleni", zone=zone).comes_to("/", "en")
    page = eleni.opens("/tasks/new").page
    page.locator("[name=title]").fill("Sign the delivery")
    written = page.locator("[data-date]:has([name=due_on]) input").first
    assert written.evaluate("() => new Date().getDate()") != here.day
    written.fill("tomorrow")
    written.press("Tab")
    expect(page.locator("[name=due_on]")).to_have_value((here + timedelta(days=1)).isoformat())


def test_a_form_sent_while_the_words_of_a_date_are_being_read_waits_for_them(visitor):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens("/tasks/new").page
    held = []
    page.route("**/quick-tasks/day?**", lambda route: held.append(route))
    page.locator("[name=title]").fill("Count the benches")
    written = page.locator("[data-date]:has([name=due_on]) input").first
    with page.expect_request("**/quick-tasks/day?**"):
        written.fill("in three days")
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.locator("h1")).to_have_text("New task")
    expect(page.locator(".refusal-said")).to_have_count(0)
    for each in held:
        each.continue_()
    expect(page.locator("h1")).to_contain_text("Count the benches")
    expect(page.get_by_text("in 3 days").first).to_be_visible()
