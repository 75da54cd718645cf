"""The look in a real browser under the real policy: three languages and themes, every width, light and still."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.look_asking import complaints

LOOKS = [
    ("en", "light", 1280),
    ("en", "contrast", 320),
    ("el", "dark", 390),
    ("el", "light", 768),
    ("fa", "dark", 1280),
    ("fa", "light", 320),
]


@pytest.mark.parametrize(("locale", "theme", "width"), LOOKS)
def test_the_sheet_fits_every_screen_without_complaint(
    stage_page: Page, stage_address: str, locale: str, theme: str, width: int
) -> None:
    stage_page.set_viewport_size({"width": width, "height": 800})
    stage_page.goto(f"{stage_address}/style?locale={locale}&theme={theme}")
    stage_page.wait_for_load_state("networkidle")
    assert stage_page.evaluate("document.documentElement.scrollWidth") <= width
    assert stage_page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if locale == "fa" else "ltr")
    assert stage_page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 1
    assert complaints(stage_page) == []


def test_the_navigation_stands_at_the_start_of_the_line(stage_page: Page, stage_address: str) -> None:
    where = "document.querySelector('.nav').getBoundingClientRect()"
    stage_page.goto(f"{stage_address}/style?locale=en")
    assert stage_page.evaluate(f"{where}.left") == 0
    stage_page.goto(f"{stage_address}/style?locale=fa")
    assert stage_page.evaluate(f"{where}.right") == 1280
    arrow = "getComputedStyle(document.querySelector('.pager use[href$=\"#arrow-right\"]')).transform"
    assert stage_page.evaluate(arrow) == "matrix(-1, 0, 0, 1, 0, 0)"


@pytest.mark.parametrize(("locale", "side"), [("en", "Left"), ("fa", "Right")])
def test_words_in_an_empty_chooser_begin_where_those_of_a_plain_list_do(
    stage_page: Page, stage_address: str, locale: str, side: str
) -> None:
    stage_page.goto(f"{stage_address}/style?locale={locale}")
    stage_page.locator(".combobox > .input").first.evaluate(
        "(it) => { it.dir = 'auto'; it.value = ''; it.placeholder = '…'; }"
    )
    inset = f"getComputedStyle(document.querySelector('%s')).padding{side}"
    chooser, plain = (
        stage_page.evaluate(inset % which) for which in (".combobox > .input[dir]:placeholder-shown", "select.input")
    )
    assert chooser == plain


def test_a_greek_month_beside_a_day_is_another_word_than_alone(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/style?locale=el")
    day = stage_page.locator(".date").first
    day.get_by_role("textbox").fill("1/12/2026")
    day.get_by_role("textbox").blur()
    expect(day.get_by_role("status")).to_have_text("Τρίτη 1 Δεκεμβρίου 2026")
    day.locator(".date-open").click()
    expect(day.locator("[aria-live]")).to_have_text("Δεκέμβριος 2026")


@pytest.mark.parametrize(("locale", "limit"), [("en", 134_000), ("el", 134_000), ("fa", 160_000)])
def test_the_first_load_is_light_and_still(stage_page: Page, stage_address: str, locale: str, limit: int) -> None:
    stage_page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => {"
        " for (const e of list.getEntries()) window.moved += e.value"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    sizes: list[int] = []
    network = stage_page.context.new_cdp_session(stage_page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: sizes.append(int(told["encodedDataLength"])))
    stage_page.goto(f"{stage_address}/style?locale={locale}")
    stage_page.wait_for_load_state("networkidle")
    stage_page.wait_for_timeout(400)
    assert 40_000 < sum(sizes) <= limit
    assert 4 <= len(sizes) <= 12
    assert stage_page.evaluate("window.moved") < 0.01


def test_the_theme_changes_at_once(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    stage_page.click("[popovertarget=me]")
    stage_page.click("button[name=theme][value=dark]")
    expect(stage_page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(stage_page.locator(".shell-body")).to_have_css("background-color", "rgb(21, 29, 36)")


@pytest.mark.parametrize("locale", ["en", "fa"])
def test_on_a_phone_a_row_of_tabs_fades_at_its_start_once_it_is_moved(
    stage_page: Page, stage_address: str, locale: str
) -> None:
    stage_page.set_viewport_size({"width": 390, "height": 844})
    stage_page.goto(f"{stage_address}/style?locale={locale}")
    tabs = stage_page.locator(".tabs").first
    tabs.evaluate(
        "row => { for (let n = 0; n < 3; n++) row.append(...[...row.children].map(e => e.cloneNode(true))); }"
    )
    expect(tabs).to_have_css("--fade", "0px")
    tabs.evaluate("row => row.scrollBy(document.dir === 'rtl' ? -300 : 300, 0)")
    expect(tabs).to_have_css("--fade", "40px")


def test_on_a_phone_a_wide_table_shows_that_it_goes_on(stage_page: Page, stage_address: str) -> None:
    stage_page.set_viewport_size({"width": 390, "height": 844})
    stage_page.goto(f"{stage_address}/style?locale=en")
    shades = "table => getComputedStyle(table).backgroundAttachment"
    assert stage_page.locator(".table-scroll").first.evaluate(shades) == "local, local, scroll, scroll"


def test_a_phone_gets_the_navigation_when_it_asks(stage_page: Page, stage_address: str) -> None:
    stage_page.set_viewport_size({"width": 390, "height": 844})
    stage_page.goto(f"{stage_address}/moving?locale=fa")
    expect(stage_page.locator("#navigation")).to_be_hidden()
    stage_page.click(".dock button")
    expect(stage_page.locator("#navigation")).to_be_visible()
    stage_page.wait_for_function("document.querySelector('#navigation').getBoundingClientRect().right === 390")
    stage_page.keyboard.press("Escape")
    expect(stage_page.locator("#navigation")).to_be_hidden()
