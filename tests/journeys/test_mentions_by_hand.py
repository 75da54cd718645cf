"""Whoever is mentioned stands in the text by name while one writes, and is meant by what is said."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation
from collab.messaging.forms import NewConversation
from collab.people.commands.people import add_person
from collab.people.forms.people import NewPersonForm

NIKOS = "@Nikos Pappas "


@pytest.fixture
def storm(acting, template):
    """The id of a group of Eleni and Nikos."""
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


@pytest.fixture
def eleni(visitor, storm):
    return visitor("Eleni").comes_to(f"/conversations/{storm}", "en")


def mentions(page, typed, at=0):
    page.locator("#talk-call").press_sequentially(typed)
    page.locator("#talk-composer .option").nth(at).click()


def sent(page):
    """The text as it leaves the page."""
    with page.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith("/messages")) as asked:
        page.locator("#talk-text").press("Control+Enter")
    expect(page.locator("#talk-text")).to_have_value("")
    return parse_qs(asked.value.post_data)["text"][0]


def test_a_name_is_chosen_read_written_around_undone_and_said(eleni, template):
    page, nikos = eleni.page, f"@[Nikos Pappas](party:{template.Nikos})"
    text, line = page.locator("#talk-text"), page.locator(".composer-called")
    text.press_sequentially("Ask @")
    expect(page.locator("#talk-call")).to_be_focused()
    mentions(page, "Nik")
    expect(text).to_have_value(f"Ask {NIKOS}")
    expect(line).to_have_text("Mentions: Nikos Pappas (Parks)")
    text.press_sequentially("today")
    text.press("Home")
    text.press_sequentially("Please. ")
    expect(text).to_have_value(f"Please. Ask {NIKOS}today")
    # A letter too many taken away, and put back by undoing, and by hand.
    text.press("End")
    for _letter in "s today":
        text.press("Backspace")
    expect(line).to_have_count(0)
    while text.input_value() != f"Please. Ask {NIKOS}today":
        before = text.input_value()
        text.press("Control+z")
        assert text.input_value() != before, "there is nothing to undo any more"
    expect(line).to_have_text("Mentions: Nikos Pappas (Parks)")
    # In code it is no mention.
    text.press("End")
    page.keyboard.insert_text(" `@Nikos Pappas` @Nikos Papp")
    assert sent(page) == f"Please. Ask {nikos} today `@Nikos Pappas` @Nikos Papp"
    said = page.locator("#talk-messages .message-text")
    expect(said.locator(".mention")).to_have_text(["@Nikos Pappas"])
    # Changing what was said shows the name and keeps whom it means.
    text.press("ArrowUp")
    area = page.locator("#talk-messages textarea")
    expect(area).to_have_value(f"Please. Ask {NIKOS}today `@Nikos Pappas` @Nikos Papp")
    area.fill(f"Ask {NIKOS}tomorrow")
    with page.expect_request(lambda asked: asked.method == "PUT") as asked:
        page.locator("#talk-messages form").get_by_role("button", name="Save").click()
    assert parse_qs(asked.value.post_data)["text"] == [f"Ask {nikos} tomorrow"]
    expect(said).to_have_text("Ask @Nikos Pappas tomorrow")


def test_a_unit_and_a_post_are_called_as_a_person_is(eleni, template):
    page, line = eleni.page, eleni.page.locator(".composer-called")
    text, options = page.locator("#talk-text"), page.locator("#talk-composer .option")
    for typed, party, whom in (
        ("Roads", template.ROADS, "Roads"),
        ("Head of Ro", template.head_posts["ROADS"], "Head of Roads"),
    ):
        text.press_sequentially("@")
        expect(page.locator("#talk-call")).to_be_focused()
        page.locator("#talk-call").press_sequentially(typed)
        options.filter(has=page.get_by_text(whom, exact=True)).first.click()
        expect(line).to_contain_text(whom)
        text.press_sequentially(" please come")
        assert sent(page) == f"@[{whom}](party:{party})  please come"
        expect(page.locator("#talk-messages .mention").last).to_have_text(f"@{whom}")
        expect(page.locator("#talk-messages .mention").last).to_have_attribute("href", f"/mentions/{party}")


def test_of_two_with_one_name_the_one_who_was_chosen_is_meant(eleni, acting, template):
    form = NewPersonForm(name="Petros Vlachos", email="other.petros@lefkothea.example")
    other = acting(add_person, "Kostas", form, eleni.url)
    page, text = eleni.page, eleni.page.locator("#talk-text")
    mentions(page, "Petros Vlachos", 1)
    text.press_sequentially("and ")
    mentions(page, "Petros Vlachos", 0)
    both = "@Petros Vlachos and @Petros Vlachos "
    expect(text).to_have_value(both)
    text.press("Home")
    # The first is taken away and comes back as itself.
    for _letter in "@Petros Vlachos":
        text.press("Delete")
    expect(text).to_have_value(both.removeprefix("@Petros Vlachos"))
    expect(page.locator(".composer-called")).to_have_text("Mentions: Petros Vlachos (Roads)")
    while text.input_value() != both:
        before = text.input_value()
        text.press("Control+z")
        assert text.input_value() != before, "there is nothing to undo any more"
    assert sent(page) == f"@[Petros Vlachos](party:{other}) and @[Petros Vlachos](party:{template.Petros}) "


def test_what_is_pasted_kept_and_waits_reads_as_a_name_too(eleni, template):
    page, nikos = eleni.page, f"@[Nikos Pappas](party:{template.Nikos})"
    text = page.locator("#talk-text")
    text.focus()
    page.keyboard.insert_text(f"{nikos} and @Maria Lekka")
    expect(text).to_have_value("@Nikos Pappas and @Maria Lekka")
    expect(page.locator(".composer-called")).to_have_text("Mentions: Nikos Pappas")
    with page.expect_response("**/draft") as kept:
        text.press_sequentially(" wait")
    assert parse_qs(kept.value.request.post_data)["text"] == [f"{nikos} and @Maria Lekka wait"]
    # On another desk, and where the browser itself puts back what was typed.
    for _time in range(2):
        page.reload()
        expect(text).to_have_value("@Nikos Pappas and @Maria Lekka wait")
        expect(page.locator(".composer-called")).to_have_text("Mentions: Nikos Pappas")
    eleni.is_alive()
    text.press("Control+Alt+KeyP")
    expect(page.locator("#talk-preview .mention")).to_have_text("@Nikos Pappas")
    text.press("Control+Alt+KeyP")
    eleni.context.set_offline(True)
    text.press("Control+Enter")
    expect(page.locator(".message-waiting-text")).to_have_text("@Nikos Pappas and @Maria Lekka wait")
    expect(page.locator(".composer-called")).to_have_count(0)
    eleni.context.set_offline(False)
    expect(page.locator("#talk-messages .mention")).to_have_text("@Nikos Pappas")
    expect(page.locator("#talk-messages .message-text")).to_have_text("@Nikos Pappas and @Maria Lekka wait")
    eleni.complaints[:] = [one for one in eleni.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
