"""Nothing that is typed into a composer is dropped, sent by halves or sent twice, whatever is pressed."""

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation
from collab.messaging.forms import NewConversation


@pytest.fixture
def storm(acting, template):
    """The id of a group of Eleni and Nikos."""
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


@pytest.fixture
def eleni(visitor, storm):
    return visitor("Eleni").comes_to(f"/conversations/{storm}", "en")


def said(page):
    return page.locator("#talk-messages .message-text")


@pytest.mark.parametrize("typed", ["meet @ 14:00 at the depot", "price 5 € @ the market"])
@pytest.mark.parametrize("by", ["key", "button"])
def test_an_at_that_calls_nobody_is_a_letter_like_any_other(eleni, typed, by):
    page = eleni.page
    page.locator("#talk-text").focus()
    page.keyboard.type(typed)
    if by == "key":
        page.keyboard.press("Control+Enter")
    else:
        page.locator("#talk-composer button.button-primary").click()
    expect(said(page)).to_have_text(typed)
    expect(page.locator("#talk-text")).to_have_value("")


@pytest.fixture
def unanswered(eleni):
    """Whom one mentions is not answered before this is called."""
    held, free = [], []

    def hold(route):
        if free:
            route.continue_()
        else:
            held.append(route)

    def answer():
        free.append(True)
        for route in held:
            route.continue_()

    eleni.page.route("**/parties?*", hold)
    return answer


@pytest.mark.parametrize("leaving", ["Escape", "Tab", "click", "Enter", "form"])
def test_the_field_of_mentions_gives_back_what_was_typed_there_and_sends_nothing(eleni, unanswered, leaving):
    page, text, field = eleni.page, eleni.page.locator("#talk-text"), eleni.page.locator("#talk-call")
    text.fill("Ask  today")
    text.evaluate("area => area.setSelectionRange(4, 4)")
    text.press("@")
    expect(field).to_be_focused()
    page.keyboard.type("nobody at all")
    if leaving == "click":
        page.locator("#conversation-title").click()
    elif leaving == "form":
        page.locator("#talk-composer").evaluate("form => form.requestSubmit()")  # as a key of a phone does
    else:
        page.keyboard.press(leaving)
    unanswered()
    expect(text).to_have_value("Ask @nobody at all today")
    expect(field).to_have_value("")
    if leaving not in ("Tab", "click"):
        expect(text).to_be_focused()
        page.keyboard.type(",")
        expect(text).to_have_value("Ask @nobody at all, today")
    assert said(page).count() == 0
    text.press("Control+Enter")
    expect(said(page)).to_contain_text("Ask @nobody at all")


def test_what_follows_an_at_that_calls_nobody_goes_on_in_the_message(eleni):
    page, text, field = eleni.page, eleni.page.locator("#talk-text"), eleni.page.locator("#talk-call")
    text.fill(" please")
    text.evaluate("area => area.setSelectionRange(0, 0)")
    text.press_sequentially("Meet @")
    expect(field).to_be_focused()
    page.keyboard.type("zzz")
    expect(text).to_be_focused()
    expect(text).to_have_value("Meet @zzz please")
    page.keyboard.type(" at ten,")
    expect(text).to_have_value("Meet @zzz at ten, please")
    # Whoever writes without a pause is answered at its end.
    text.fill("")
    page.keyboard.type("Meet @zzz at ten please")
    expect(text).to_be_focused()
    expect(text).to_have_value("Meet @zzz at ten please")
    # A name is found by its first word, its second, and both.
    text.fill("")
    page.keyboard.type("Ask @Nikos")
    expect(page.locator("#talk-composer .option")).to_have_count(1)
    page.keyboard.type(" Pap")
    expect(page.locator("#talk-composer .option")).to_have_text("Nikos PappasParks")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_have_value("Ask @Nikos Pappas ")
    # Who went to the field by themselves looks for somebody, and mends what they typed there.
    field.click()
    page.keyboard.type("zzz")
    expect(page.locator("#talk-composer .option-none")).to_be_visible()
    expect(field).to_be_focused()


@pytest.mark.parametrize("typed", ["Meet @zzz at ten please", "Ask Nikos @ ten", "Well, @"])
@pytest.mark.parametrize("pace", [0, 40])
def test_what_is_typed_at_any_pace_is_sent_whole_from_the_field_of_mentions(eleni, typed, pace):
    page, text = eleni.page, eleni.page.locator("#talk-text")
    text.focus()
    page.keyboard.type(typed, delay=pace)
    page.keyboard.press("Control+Enter")
    expect(said(page)).to_have_text(typed)
    expect(text).to_have_value("")
    expect(page.locator("#talk-call")).to_have_value("")


def test_ctrl_enter_in_the_field_of_mentions_sends_and_means_only_whom_it_names(eleni, unanswered):
    page, text = eleni.page, eleni.page.locator("#talk-text")
    text.focus()
    page.keyboard.type("Ask @nobody at all")
    page.keyboard.press("Control+Enter")
    expect(said(page)).to_have_text("Ask @nobody at all")
    unanswered()
    expect(text).to_have_value("")
    page.keyboard.type("See @Nikos Pap")
    expect(page.locator("#talk-composer .option")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(said(page).last).to_have_text("See @Nikos Pappas")
    expect(said(page).last.locator(".mention")).to_have_count(1)
    expect(text).to_have_value("")
    page.keyboard.type("See @P")
    expect(page.locator("#talk-composer .option").nth(1)).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(said(page).last).to_have_text("See @P")


def test_a_sole_at_and_a_name_in_the_field_itself_are_kept_and_a_name_chosen_takes_the_place_of_the_at(eleni):
    page, text, field = eleni.page, eleni.page.locator("#talk-text"), eleni.page.locator("#talk-call")
    text.press("@")
    expect(text).to_have_value("@")
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value("@")
    text.fill("Ask")
    field.click()
    page.keyboard.type("nobody")
    page.locator("#talk-composer button.button-primary").click()
    expect(said(page)).to_have_text("Ask @nobody")
    # The answer is not there yet when Enter is pressed.
    expect(text).to_have_value("")
    text.press("@")
    page.keyboard.type("Nikos Pap")
    page.keyboard.press("Enter")
    expect(text).to_have_value("@Nikos Pappas ")


def scheduled(page):
    page.locator(".composer-later").click()
    page.locator("[data-later][value=hour]").click()


@pytest.mark.parametrize("way", ["later", "now"])
@pytest.mark.parametrize("pause", ["none", "while the draft is on its way"])
def test_what_is_sent_now_or_later_leaves_no_draft_however_quick_it_is(eleni, way, pause):
    page, text = eleni.page, eleni.page.locator("#talk-text")
    drafts, held = [], []

    def hold(route):
        """The first draft reaches the server after everything else that was pressed meanwhile."""
        drafts.append(route.request.post_data)
        if len(drafts) == 1:
            held.append(route)
        else:
            route.continue_()

    page.route("**/draft", hold)
    text.press_sequentially("Bring sandbags")
    if pause != "none":
        with page.expect_request("**/draft"):
            pass
    if way == "later":
        scheduled(page)
        expect(page.locator("#talk-waits")).to_be_visible()
    else:
        text.press("Control+Enter")
        expect(said(page)).to_have_text("Bring sandbags")
    expect(text).to_have_value("")
    if pause != "none":
        with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.request.post_data == "text="):
            held[0].continue_()
    page.reload()
    eleni.is_alive()
    expect(text).to_have_value("")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('draft:'))") == []


def test_what_is_sent_at_a_time_of_ones_choice_is_carried_there_as_it_stands_and_left_nowhere(visitor, eleni, storm):
    page, text = eleni.page, eleni.page.locator("#talk-text")
    with page.expect_response("**/draft"):
        text.press_sequentially("What stood there before")
    text.fill("Bring sandbags")  # and on at once, before the pause in writing after which a draft is kept
    page.locator(".composer-later").click()
    page.locator("#talk-later a").click()
    page.wait_for_url("**/later")
    eleni.is_alive()
    expect(page.locator("#f-text")).to_have_value("Bring sandbags")
    day = page.locator("[data-date]:has([name=day]) input").first
    day.fill("yesterday")
    expect(day).to_have_js_property("validity.valid", False)
    expect(page.locator("[data-date]:has([name=day])[data-reading]")).to_have_count(0)
    assert day.evaluate("field => field.validationMessage").startswith("That day is past.")
    day.fill("tomorrow")
    expect(day).to_have_js_property("validity.valid", True)
    page.locator("main .button-primary").click()
    page.wait_for_url(f"**/conversations/{storm}")
    eleni.is_alive()
    expect(page.locator("#talk-waits")).to_be_visible()
    expect(text).to_have_value("")
    page.reload()
    eleni.is_alive()
    expect(text).to_have_value("")
    page.close()
    desk = visitor("Eleni").comes_to(f"/conversations/{storm}", "en").page
    expect(desk.locator("#talk-text")).to_have_value("")


def test_a_draft_that_the_server_took_is_not_brought_back_by_the_tab_once_it_was_sent_elsewhere(visitor, eleni, storm):
    page = eleni.page
    with page.expect_response("**/draft"):
        page.locator("#talk-text").fill("Bring sandbags")
    desk = visitor("Eleni").comes_to(f"/conversations/{storm}", "en").page
    expect(desk.locator("#talk-text")).to_have_value("Bring sandbags")
    desk.locator("#talk-text").press("Control+Enter")
    expect(said(desk)).to_have_text("Bring sandbags")
    page.reload()
    eleni.is_alive()
    expect(said(page)).to_have_text("Bring sandbags")
    expect(page.locator("#talk-text")).to_have_value("")


def test_where_the_draft_cannot_be_kept_one_stays_with_ones_words(eleni):
    page, text = eleni.page, eleni.page.locator("#talk-text")
    page.route("**/draft", lambda route: route.fulfill(status=422))
    text.fill("Bring sandbags")
    page.locator(".composer-later").click()
    page.locator("#talk-later a").click()
    expect(page.locator("#toasts .toast-bad")).to_be_visible()
    expect(text).to_have_value("Bring sandbags")
    assert not page.url.endswith("/later")


def test_a_text_that_is_too_long_is_not_cut_in_silence(eleni):
    page, text = eleni.page, eleni.page.locator("#talk-text")
    text.fill("word " * 5_000)
    text.press("Control+Enter")
    expect(page.get_by_text("This is too long: at most 20000 characters.").first).to_be_visible()
    assert len(text.input_value()) == 25_000, "the whole of it is still there"
    assert said(page).count() == 0


def test_leaving_asks_nothing_where_words_are_kept_and_asks_where_they_would_be_lost(visitor, eleni, storm):
    page, asked = eleni.page, []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.locator("#talk-text").press_sequentially("Half a sentence")
    page.locator(".nav-link[href='/tasks']").click()  # before the pause in writing after which a draft is kept
    page.wait_for_url("**/tasks*")
    assert asked == []
    desk = visitor("Eleni").comes_to(f"/conversations/{storm}", "en").page
    expect(desk.locator("#talk-text")).to_have_value("Half a sentence")
    desk.locator("#talk-text").press("Control+Enter")
    expect(said(desk)).to_have_text("Half a sentence")
    expect(desk.locator("#talk-text")).to_have_value("")
    desk.on("dialog", lambda dialog: asked.append(dialog.type))
    desk.locator("#talk-text").press("ArrowUp")
    desk.locator("#talk-messages textarea").press_sequentially(" or two")
    desk.locator(".nav-link[href='/tasks']").click()
    desk.wait_for_url("**/tasks*")
    assert asked == ["beforeunload"]


def test_a_chosen_file_is_no_draft_so_leaving_asks_until_it_was_sent_or_taken_out(eleni):
    page, asked = eleni.page, []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    plan = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Where the trees stand"}
    with page.expect_response("**/draft"):
        page.locator("#talk-text").press_sequentially("The plan")
    choice, row = page.locator("#talk-composer input[type=file]"), page.locator("#talk-composer .upload")
    choice.set_input_files(plan)
    expect(row.get_by_role("button", name="Remove")).to_be_visible()
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator("#talk-text")).to_have_value("The plan")
    expect(row).to_have_count(0)
    for way in ("taken out", "sent"):
        choice.set_input_files(plan)
        expect(row.get_by_role("button", name="Remove")).to_be_visible()
        if way == "sent":
            page.locator("#talk-text").press("Control+Enter")
            expect(said(page)).to_have_text("The plan")
        else:
            row.get_by_role("button", name="Remove").click()
        expect(row).to_have_count(0)
        page.locator("#talk-text").click()
        page.reload()
        assert asked == ["beforeunload"], way


def test_a_long_draft_in_greek_is_kept_on_the_server_too(eleni):
    """A letter outside Latin takes six bytes on its way, and browsers let few of them outlive a page."""
    page, long = eleni.page, "λέξη " * 3_000
    with page.expect_response("**/draft") as kept:
        page.locator("#talk-text").fill(long)
    assert kept.value.status == 204, kept.value.status
