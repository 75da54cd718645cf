"""What is refused of a day that is written where it stands has a line of its own: nothing lies over anything."""

import pytest
from playwright.sync_api import expect

from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask


@pytest.mark.parametrize(("locale", "width"), [("en", 1280), ("fa", 1280), ("el", 390)])
def test_the_sentence_stands_over_the_field_and_both_fit(visitor, acting, template, locale, width):
    made = acting(create_task, "Eleni", NewTask(title="The pine", unit=template.PARKS, holder=template.Eleni))
    eleni = visitor("Eleni", locale=locale, width=width).comes_to("/", locale)
    page = eleni.opens(f"/work-items/{made['reference']}").page
    page.locator('[data-cell="due"] [data-cell-open]').first.click()
    field = page.locator("#cell-value")
    expect(field).to_be_focused()
    field.fill("30/2")
    field.press("Enter")
    said = page.locator("#cell .field-error")
    expect(said).to_be_visible()
    over, under = said.bounding_box(), field.bounding_box()
    assert over["y"] + over["height"] <= under["y"] + 1, (over, under)
    assert over["width"] >= 200
    for part in ("#cell .field-error", "#cell-value", "#cell button[type=submit]", "#cell [data-cell-close]"):
        expect(page.locator(part)).to_be_in_viewport(ratio=0.99)
