"""A head's Monday: what came over the weekend is given out, accepted, asked about, and seen in figures."""

import pytest
from playwright.sync_api import expect

from collab.core.i18n import gettext, speaking
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.commands import ask, offer
from collab.work.forms import Ask, Offer

from .looking import overflow

# (nobody's yet, offered by another department, what is asked there and back)
WORDS = {
    "en": ("Pothole in Limaniou St", "Kerb at the square", "May we close the lane?", "Whose tree is it?"),
    "el": ("Λακκούβα στην οδό Λιμανιού", "Κράσπεδο στην πλατεία", "Κλείνει η λωρίδα;", "Ποιανού είναι το δέντρο;"),
    "fa": ("چالهٔ خیابان لیمانیو", "جدول میدان", "می‌توانیم لاین را ببندیم؟", "درخت مال کیست؟"),
}


@pytest.mark.parametrize("locale", ["en", "el", "fa"])
def test_a_head_gives_out_accepts_and_sees_who_waits_for_whom(visitor, acting, cast, locale):
    hole, kerb, closing, whose = WORDS[locale]
    acting(create_task, "Petros", NewTask(title=hole, unit=cast.ROADS, holder=None))
    offered = acting(create_task, "Nikos", NewTask(title=kerb, unit=cast.PARKS, holder=cast.Nikos))
    acting(offer, "Nikos", offered["id"], Offer(to=cast.ROADS, note="—"))
    road = acting(create_task, "Petros", NewTask(title=f"{closing} 1", unit=cast.ROADS, holder=cast.Petros))
    acting(ask, "Petros", road["id"], Ask(of=cast.PARKS, what=closing))
    tree = acting(create_task, "Nikos", NewTask(title=f"{whose} 1", unit=cast.PARKS, holder=cast.Nikos))
    acting(ask, "Nikos", tree["id"], Ask(of=cast.ROADS, what=whose))

    petros = visitor("Petros", locale).signs_in().speaks(locale)
    page = petros.page

    # What another department offers is accepted from My day.
    row = page.locator("section[aria-labelledby=day-now] .row", has_text=kerb)
    row.locator("button[formaction$='/acceptance']").click()
    expect(row.locator("button[formaction$='/acceptance']")).to_have_count(0)

    # The overview says what nobody has; it goes to Maria, who has it at once.
    petros.opens("/units/ROADS/overview")
    petros.marks_the_page()
    nobodys = page.locator("section[aria-labelledby=nobodys] .row", has_text=hole)
    nobodys.locator("a.row-title").focus()
    page.keyboard.press("a")
    petros.chooses("holder", "Mar", "Maria Lekka")
    page.locator("#dialog .dialog-foot .button-primary").click()
    expect(page.locator("section[aria-labelledby=nobodys]", has_text=hole)).to_have_count(0)
    maria = visitor("Maria", locale).signs_in()
    expect(maria.page.locator("section[aria-labelledby=day-now]")).to_contain_text(hole)

    # Parks and Roads wait for each other: the circle is said and drawn, and each line leads to its questions.
    petros.opens("/units/ROADS/overview")
    page.locator("a[href='/units/ROADS/waits']").first.click()
    page.wait_for_url("**/units/ROADS/waits")
    petros.is_alive()
    with speaking(locale):
        expect(page.locator(".circles")).to_contain_text(gettext("Circle:"))
    expect(page.locator(".circles li").first).to_contain_text("Parks")
    expect(page.locator("svg.wait-picture .wait-circle")).not_to_have_count(0)
    page.locator(".circles a").first.click()
    expect(page.locator("main")).to_contain_text(tree["reference"])

    # Time and throughput stand beside, with last month; and a stranger finds none of this.
    petros.opens("/units/ROADS/time")
    expect(page.locator("h1")).to_contain_text("Roads")
    leila = visitor("Leila", locale).signs_in()
    assert leila.page.goto("/units/ROADS/overview").status == 403
    leila.complaints[:] = [said for said in leila.complaints if "403" not in said]


@pytest.mark.parametrize("locale", ["en", "fa"])
def test_the_pages_of_a_head_go_onto_paper(visitor, acting, cast, locale):
    made = acting(create_task, "Petros", NewTask(title=WORDS[locale][0], unit=cast.ROADS, holder=cast.Petros))
    acting(ask, "Petros", made["id"], Ask(of=cast.PARKS, what=WORDS[locale][2]))
    petros = visitor("Petros", locale).signs_in().speaks(locale)
    page = petros.page
    page.set_viewport_size({"width": 680, "height": 980})  # an A4 sheet within its margins
    page.emulate_media(media="print")
    for address in ("overview", "waits", "time", "figures"):
        petros.opens(f"/units/ROADS/{address}")
        expect(page.locator(".print-head")).to_be_visible()
        expect(page.locator("h1")).to_be_visible()
        for pressed in (".nav", ".top", ".dock", "button", ".tabs"):
            assert not [one for one in page.locator(pressed).all() if one.is_visible()], (address, pressed)
        assert overflow(page) == "", address
        assert page.pdf(format="A4", prefer_css_page_size=True)[:5] == b"%PDF-"
