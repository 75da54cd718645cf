"""Files of an item, dropped on its page and pasted into it."""

import base64

import pytest
from playwright.sync_api import expect

from .test_talk_by_hand import DOT

# Several files in the hand of whoever works at the page: dropped on something of it, or pasted.
GIVES = """
([way, where, files]) => {
  const carried = new DataTransfer();
  for (const [name, type, content] of files)
    carried.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name, { type }));
  const how = { bubbles: true, cancelable: true };
  const target = document.querySelector(where);
  if (way === "paste") return target.dispatchEvent(new ClipboardEvent("paste", { ...how, clipboardData: carried }));
  target.dispatchEvent(new DragEvent("dragover", { ...how, dataTransfer: carried }));
  return target.dispatchEvent(new DragEvent("drop", { ...how, dataTransfer: carried }));
}
"""


def text(words):
    return base64.b64encode(words).decode()


@pytest.fixture
def eleni(visitor, cast):
    """Eleni at the page of an item of hers."""
    eleni = visitor("Eleni").comes_to("/", "en")
    token = eleni.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), "csrf_token": token}
    eleni.opens(eleni.page.request.post("/tasks", form=made).url)
    eleni.marks_the_page()
    return eleni


def test_several_files_dropped_on_the_section_are_added_one_by_one(eleni):
    page = eleni.page
    files = [["one.txt", "text/plain", text(b"one")], ["two.txt", "text/plain", text(b"two")]]
    page.evaluate(GIVES, ["drop", "#files", files])
    expect(page.locator("#files-list")).to_contain_text("one.txt")
    expect(page.locator("#files-list")).to_contain_text("two.txt")
    expect(page.locator("#files")).not_to_have_class("files-over")
    assert eleni.page_was_never_reloaded


def test_a_picture_that_is_pasted_is_added_and_one_dropped_beside_is_not_opened_in_its_place(eleni):
    page = eleni.page
    address = page.url
    page.evaluate(GIVES, ["paste", "h1", [["image.png", "image/png", DOT]]])
    expect(page.locator("#files-list")).to_contain_text("image.png")
    page.evaluate(GIVES, ["drop", "h1", [["plan.txt", "text/plain", text(b"plan")]]])
    expect(page.locator("#files-list")).to_contain_text("plan.txt")
    assert page.url == address
    assert eleni.page_was_never_reloaded


def test_what_is_not_what_it_is_called_is_refused_in_its_own_row(eleni):
    page = eleni.page
    files = [["photo.png", "image/png", text(b"MZ\x90\x00\x03")], ["good.txt", "text/plain", text(b"good")]]
    page.evaluate(GIVES, ["drop", "#files", files])
    expect(page.locator("#files-list")).to_contain_text("good.txt")
    row = page.locator("#uploads > li", has_text="photo.png")
    expect(row).to_be_visible()
    expect(row.get_by_role("alert")).to_be_visible()
    expect(page.locator("#files-list")).not_to_contain_text("photo.png")


def test_a_file_that_is_refused_is_named_once(eleni):
    page = eleni.page
    page.evaluate(GIVES, ["drop", "#files", [["empty.txt", "text/plain", ""]]])
    expect(page.locator(".upload-bad")).to_have_text("empty.txt is empty.Close")
    eleni.complaints[:] = [one for one in eleni.complaints if "422" not in one]


def test_a_file_on_a_slow_line_shows_how_far_it_is_and_arrives(eleni):
    page = eleni.page
    page.evaluate(
        """() => {
          window.shares = new Set();
          const look = () => {
            for (const bar of document.querySelectorAll("#uploads progress")) window.shares.add(bar.value);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", slow)
    page.evaluate(GIVES, ["drop", "#files", [["plan.txt", "text/plain", text(b"plan " * 160_000)]]])
    expect(page.locator("#uploads").get_by_role("progressbar", name="plan.txt")).to_be_visible()
    expect(page.locator("#files-list")).to_contain_text("plan.txt")
    expect(page.locator("#uploads > li")).to_have_count(0)
    assert len([share for share in page.evaluate("[...window.shares]") if 0 < share < 1]) >= 2


def test_files_on_their_way_are_cancelled_or_sent_again_each_for_itself(eleni):
    """Three at once: two are on their way, the third waits; the second is cut."""
    page, held = eleni.page, []
    page.route("**/files", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    files = [[f"{name}.txt", "text/plain", text(name.encode())] for name in ("one", "two", "three")]
    page.evaluate(GIVES, ["drop", "#files", files])
    rows = page.locator("#uploads > li")
    expect(rows.locator("progress")).to_have_count(3)
    page.wait_for_timeout(300)
    assert len(held) == 2
    rows.filter(has_text="three.txt").get_by_role("button", name="Cancel").click()
    expect(rows).to_have_count(2)
    held[1].abort()
    cut = rows.filter(has_text="two.txt")
    expect(cut.get_by_role("alert")).to_be_visible()
    held[0].continue_()
    expect(page.locator("#files-list")).to_contain_text("one.txt")
    page.unroute("**/files")
    cut.get_by_role("button", name="Try again").click()
    expect(page.locator("#files-list")).to_contain_text("two.txt")
    expect(rows).to_have_count(0)
    expect(page.locator("#files-list")).not_to_contain_text("three.txt")
    assert eleni.page_was_never_reloaded
    eleni.complaints[:] = [one for one in eleni.complaints if "ERR_FAILED" not in one]
