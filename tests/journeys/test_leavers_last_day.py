"""A leaver's last day: the desk goes to those who stay, both sign, the account is closed, and nothing is left lying."""

import pytest
from playwright.sync_api import expect

from collab.core.i18n import gettext, speaking
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask
from collab.work.commands import ask
from collab.work.forms import Ask

WORDS = {
    "en": ("Trees of the school yard", "Keys of the depot", "Where is the list?"),
    "el": ("Δέντρα της αυλής του σχολείου", "Κλειδιά της αποθήκης", "Πού είναι ο κατάλογος;"),
    "fa": ("درختان حیاط مدرسه", "کلیدهای انبار", "فهرست کجاست؟"),
}
TODAY = {"en": "today", "el": "σήμερα", "fa": "امروز"}
NOW = "section[aria-labelledby=day-now]"
# (who goes, whose unit, the head who hands over, who takes everything, who takes the keys)
DESKS = {
    "en": ("Giorgos", "PARKS", "Nikos", "Babis", "Eleni"),
    "el": ("Thanos", "FINANCE", "Anna", "Leila", "Reza"),
    "fa": ("Katerina", "FINANCE", "Anna", "Leila", "Reza"),
}


@pytest.mark.parametrize("locale", ["en", "el", "fa"])
def test_a_desk_goes_to_those_who_stay_and_both_sign(visitor, acting, cast, locale):
    trees, keys, question = WORDS[locale]
    leaver, unit, head, heir, keeper = DESKS[locale]
    person = cast.people[leaver]
    held = [
        acting(create_task, leaver, NewTask(title=title, unit=cast.units[unit], holder=person))
        for title in (trees, keys)
    ]
    acting(ask, head, held[0]["id"], Ask(of=person, what=question))

    # The head sees everything on one page, gives the keys to one colleague and the rest to another.
    boss = visitor(head, locale).signs_in().speaks(locale)
    desk = boss.opens(f"/people/{person}/desk").page
    for words in (trees, keys, question):
        expect(desk.locator("main")).to_contain_text(words)
    desk.locator("#to").select_option(str(cast.people[heir]))
    row = desk.locator(".desk-rows .row", has_text=keys).locator("select")
    row.select_option(f"item-{held[1]['id']}:{cast.people[keeper]}")
    desk.locator("input[name=kind][value=leaving]").check()
    desk.locator("#last_day").fill(TODAY[locale])
    form = f"main form[action='/people/{person}/desk-handovers']"
    desk.locator(f"{form} .button-primary").click()

    # What goes to whom is read before it happens.
    expect(desk.locator("main table")).to_contain_text(keys)
    desk.locator(f"{form} button[name=sure][value=on]").click()
    desk.wait_for_url("**/desk-handovers/*")
    protocol = "/desk-handovers/" + desk.url.rsplit("/", 1)[1]
    boss.is_alive()
    for words in (trees, keys):
        expect(desk.locator("main table")).to_contain_text(words)
    desk.locator(f"form[action='{protocol}/signature'] button").click()
    expect(desk.locator(f"form[action='{protocol}/signature']")).to_have_count(0)

    # Who leaves reads the same page and signs; nothing is expected of them any more.
    gone = visitor(leaver, locale).signs_in().speaks(locale)
    theirs = gone.page
    expect(theirs.locator(NOW)).not_to_contain_text(trees)
    gone.opens(protocol)
    theirs.locator(f"form[action='{protocol}/signature'] button").click()
    with speaking(locale):
        missing = gettext("not signed yet")
    expect(theirs.locator("section[aria-labelledby=signatures]")).not_to_contain_text(missing)

    # The colleagues find it on their day.
    for name, title, other in ((heir, trees, keys), (keeper, keys, trees)):
        day = visitor(name, locale).signs_in().page
        expect(day.locator(NOW)).to_contain_text(title)
        expect(day.locator(NOW)).not_to_contain_text(other)

    # The administrator closes the account, and the next step of who has left leads to the sign-in.
    admin = visitor("Kostas", locale).signs_in().speaks(locale)
    office = admin.opens(protocol).page
    expect(office.locator("main")).not_to_contain_text(trees)
    office.locator(f"form[action='{protocol}/closing'] button").click()
    expect(office.locator(f"form[action='{protocol}/closing']")).to_have_count(0)
    theirs.goto("/")
    theirs.wait_for_url("**/sign-in*")
