"""The line is away while somebody writes: what they said waits in their browser and is said once the line is back."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.machine.copies import soon

ADDRESS = "/conversations/units/PARKS"


def test_what_is_written_offline_waits_survives_the_page_and_is_sent_once_in_order(visitor):
    eleni, nikos = visitor("Eleni").comes_to("/", "en"), visitor("Nikos").comes_to("/")
    hers = eleni.opens(ADDRESS).page
    eleni.context.set_offline(True)
    for text in ("Storm at six", "Bring sandbags"):
        hers.locator("#talk-text").fill(text)
        hers.locator("#talk-text").press("Control+Enter")
        expect(hers.locator("#talk-text")).to_have_value("")
    expect(hers.locator(".message-waiting-text")).to_have_text(["Storm at six", "Bring sandbags"])
    expect(hers.locator(".message-waiting").first).to_contain_text("Waiting to be sent")
    expect(hers.locator("#talk-text")).to_be_focused()

    other = eleni.context.new_page()
    hers.close()
    eleni.context.set_offline(False)
    other.goto(ADDRESS)
    expect(other.locator("#talk-messages .message-text")).to_have_text(["Storm at six", "Bring sandbags"])
    expect(other.locator(".message-waiting")).to_have_count(0)
    his = nikos.opens(ADDRESS).page
    expect(his.locator("#talk-messages .message-text")).to_have_text(["Storm at six", "Bring sandbags"])
    # A browser says on its own that it is offline.
    eleni.complaints[:] = [one for one in eleni.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_what_was_written_while_the_line_was_away_says_on_every_page_when_it_was_written_and_when_sent(visitor):
    eleni, nikos = (
        visitor("Eleni", zone="Europe/Athens").comes_to("/", "en"),
        visitor("Nikos").comes_to("/", "en"),
    )
    his = nikos.opens(ADDRESS).page.locator("#talk-messages .message", has_text="The pumps stand still")
    page = eleni.opens(ADDRESS).page
    hers = page.locator("#talk-messages .message", has_text="The pumps stand still")
    earlier = datetime.now(UTC) - timedelta(minutes=40)
    eleni.context.set_offline(True)
    page.clock.set_system_time(earlier)
    page.locator("#talk-text").fill("The pumps stand still")
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator(".message-waiting")).to_have_count(1)
    page.clock.set_system_time(datetime.now(UTC))
    eleni.context.set_offline(False)
    for place in (his, hers):
        expect(place.locator(".message-time")).to_have_text(re.compile(r"^written .+, sent \d\d:\d\d$"))
        told = place.locator(".message-time").inner_text()
        assert f"{earlier.astimezone(ZoneInfo('Europe/Athens')):%H:%M}" in told
        expect(place.locator(".avatar")).to_have_count(1)
    # What went out at once says one time, as ever.
    page.locator("#talk-text").fill("They run again")
    page.locator("#talk-text").press("Control+Enter")
    directly = page.locator("#talk-messages .message", has_text="They run again")
    expect(directly.locator(".message-time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    eleni.complaints[:] = [one for one in eleni.complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_what_was_refused_because_its_nonce_had_been_used_is_sent_with_one_press_under_another(visitor):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens(ADDRESS).page
    used = page.locator("#talk-nonce").input_value()
    said = page.locator("#talk-messages .message-text")
    page.locator("#talk-text").fill("Pumps at seven")
    page.locator("#talk-text").press("Control+Enter")
    expect(said.filter(has_text="Pumps at seven")).to_have_count(1)
    eleni.context.set_offline(True)
    page.locator("#talk-nonce").evaluate("(field, nonce) => { field.value = nonce }", used)
    page.locator("#talk-text").fill("Bring buckets")
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator(".message-waiting-text")).to_have_text(["Bring buckets"])
    eleni.context.set_offline(False)
    expect(page.locator(".message-waiting .field-error")).to_contain_text("This is another text")
    page.locator(".message-waiting").get_by_role("button", name="Send again").click()
    expect(said.filter(has_text="Bring buckets")).to_have_count(1)
    expect(said.last).to_have_text("Bring buckets")
    expect(page.locator(".message-waiting")).to_have_count(0)
    known = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "409")
    eleni.complaints[:] = [one for one in eleni.complaints if not any(word in one for word in known)]


def test_what_is_sent_while_no_more_can_wait_overtakes_nothing_and_stays_as_it_was_typed(visitor):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens(ADDRESS).page
    page.route("**/messages", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    page.evaluate(
        """() => {
          const action = document.getElementById("talk-composer").getAttribute("hx-post");
          const one = (nonce) => ({ action, nonce, text: nonce, fields: [] });
          const all = Array.from({ length: 200 }, (_, at) => one(`w-${at}`));
          localStorage.setItem("outbox:" + document.body.dataset.me, JSON.stringify(all));
        }"""
    )
    page.locator("#talk-text").fill("After all of them")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator("#toasts .toast-bad")).to_contain_text("waits to be sent in this browser")
    expect(page.locator("#talk-text")).to_have_value("After all of them")
    assert not [body for body in sent if "After" in body]
    page.evaluate("() => localStorage.clear()")
    eleni.complaints[:] = [one for one in eleni.complaints if "Failed" not in one and "ERR_FAILED" not in one]


def test_an_act_pressed_offline_was_not_done_says_so_and_is_done_with_one_press_later(visitor):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens("/tasks/new").page
    page.locator("[name=title]").fill("Prune the lime trees")
    eleni.context.set_offline(True)
    page.get_by_role("button", name="Create", exact=True).click()
    toast = page.locator("#toasts .toast-bad")
    expect(toast).to_contain_text("“Create” was not done")
    expect(page.locator("[name=title]")).to_have_value("Prune the lime trees")
    eleni.context.set_offline(False)
    toast.get_by_role("button", name="Try again").click()
    expect(page.locator("h1")).to_contain_text("Prune the lime trees")

    # Where no form was sent, what several fields of one name said is sent again as it was.
    item = page.url
    page.goto(f"{item}/recurrence")
    page.locator("#f-every").select_option("week")
    eleni.context.set_offline(True)
    # The last of them says what was chosen; on a busy machine the first may still be on its way then.
    for day in ("0", "2"):
        with page.expect_event("requestfailed"):
            page.locator(f"[name='weekdays[]'][value='{day}']").check()
        expect(toast.last).to_contain_text("not done")
    eleni.context.set_offline(False)
    with page.expect_request("**/recurrence/preview") as sent:
        toast.last.get_by_role("button", name="Try again").click()
    chosen = page.locator("[name='weekdays[]']:checked").evaluate_all("all => all.map(each => each.value)")
    assert {"0", "2"} <= set(chosen)
    assert parse_qs(sent.value.post_data or "")["weekdays[]"] == chosen
    page.goto(item)

    eleni.context.set_offline(True)
    page.locator("[data-key=e]").first.click()
    expect(toast).to_contain_text("was not done")
    eleni.context.set_offline(False)
    toast.get_by_role("button", name="Try again").click()
    expect(page.locator("#dialog form")).to_be_visible()
    eleni.context.set_offline(True)
    page.locator("#dialog form button.button-primary").click()
    expect(toast).to_contain_text("was not done")
    eleni.context.set_offline(False)
    page.locator("#dialog form button.button-primary").click()
    expect(page.locator("[data-key=e]")).to_have_count(0)
    away = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    eleni.complaints[:] = [one for one in eleni.complaints if not any(word in one for word in away)]


def test_what_a_page_notes_by_itself_is_nobodys_act_when_the_line_is_away(visitor, cast):
    nikos, eleni = visitor("Nikos").comes_to("/"), visitor("Eleni").comes_to("/", "en")
    token = nikos.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Paint the benches", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    item = nikos.page.request.post("/tasks", form=made).url
    page = eleni.page
    page.route("**/reading", lambda route: route.abort())
    # What is hers now reaches her inbox by the worker; only then is it noted that she reads it.
    assert soon(lambda: "Paint the benches" in page.request.get("/inbox").text(), 60)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/reading")):
        page.goto(item)
    expect(page.locator("[hx-put$='/reading']")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#toasts .toast-bad")).to_have_count(0)
    eleni.complaints[:] = [one for one in eleni.complaints if "Failed" not in one]


def test_a_page_whose_line_came_so_late_that_nobody_knows_what_it_missed_asks_for_all_it_shows(visitor):
    eleni = visitor("Eleni").comes_to("/")
    page = eleni.page
    page.add_init_script("addEventListener('DOMContentLoaded', () => { document.body.dataset.line = '1000' })")
    with page.expect_request(lambda asked: asked.url.endswith("/inbox") and "hx-request" in asked.headers):
        page.goto("/inbox")


def test_a_task_that_was_not_added_is_named_without_the_sign_of_its_key(visitor):
    eleni = visitor("Eleni").comes_to("/", "en")
    page = eleni.opens("/tasks").page
    page.keyboard.press("c")
    page.locator("#quick-text").fill("Water the trees")
    expect(page.locator("#quick-read .quick-title")).to_have_text("Water the trees")
    eleni.context.set_offline(True)
    page.locator("#quick-text").press("Enter")
    expect(page.locator("#toasts [data-away]")).to_contain_text("“Add” was not done")
    eleni.complaints[:] = [one for one in eleni.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
