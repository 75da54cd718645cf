"""Rows as they are read: dates in one column, the acts of a chosen row beside its date, references below titles."""

import pytest
from playwright.sync_api import expect

from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.commands import offer
from collab.work.forms import Offer

SEEN = """
one => { const at = one.getBoundingClientRect();
  return [at.left + 2, (at.left + at.right) / 2, at.right - 2].every((x) => {
    const top = document.elementFromPoint(x, (at.top + at.bottom) / 2);
    return !top.closest(".row-actions"); }); }
"""


def starts(page, places):
    return page.locator(places).evaluate_all("all => [...new Set(all.map((one) => one.getBoundingClientRect().left))]")


@pytest.mark.parametrize("locale", ["el", "fa"])
def test_dates_stand_in_one_column_and_are_read_where_a_row_is_chosen(visitor, acting, template, locale):
    new = NewTask(title="Sweep", unit=template.ROADS, holder=template.Maria, due_on="2099-11-27")
    offered = acting(create_task, "Maria", new)
    acting(offer, "Maria", offered["id"], Offer(to=template.Eleni, note="—"))
    new = NewTask(title="Wash", unit=template.PARKS, holder=template.Eleni, due_on="2099-11-27")
    own = acting(create_task, "Eleni", new)
    eleni = visitor("Eleni").comes_to("/")
    eleni.prefers(locale, "light")
    page = eleni.opens("/").page
    row = page.locator("#day .row", has_text=offered["reference"])
    expect(row.locator(".row-actions .button-primary")).to_be_visible()
    assert len(starts(page, "#day .section:has(#day-now) .row-due")) == 1
    for made in (offered, own):
        chosen = page.locator("#day .section:has(#day-now) .row", has_text=made["reference"])
        chosen.locator(".row-title").focus()
        expect(chosen.locator("[data-key=s]")).to_have_css("opacity", "1")
        assert chosen.locator(".row-due .due").evaluate(SEEN), made


def test_a_line_of_the_inbox_is_read_whole_where_it_is_chosen_and_on_a_phone(visitor, acting, template):
    acting(create_task, "Nikos", NewTask(title="Sweep", unit=template.PARKS, holder=template.Eleni))
    page = visitor("Eleni").comes_to("/inbox", "en").page
    line = page.locator("#inbox .row", has_text="Sweep").first
    note, time = (line.locator(one).bounding_box() for one in (".row-note", "time"))
    assert time["x"] - note["x"] - note["width"] < 30, "no room is kept for acts that are not seen"
    line.locator(".row-title").focus()
    expect(line.locator(".row-actions")).to_have_css("opacity", "1")
    assert line.locator("time").evaluate(SEEN)
    assert line.locator(".row-note").evaluate(SEEN)
    assert line.locator(".row-note").bounding_box()["x"] == note["x"]
    phone = visitor("Eleni", width=390, touch=True).comes_to("/inbox", "en").page
    short = phone.locator("#inbox .row", has_text="Sweep").first
    title, reference = (short.locator(one).bounding_box() for one in (".row-title", ".row-ref"))
    assert reference["y"] >= title["y"] + title["height"]
    assert reference["x"] == pytest.approx(title["x"], abs=1)


def test_letters_of_the_other_direction_keep_clear_of_the_arrow(visitor, template):
    eleni = visitor("Eleni", width=390).comes_to("/")
    eleni.prefers("fa", "dark")
    page = eleni.opens("/tasks/new").page
    field = page.locator("[name=holder_name]")
    arrow = page.locator(".combobox:has([name=holder_name]) > .icon").bounding_box()
    for name, side in (("sofia", "paddingLeft"), ("سوفیا", "paddingLeft")):
        field.fill(name)
        begins = field.evaluate(f"one => one.getBoundingClientRect().left + parseFloat(getComputedStyle(one).{side})")
        assert begins > arrow["x"] + arrow["width"]
