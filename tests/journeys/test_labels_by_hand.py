"""What stands beside what, on a phone: labels leave room, lines begin below each other, what goes together stays so."""

import pytest

from collab.flows.meetings.commands import plan_meeting
from collab.flows.meetings.forms import NewMeeting
from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say
from collab.people.commands.skills import list_skill, require_skill
from collab.people.commands.units import create_unit
from collab.people.forms.organisation import NewUnitForm
from collab.people.forms.skills import RequirementForm, SkillForm
from collab.tasks.commands import create_task
from collab.tasks.commands.rules import create_rule
from collab.tasks.forms import NewRuleForm, NewTask


@pytest.fixture
def phone(visitor):
    """`phone("Nikos", "el", "/")`: the page as it stands on a phone, in Greek."""

    def opens(name, locale, address):
        return visitor(name, locale=locale, width=390).comes_to(address, locale).page

    return opens


def boxes(page, *places):
    return [page.locator(one).first.bounding_box() for one in places]


def test_a_long_label_takes_no_room_from_what_stands_beside_it(phone, acting):
    rule = acting(create_rule, "Kostas", NewRuleForm(name="Permit", allowed=50, legal_basis="law 2690/1999, art. 4"))
    page = phone("Nikos", "el", f"/deadline-rules/{rule}")
    list_, label, value = boxes(page, ".facts", ".facts > dt:last-of-type", ".facts > dd:last-of-type")
    assert label["width"] <= list_["width"] * 0.4 + 1
    assert value["width"] > list_["width"] / 2


def test_the_rest_of_the_acts_stays_beside_the_last_of_them(phone, acting, template):
    made = acting(plan_meeting, "Nikos", NewMeeting(title="Benches", unit=template.PARKS, on="2099-01-05"))
    page = phone("Nikos", "el", f"/meetings/{made['reference']}")
    edit, more = boxes(page, ".head-actions a[href$='/editing']", "#meeting-more")
    assert more["y"] == pytest.approx(edit["y"], abs=2)
    assert more["x"] >= edit["x"] + edit["width"]


def test_what_was_found_in_a_text_begins_below_the_title(phone, acting, template):
    acting(create_task, "Nikos", NewTask(title="Benches", body="Of zinnia wood", unit=template.PARKS))
    page = phone("Nikos", "en", "/search?q=zinnia")
    for _ in range(60):  # what was written a moment ago is found once the worker has read it
        if page.locator(".row-text").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    title, text = page.locator(".row-found", has_text="zinnia").first, page.locator(".row-text").first
    begins = text.evaluate("one => one.getBoundingClientRect().left + parseFloat(getComputedStyle(one).paddingLeft)")
    assert begins == pytest.approx(title.locator(".row-title").bounding_box()["x"], abs=1)


def test_the_next_unread_talk_stands_before_the_sign_for_a_new_one(phone, acting, template):
    form = NewConversation(title="Storm", members=[template.Nikos])
    acting(post, "Eleni", acting(open_conversation, "Eleni", form), Say(text="Who is where?", nonce="l-1"))
    page = phone("Nikos", "el", "/conversations")
    next_, new = boxes(page, ".talks-head > [data-key=u]", ".talks-head > [data-key=w]")
    assert new["x"] >= next_["x"] + next_["width"] + 8
    page.set_viewport_size({"width": 1280, "height": 800})
    next_, new = boxes(page, ".talks-head > [data-key=u]", ".talks-head > [data-key=w]")
    assert next_["y"] >= new["y"] + new["height"]


def test_a_line_that_wraps_leaves_no_dot_at_either_end(phone, acting, template):
    acting(create_task, "Nikos", NewTask(title="Benches", unit=template.PARKS, due_on="2020-01-07"))
    for address, line in (
        ("/units/PARKS/pending-items", "#unit-work"),
        (f"/people/{template.Nikos}/desk", ".page-head"),
    ):
        parts = phone("Nikos", "el", address).locator(f"{line} .dotted").first
        assert "·" not in parts.inner_text()
        assert parts.locator(":scope > *").count() > 1


def test_what_is_said_of_a_list_stands_clear_of_its_first_line(phone, acting, template):
    acting(plan_meeting, "Nikos", NewMeeting(title="Benches", unit=template.PARKS, on="2099-01-05"))
    note, rows = boxes(
        phone("Nikos", "el", f"/people/{template.Nikos}/desk"), ".section > p.line:has(+ .rows)", "p.line + .rows"
    )
    assert rows["y"] >= note["y"] + note["height"] + 8


def test_names_and_cells_of_a_table_are_read_on_a_phone(phone, acting, template):
    skill = acting(list_skill, "Kostas", SkillForm(name="Crane licence", family="licence"))
    for unit in ("PARKS", "ROADS"):
        acting(require_skill, "Yannis", template.head_posts[unit], RequirementForm(skill_id=skill, level=2, must=True))
    (column,) = boxes(phone("Yannis", "en", "/units/TECH/skills"), ".table th:last-child")
    assert column["width"] >= 140


def test_an_item_without_labels_has_one_gap_between_its_facts(phone, acting, template):
    made = acting(create_task, "Nikos", NewTask(title="Benches", unit=template.PARKS, holder=template.Eleni))
    line = phone("Eleni", "en", "/work-items?holder=me").locator(".item", has_text=made["reference"])
    reference, holder = (line.locator(one).bounding_box() for one in (".item-ref", "td:has(bdi:text('Eleni'))"))
    assert holder["x"] - reference["x"] - reference["width"] < 16


def test_the_main_unit_is_named_beside_the_unit(phone, template):
    unit, word = boxes(
        phone("Kostas", "el", f"/administration/people/{template.Eleni}"), ".row-lines .row-title", ".row .label"
    )
    assert unit["y"] - 2 <= word["y"] < unit["y"] + unit["height"]


def test_a_title_has_its_line_alone_however_short_the_reference_is(phone, acting, template):
    unit = acting(
        create_unit,
        "Kostas",
        NewUnitForm(code="IT", name="Computers", parent_id=template.TECH, valid_from="2020-01-01"),
    )
    for holder, address, line, title in (
        (template.Yannis, "/", "#day .row", ".row-lines"),
        (None, "/units/IT/pending-items", ".row", ".row-title"),
    ):
        made = acting(create_task, "Yannis", NewTask(title="Drill", unit=unit, holder=holder))
        row = phone("Yannis", "en", address).locator(line, has_text=made["reference"])
        whole, taken = row.bounding_box(), row.locator(title).bounding_box()
        assert whole["x"] + whole["width"] - taken["x"] - taken["width"] < 16, address
