"""One pending item, from one department to another and back to nobody's hands but theirs: two people, side by side."""

import psycopg
import pytest
from playwright.sync_api import expect

from collab.core.dates import digits
from collab.core.i18n import gettext, ngettext, speaking

from .stack import DATABASE

WORDS = {
    "el": (
        "Άδεια κοπής πεύκου, Αναλήψεως 3",
        "Γνωμοδότηση παρακαλώ",
        "Φωτογραφίες του κορμού;",
        "Ήρθαν οι φωτογραφίες.",
    ),
    "fa": ("مجوز قطع درخت کاج، خیابان آنالیپسئوس ۳", "لطفاً نظر بدهید", "عکس تنهٔ درخت؟", "عکس‌ها رسید."),
}
AGE_OF_A_HANDS_TURN, STOOD = 4, 12


def days_pass(servers, reference):
    """Shift the item's past: each turn of the ball so far took four days, and what stands still stands for twelve."""
    with psycopg.connect(servers.url_of(DATABASE).replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            """
            with turn as (
              select v.id, row_number() over (order by v.from_at desc, v.id desc) - 1 as back
              from interval v join work_item i on i.id = v.item_id where i.reference = %(ref)s)
            update interval v set
              from_at = now() - make_interval(days => %(stood)s + %(turn)s * turn.back::int),
              to_at = case when turn.back = 0 then null
                else now() - make_interval(days => %(stood)s + %(turn)s * (turn.back::int - 1)) end
            from turn where turn.id = v.id
            """,
            {"ref": reference, "turn": AGE_OF_A_HANDS_TURN, "stood": STOOD},
        )


def working_days_stood(servers):
    """How many working days of the organisation lie in the twelve."""
    with psycopg.connect(servers.url_of(DATABASE).replace("+psycopg", "")) as connection:
        (found,) = connection.execute(
            """
            select now.ordinal - before.ordinal from organisation o
            join working_day now on now.calendar_id = o.calendar_id and now.day = (now() at time zone o.time_zone)::date
            join working_day before on before.calendar_id = o.calendar_id and before.day = now.day - %s
            """,
            [STOOD],
        ).fetchone()
    return found


@pytest.mark.parametrize("locale", ["el", "fa"])
def test_a_pending_item_goes_to_another_department_waits_outside_and_comes_back(visitor, servers, cast, locale):
    title, note, question, answer = WORDS[locale]
    eleni = visitor("Eleni", locale).signs_in().speaks(locale)
    assert eleni.page.locator("html").get_attribute("lang") == locale
    assert eleni.page.locator("html").get_attribute("dir") == ("rtl" if locale == "fa" else "ltr")

    # She writes the request down with the protocol's date and what the law gives.
    mine = eleni.page
    mine.keyboard.press("c")
    mine.locator("#dialog #quick-text").fill(title)
    mine.locator("#dialog button[name=kind][value=pending]").click()
    mine.locator("#dialog #f-protocol_number").fill("2026/11873")
    expect(mine.locator("#dialog #f-title")).to_have_value(title)
    mine.locator("#dialog .dialog-foot .button-primary").click()
    mine.wait_for_url("**/work-items/PARKS-*")
    reference = mine.url.rsplit("/", 1)[1]

    # My day says what is expected of her; she hands it over to the Legal Service.
    eleni.opens("/")
    expect(mine.locator("main")).to_contain_text(title)
    eleni.opens(f"/work-items/{reference}")
    eleni.marks_the_page()
    with speaking(locale):
        expect(mine.locator("#ball-title")).to_have_text(gettext("With %(holder)s", holder="Eleni Markou"))
    mine.keyboard.press("h")
    eleni.chooses("to", "Leg", "Legal Service")
    mine.locator("#dialog textarea").fill(note)
    mine.locator("#dialog .dialog-foot .button-primary").click()
    expect(mine.locator("#handover")).to_contain_text(note)

    # A clerk there finds it among what is offered to the unit, and accepts it.
    dimitra = visitor("Dimitra", locale).signs_in().speaks(locale)
    hers = dimitra.opens("/pending-items?side=offered").page
    expect(hers.locator("main")).to_contain_text(title)
    dimitra.opens(f"/work-items/{reference}")
    hers.locator("#accept").click()
    with speaking(locale):
        with_dimitra = gettext("With %(holder)s", holder="Dimitra Kosta")
        outside = gettext("Waiting for %(awaited)s, the clock stands still", awaited="Forestry Office")
    expect(hers.locator("#ball-title")).to_have_text(with_dimitra)
    expect(mine.locator("#ball-title")).to_have_text(with_dimitra)

    # She needs photographs from an office outside: the clock stops.
    hers.keyboard.press("w")
    dimitra.chooses("of", "Fores", "Forestry Office")
    hers.locator("#dialog textarea[name=what]").fill(question)
    hers.locator("#dialog input[name=stops_clock]").check()
    hers.locator("#dialog .dialog-foot .button-primary").click()
    expect(hers.locator("#ball-title")).to_have_text(outside)
    expect(mine.locator("#ball-title")).to_have_text(outside)

    # Twelve days later the answer comes.
    days_pass(servers, reference)
    hers.locator("#waits a[href$='/answer']").click()
    hers.locator("#dialog textarea").fill(answer)
    hers.locator("#dialog .dialog-foot .button-primary").click()
    expect(hers.locator("#ball-title")).to_have_text(with_dimitra)

    # Eleni's screen followed all of it, and shows how many working days each had the ball.
    expect(mine.locator("#ball-title")).to_have_text(with_dimitra)
    legend = mine.locator(".holders-legend")
    for name in ("Parks", "Forestry Office", "Legal Service"):
        expect(legend).to_contain_text(name)
    with speaking(locale):
        count = working_days_stood(servers)
        stood = ngettext("%(count)s working day", "%(count)s working days", count, count=digits(count))
    expect(legend.locator("li", has_text="Forestry Office").locator("b")).to_have_text(stood)
    expect(mine.locator("#item-history")).to_contain_text("Dimitra Kosta")
    expect(mine.locator("#item-history")).to_contain_text("Forestry Office")
    assert eleni.page_was_never_reloaded
