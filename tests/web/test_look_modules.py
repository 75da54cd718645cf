"""What each module of the page promises, in a real browser under the real policy."""

from playwright.sync_api import Page, expect

from tests.web.look_asking import complaints, line


def test_a_hint_asks_again_and_keeps_what_was_typed(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    voice = line(stage_page)
    stage_page.fill("#draft", "half a sentence")
    stage_page.fill("#other", "typed")
    stage_page.focus("#draft")
    before = stage_page.inner_text("#asked")
    voice.hint("work-item", 7, 3)
    stage_page.wait_for_timeout(700)
    assert stage_page.inner_text("#asked") == before, "version 3 is already on the page"
    for _ in range(5):
        voice.hint("work-item", 7, 4)
    stage_page.wait_for_function("before => document.querySelector('#asked').textContent !== before", arg=before)
    stage_page.wait_for_timeout(700)
    # The five may fall into two spans of waiting where the machine is busy.
    assert int(stage_page.inner_text("#asked")) - int(before) in (1, 2), "many hints are not many questions"
    expect(stage_page.locator("#draft")).to_have_value("half a sentence")
    expect(stage_page.locator("#other")).to_have_value("typed")
    expect(stage_page.locator("#draft")).to_be_focused()
    assert complaints(stage_page) == []


def test_a_hint_for_any_of_a_kind_is_heard_and_a_strange_one_is_not(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    voice = line(stage_page)
    with stage_page.expect_request("**/part"):
        voice.hint("unit", 99, None)
    stage_page.wait_for_timeout(300)
    asked = stage_page.inner_text("#asked")
    voice.hint("work-item", 8, 9)
    stage_page.wait_for_timeout(700)
    assert stage_page.inner_text("#asked") == asked


def test_a_page_without_a_line_opens_none(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/failure")
    stage_page.wait_for_timeout(600)
    assert stage_page.lines == []  # type: ignore[attr-defined]


def test_a_line_that_comes_back_asks_for_everything(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    voice = line(stage_page)
    with stage_page.expect_request("**/part", timeout=10_000):
        voice.route.close()


def test_a_refusal_is_said_and_never_swapped_in(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    for status in (404, 409, 503):
        stage_page.evaluate(f"document.querySelector('#gone').setAttribute('hx-post', '/refuse?status={status}')")
        stage_page.evaluate("htmx.process(document.querySelector('#gone'), true)")
        stage_page.click("#gone")
        stage_page.wait_for_selector('.toast-bad:has-text("There is no \\"item\\" <here>.")')
        assert stage_page.inner_text("#answer") == ""
        stage_page.click(".toast-bad button")
    stage_page.fill("#typed", "kept")
    stage_page.click("#send")
    stage_page.wait_for_selector("#mend")
    expect(stage_page.locator("#typed")).to_have_value("kept")


def test_requests_carry_the_token_and_answers_can_speak(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    stage_page.click("#told")
    stage_page.wait_for_selector('#answer:has-text("a token")')
    expect(stage_page.locator(".toast p")).to_have_text("Handed over.")
    expect(stage_page.locator(".toast-act")).to_have_attribute("href", "/k1")


def test_code_in_attributes_is_not_run(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    stage_page.evaluate("document.querySelector('#filtered').click()")
    stage_page.wait_for_timeout(200)
    assert stage_page.evaluate("window.ran") is None
    # Outside of htmx nothing may write HTML either.
    refused = """() => {
        try { document.body.innerHTML = '<b>x</b>'; return false } catch (error) { return error instanceof TypeError }
    }"""
    assert stage_page.evaluate(refused)


def test_rows_answer_to_the_keyboard_on_any_layout(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    stage_page.evaluate("document.addEventListener('click', e => window.pressed = e.target.dataset.n)")
    stage_page.keyboard.press("h")
    assert stage_page.evaluate("window.pressed") is None, "no row was chosen yet"
    stage_page.keyboard.press("j")
    stage_page.keyboard.press("j")
    expect(stage_page.locator(":focus")).to_have_text("Row 2")
    stage_page.keyboard.press("k")
    stage_page.keyboard.press("h")
    stage_page.wait_for_function("window.pressed === '1'")
    stage_page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ξ', code: 'KeyJ', bubbles: true}))"
    )
    expect(stage_page.locator(":focus")).to_have_text("Row 2")
    stage_page.focus("#typed")
    stage_page.keyboard.press("j")
    expect(stage_page.locator("#typed")).to_have_value("j")


def test_search_and_the_list_of_keys_open(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    stage_page.keyboard.press("/")
    expect(stage_page.locator("#search")).to_be_focused()
    stage_page.keyboard.press("Escape")
    stage_page.keyboard.press("Control+k")
    expect(stage_page.locator("#search")).to_be_focused()
    stage_page.keyboard.press("Escape")
    stage_page.keyboard.press("?")
    expect(stage_page.locator("#shortcuts")).to_be_visible()


def test_a_fragment_opens_as_a_dialog_and_focus_returns(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    stage_page.click("#ask")
    stage_page.wait_for_selector("#dialog[open]")
    expect(stage_page.locator("#inside")).to_be_focused()
    expect(stage_page.locator("#dialog")).to_have_attribute("aria-labelledby", "dialog-title")
    stage_page.keyboard.press("Escape")
    stage_page.wait_for_selector("#dialog", state="hidden")
    expect(stage_page.locator("#ask")).to_be_focused()
    expect(stage_page.locator("#dialog > *")).to_have_count(0)


def test_a_party_is_chosen_by_typing(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/style")
    stage_page.focus("#sheet-holder")
    stage_page.fill("#sheet-holder", "pa")
    stage_page.wait_for_selector("#sheet-holder-options [role=option]")
    expect(stage_page.locator("#sheet-holder")).to_have_attribute("aria-expanded", "true")
    expect(stage_page.locator("input[name=holder]"), "a half name is nobody").to_have_value("")
    stage_page.keyboard.press("ArrowDown")
    expect(stage_page.locator("#sheet-holder")).to_have_attribute("aria-activedescendant", "sheet-holder-options-1")
    stage_page.keyboard.press("Enter")
    expect(stage_page.locator("#sheet-holder")).to_have_value("Eleni Papadopoulou")
    expect(stage_page.locator("input[name=holder]")).to_have_value("5")
    expect(stage_page.locator("#sheet-holder")).to_have_attribute("aria-expanded", "false")
    # The list on the screen is the one for "pa"; the name was typed on and the field left before the next came.
    stage_page.fill("#sheet-holder", "pa")
    stage_page.wait_for_selector("#sheet-holder-options [role=option]")
    stage_page.keyboard.type("rks z")
    stage_page.keyboard.press("Tab")
    expect(stage_page.locator("#sheet-holder")).to_have_value("parks z")
    expect(stage_page.locator("input[name=holder]")).to_have_value("")
    stage_page.fill("#sheet-holder", "pa")
    stage_page.wait_for_selector("#sheet-holder-options [role=option]")
    stage_page.fill("#sheet-holder", "Eleni Papadopoulou")
    stage_page.keyboard.press("Tab")
    expect(stage_page.locator("input[name=holder]")).to_have_value("5")
    stage_page.fill("#sheet-holder", "zzz")
    stage_page.wait_for_selector(".option-none")


NEXT_DAY = """() => {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + 1)).toISOString().slice(0, 10);
}"""


def test_a_jalali_day_is_typed_or_picked_and_sent_as_iso(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/style?locale=fa")
    stage_page.wait_for_selector(".date-open")
    expect(stage_page.locator("#sheet-due")).to_have_value("۱۴۰۵/۹/۲")
    for typed, sent in (("1405/1/1", "2026-03-21"), ("۳۰/۱۲/۱۴۰۳", "2025-03-20"), ("۱۴۰۴/۱۲/۳۰", ""), ("soon", "")):
        stage_page.fill("#sheet-due", typed)
        expect(stage_page.locator("input[name=due]"), typed).to_have_value(sent)
    stage_page.wait_for_function("document.querySelector('#sheet-due').validity.customError")
    stage_page.fill("#sheet-due", "۱۴۰۵/۹/۲")
    stage_page.click(".date-open")
    stage_page.keyboard.press("ArrowLeft")
    stage_page.keyboard.press("Enter")
    expect(stage_page.locator("#sheet-due")).to_have_value("۱۴۰۵/۹/۳")
    expect(stage_page.locator("input[name=due]")).to_have_value("2026-11-24")
    expect(stage_page.locator("#sheet-due")).to_be_focused()


def test_a_gregorian_day_is_written_day_first_whatever_the_browser_speaks(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/style?locale=el")
    stage_page.wait_for_selector(".date-open")
    expect(stage_page.locator("#sheet-due")).to_have_value("23/11/2026")
    for typed, sent in (
        ("1/2/2027", "2027-02-01"), ("3.12.26", "2026-12-03"), ("2026-12-01", "2026-12-01"), ("29/2/2027", ""),
        ("12/31/2026", ""), ("soon", ""),
    ):  # fmt: skip
        stage_page.fill("#sheet-due", typed)
        expect(stage_page.locator("input[name=due]"), typed).to_have_value(sent)
    stage_page.wait_for_function("document.querySelector('#sheet-due').validity.customError")
    stage_page.fill("#sheet-due", "Αύριο")
    expect(stage_page.locator("input[name=due]")).to_have_value(stage_page.evaluate(NEXT_DAY))
    stage_page.fill("#sheet-due", "29/11/2026")
    stage_page.click(".date-open")
    expect(stage_page.locator(".calendar th").first).to_have_text("Δ")
    stage_page.keyboard.press("ArrowDown")
    stage_page.keyboard.press("Enter")
    expect(stage_page.locator("#sheet-due")).to_have_value("06/12/2026")
    expect(stage_page.locator("input[name=due]")).to_have_value("2026-12-06")


def test_what_was_typed_is_kept_offline(stage_page: Page, stage_address: str) -> None:
    stage_page.goto(f"{stage_address}/moving")
    stage_page.fill("#typed", "words")
    stage_page.context.set_offline(True)
    stage_page.wait_for_selector("[data-offline]", state="visible")
    stage_page.click("#send")
    expect(stage_page.locator("#typed")).to_have_value("words")
    stage_page.context.set_offline(False)
    stage_page.wait_for_selector("[data-offline]", state="hidden")
