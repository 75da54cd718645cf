"""The screens of a conversation: three panes on a desk, one on a phone; what is heard, who is here, what is read."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post, put_sign, read, say
from collab.messaging.forms import NewConversation, ReadUpTo, Say
from collab.messaging.owners import Owner
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask

PANES = (".talks", ".talking-main", "#talking-card")
WAY = "getComputedStyle(e).direction"


@pytest.fixture
def storm(acting, template):
    """The id of a group of Eleni and Nikos."""
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


@pytest.fixture
def tells(acting, storm):
    """`tells("Nikos", "The river rises")`: said there, by command, as by somebody elsewhere. Gives its id."""
    numbers = iter(range(1000))
    return lambda name, text: acting(post, name, storm, Say(text=text, nonce=f"t-{next(numbers)}"))["id"]


@pytest.mark.parametrize("locale", ["en", "el", "fa"])
def test_three_panes_stand_side_by_side_on_a_desk(visitor, storm, tells, locale):
    tells("Nikos", "The river rises")
    eleni = visitor("Eleni", locale=locale).comes_to(f"/conversations/{storm}", locale)
    boxes = []
    for pane in PANES:
        expect(eleni.page.locator(pane)).to_be_visible()
        boxes.append(eleni.page.locator(pane).bounding_box())
    if locale == "fa":
        boxes.reverse()
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"] + 1, "they do not cover each other"
    assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 2
    assert min(box["height"] for box in boxes) > 500
    middle = boxes[1]
    assert middle["width"] > max(boxes[0]["width"], boxes[2]["width"]), "what is said has the most room"
    expect(eleni.page.locator("#talking-card")).to_contain_text("Nikos Pappas")
    expect(eleni.page.locator(".talks [aria-current=page]")).to_contain_text("Storm")


def test_on_a_phone_one_pane_is_seen_and_the_way_back_leads_to_the_list(visitor, storm, tells):
    tells("Nikos", "The river rises")
    page = visitor("Eleni", width=390).comes_to(f"/conversations/{storm}", "en").page
    expect(page.locator(".talking-main")).to_be_visible()
    assert page.locator(".talking-main").bounding_box()["width"] == 390
    expect(page.locator(".talks")).to_be_hidden()
    expect(page.locator("#talking-card")).to_be_hidden()
    with page.expect_navigation():
        page.locator(".talking-back").click()
    expect(page.locator(".talks")).to_be_visible()
    expect(page.locator(".talking-main")).to_be_hidden()
    page.locator(f".talks-line[href$='/{storm}']").click()
    expect(page.locator("#talk-messages")).to_contain_text("The river rises")
    page.locator(".talking-about").click()
    expect(page.locator("main")).to_contain_text("Nikos Pappas")


def test_units_stand_in_the_list_as_in_the_tree(visitor, acting, template):
    for name, unit in (("Nikos", template.PARKS), ("Petros", template.ROADS), ("Yannis", template.TECH)):
        acting(say, name, Owner("unit", unit), Say(text="Good morning", nonce=f"tree-{name}"))
    page = visitor("Yannis").comes_to("/conversations", "en").page
    lines = page.locator(".talks section", has=page.get_by_role("heading", name="Units")).locator(".talks-line")
    names = lines.locator(".talks-name").all_inner_texts()
    at = dict(zip(names, lines.evaluate_all("all => all.map(e => Number(e.dataset.depth))"), strict=True))
    tech, parks, roads = (next(one for one in names if word in one) for word in ("Technical", "Parks", "Roads"))
    assert at[parks] == at[roads] == at[tech] + 1
    assert names.index(tech) < min(names.index(parks), names.index(roads))
    inset = {name: lines.nth(place).locator(".icon").first.bounding_box()["x"] for place, name in enumerate(names)}
    assert inset[parks] == inset[roads] > inset[tech], "what is below stands further in"


def test_a_screen_reader_hears_what_others_say_once_and_neither_ones_own_words_nor_what_is_drawn_anew(
    visitor, acting, storm, tells
):
    first = tells("Nikos", "The river rises")
    eleni = visitor("Eleni").comes_to(f"/conversations/{storm}", "en")
    page, heard = eleni.page, eleni.page.locator("#talk-heard")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")
    expect(heard).to_have_attribute("aria-live", "polite")
    expect(heard).to_have_text("")
    page.evaluate("""() => {
      window.said = [];
      new MutationObserver(() => window.said.push(document.getElementById("talk-heard").textContent))
        .observe(document.getElementById("talk-heard"), { childList: true, characterData: true, subtree: true });
    }""")
    tells("Nikos", "The **bridge** is closed")
    expect(heard).to_have_text("Nikos Pappas: The bridge is closed")
    acting(put_sign, "Nikos", first, "seen")
    expect(page.locator("#talk-messages .reaction")).to_have_count(1)
    page.locator("#talk-text").fill("I am on my way")
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator("#talk-messages .message-text")).to_have_count(3)
    tells("Nikos", "Take the north road")
    expect(heard).to_have_text("Nikos Pappas: Take the north road")
    assert page.evaluate("window.said") == [
        "Nikos Pappas: The bridge is closed",
        "Nikos Pappas: Take the north road",
    ]


def test_each_part_of_a_message_runs_in_its_own_direction_whatever_the_page_speaks(visitor, storm, tells):
    tells("Nikos", "Two trees are down\n\nدو درخت افتاده است\n\n- پمپ\n- pump\n\n> Έπεσαν δύο δέντρα")
    for locale in ("en", "fa"):
        page = visitor("Eleni", locale=locale).comes_to(f"/conversations/{storm}", locale).page
        text = page.locator("#talk-messages .message-text").first
        found = dict(text.locator("p, li").evaluate_all(f"all => all.map(e => [e.textContent.trim(), {WAY}])"))
        assert found["Two trees are down"] == "ltr", locale
        assert found["دو درخت افتاده است"] == "rtl", locale
        assert found["Έπεσαν δύο δέντρα"] == "ltr", locale
        assert "پمپ" in found, locale
        assert page.locator("#talk-text").get_attribute("dir") == "auto"


def test_the_dot_beside_a_name_comes_and_goes_with_their_pages(visitor, acting, template):
    talk = acting(open_conversation, "Eleni", NewConversation(kind="direct", members=[template.Petros]))
    acting(post, "Petros", talk, Say(text="Good morning", nonce="dot-1"))
    eleni = visitor("Eleni").comes_to(f"/conversations/{talk}", "en")
    dots = eleni.page.locator(f"[data-presence='{template.Petros}']")
    expect(dots.first).to_be_hidden()
    eleni.marks_the_page()
    petros = visitor("Petros").comes_to("/")
    expect(eleni.page.locator(".talking-head").locator(dots)).to_be_visible()
    expect(eleni.page.locator(".talks").locator(dots)).to_be_visible()
    petros.page.goto("about:blank")
    expect(eleni.page.locator(".talking-head").locator(dots)).to_be_hidden()
    expect(eleni.page.locator(".talks").locator(dots)).to_be_hidden()
    assert eleni.page_was_never_reloaded


def test_what_is_read_in_one_browser_is_read_in_the_other_of_the_same_person(visitor, storm, tells):
    desk, phone = visitor("Eleni").comes_to("/", "en"), visitor("Eleni", width=390).comes_to("/", "en")
    desk.opens("/conversations")
    desk.marks_the_page()
    tells("Nikos", "The river rises")
    tells("Nikos", "The bridge is closed")
    line = desk.page.locator(f".talks-line[href$='/{storm}']")
    expect(line.locator(".count")).to_contain_text("2")
    number = desk.page.locator(".nav a[href='/conversations'] .count").first
    unread = desk.page.locator(".talks-unread").count()
    expect(number).to_have_text(str(unread))
    phone.opens(f"/conversations/{storm}")
    expect(phone.page.locator("#talk-messages .message-text")).to_have_count(2)
    expect(line.locator(".count")).to_have_count(0)
    expect(number).to_have_text(str(unread - 1) if unread > 1 else "")
    assert desk.page_was_never_reloaded


@pytest.mark.parametrize("title", ["شاخه‌های افتاده در تمام جاده ساحلی از بندر تا آسیاب کهنه", "Fallen branches"])
def test_the_title_of_the_talk_of_an_item_begins_where_its_words_begin(visitor, acting, template, title):
    form = NewTask(title=title, unit=template.PARKS, holder=template.Eleni)
    made = acting(create_task, "Nikos", form)
    talk = acting(say, "Nikos", Owner("work-item", made["id"]), Say(text="Good morning", nonce="title"))["conversation"]
    page = visitor("Eleni", locale="fa", width=390).comes_to(f"/conversations/{talk}", "fa").page
    heading = page.locator("#conversation-title")
    expect(heading.locator("bdi")).to_have_text(made["reference"])
    way = "rtl" if title[0] > "\u0600" else "ltr"
    assert heading.evaluate(f"e => {WAY}") == way
    # The reference, which comes first, is seen whole: at the right of a Persian title, at the left of an English one.
    first, whole = heading.locator("bdi").bounding_box(), heading.bounding_box()
    begins = whole["x"] + whole["width"] - first["x"] - first["width"] if way == "rtl" else first["x"] - whole["x"]
    assert -1 < begins < 3


def test_the_title_of_an_item_stands_apart_from_its_reference_in_what_was_missed_and_in_what_was_found(
    visitor, acting, template
):
    made = acting(
        create_task, "Nikos", NewTask(title="Fallen branches (2)", unit=template.PARKS, holder=template.Eleni)
    )
    talk = Owner("work-item", made["id"])
    first = acting(say, "Nikos", talk, Say(text="Ahoj is what sailors say", nonce="apart-1"))
    acting(read, "Eleni", first["conversation"], ReadUpTo(seq=1))
    acting(say, "Nikos", talk, Say(text="Ahoj again", nonce="apart-2"))
    page = visitor("Eleni").comes_to("/", "fa").page
    named = [made["reference"], "Fallen branches (2)"]
    for address, place, order in (("missed", ".missed-title", named[::-1]), ("search?q=ahoj", ".hit-place", named)):
        page.goto(f"/conversations/{address}")
        parts = page.locator(place, has_text=made["reference"]).first.locator("bdi")
        expect(parts).to_have_text(order)
        first, second = (part.bounding_box() for part in parts.all())
        assert second["x"] + second["width"] <= first["x"] + 1, "on a Persian page what comes first stands at the right"
