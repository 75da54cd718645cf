"""My day on screens of middle width: nothing stands out, titles are read, and the other acts come where the eye is."""

import pytest
from playwright.sync_api import expect

from collab.tasks.commands import create_pending_item
from collab.tasks.forms import NewPendingItem

from .looking import overflow

COVERS = """row => {
  const over = row.querySelector(".row-aside");
  if (getComputedStyle(over).position !== "absolute") return true;
  const [above, below] = [over, row.querySelector(".row-lines")].map((one) => one.getBoundingClientRect());
  return above.top <= below.top && above.bottom >= below.bottom;
}"""


@pytest.mark.parametrize("locale", ["el", "fa"])
def test_rows_fit_at_every_width_and_their_other_acts_stand_over_what_is_beside_them(visitor, acting, template, locale):
    title = "Broken swing in the playground of the old harbour"
    new = NewPendingItem(title=title, unit=template.PARKS, holder=template.Eleni, source="citizen", due_on="2099-11-27")
    made = acting(create_pending_item, "Eleni", new)
    eleni = visitor("Eleni").comes_to("/")
    eleni.prefers(locale, "light")
    page = eleni.opens("/").page
    row = page.locator("#day .row", has_text=made["reference"]).first
    for width in (880, 920, 960, 1000, 1060, 1120, 1280, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == "", width
        assert row.locator(".row-lines").bounding_box()["width"] > 190, width
        other = row.locator(".row-aside > [data-key=w]")
        page.mouse.move(0, 0)
        expect(other).to_have_css("opacity", "0")
        row.locator(".row-ref").hover(force=True)
        expect(other).to_have_css("opacity", "1")
        expect(other).to_be_in_viewport(ratio=1)
        assert row.evaluate(COVERS), width
    other.click()
    expect(page.locator("#dialog form")).to_be_visible()
