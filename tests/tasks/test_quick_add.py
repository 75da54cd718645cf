"""Quick add: a line read while it is typed, kept with Enter, opened as a whole form with one key."""

import json
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import delete, func, select

from collab.core import clock
from collab.core.db import db, writing
from collab.people.models import Absence, Membership
from collab.tasks.recurring_models import Recurrence
from collab.work.models import Label, Wait, WorkItem, WorkItemLabel

PART = {"HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def wednesday(at):
    at(datetime(2026, 11, 25, 8, tzinfo=UTC))


@pytest.fixture
def last(app):
    def find():
        with app.app_context():
            return db.session.scalars(select(WorkItem).order_by(WorkItem.id.desc()).limit(1)).one()

    return find


def number(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(WorkItem))


def test_a_line_becomes_a_task(app, client_of, cast, last):
    answer = client_of("Eleni").post(
        "/quick-tasks", data={"text": "call Forestry next Fri !high @giorgos #storm"}, headers=PART
    )
    assert answer.status_code == 200
    item = last()
    assert (item.title, item.due_on, item.priority) == ("call Forestry", date(2026, 12, 4), 3)
    assert (item.created_by, item.unit_id) == (cast.Eleni, cast.PARKS)
    with app.app_context():
        labels = select(Label.name).join(WorkItemLabel, WorkItemLabel.label_id == Label.id)
        assert db.session.scalars(labels).all() == ["storm"]


def test_after_adding_the_box_is_ready_for_the_next_line_and_the_toast_leads_there(client_of, last):
    answer = client_of("Eleni").post("/quick-tasks", data={"text": "call Forestry"}, headers=PART)
    assert 'name="text" value=""' in answer.text
    told = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert told["text"] == f"{last().reference} was added."
    assert told["href"] == f"/work-items/{last().reference}"
    assert 'id="quick-added"' not in answer.text, "told once"
    page = client_of("Eleni").post("/quick-tasks", data={"text": "call Forestry"})
    assert (page.status_code, page.headers["Location"]) == (303, "/quick-tasks/new?added=PARKS-2")


def test_what_was_added_is_taken_back_while_nothing_else_happened_to_it(app, api_of, client_of, cast, at, last):
    eleni, line = client_of("Eleni"), "report every monday @giorgos tomorrow at 10"
    told = json.loads(eleni.post("/quick-tasks", data={"text": line}, headers=PART).headers["HX-Trigger"])["toast"]
    assert told["undo"] == "/quick-tasks/PARKS-1?_method=DELETE"
    assert client_of("Maria").post(told["undo"]).status_code == 404
    assert client_of("Nikos").post(told["undo"]).status_code == 403, "it is not the head who added it"
    at(datetime(2026, 11, 25, 8, 1, tzinfo=UTC))
    answer = eleni.post(told["undo"], headers=PART)
    assert json.loads(answer.headers["HX-Trigger"])["toast"]["text"] == "PARKS-1 was taken back."
    assert last().state_kind == "cancelled"
    with app.app_context():
        assert db.session.scalars(select(Recurrence.ended_how)).one() == "stopped"
        assert db.session.scalar(select(func.count()).select_from(Wait).where(Wait.ended_at.is_(None))) == 0
    assert eleni.post(told["undo"], headers=PART).status_code == 204, "pressed twice"
    eleni.post("/quick-tasks", data={"text": "another"})
    at(datetime(2026, 11, 25, 8, 2, tzinfo=UTC))
    api_of("Eleni").patch("/api/v1/work-items/PARKS-2", json={"priority": 3})
    assert eleni.post("/quick-tasks/PARKS-2?_method=DELETE", headers=PART).status_code == 409
    assert last().state_kind != "cancelled"


def test_who_is_not_named_has_it_themselves(client_of, cast, last):
    client_of("Eleni").post("/quick-tasks", data={"text": "call Forestry"})
    assert last().holder_id == cast.Eleni
    client_of("Nikos").post("/quick-tasks", data={"text": "τηλέφωνο στο Δασαρχείο @εγώ"})
    assert last().holder_id == cast.Nikos


def test_a_head_gives_at_once_and_a_clerk_offers(client_of, cast, last):
    client_of("Nikos").post("/quick-tasks", data={"text": "call Forestry @eleni"})
    assert last().holder_id == cast.Eleni
    client_of("Eleni").post("/quick-tasks", data={"text": "pavement @LEGAL"})
    assert last().holder_id == cast.Eleni, "theirs until it is accepted"


def test_a_name_of_several_is_asked_about_and_nothing_is_kept(app, client_of, cast):
    before = number(app)
    page = client_of("Eleni").post("/quick-tasks", data={"text": "call them @k tomorrow"}, headers=PART)
    assert page.status_code == 422
    assert number(app) == before
    assert "Kostas Fotiou" in page.text
    assert "Katerina Douka" in page.text
    assert 'data-write="10,12" data-text="@Katerina_Douka"' in page.text
    assert 'value="call them @k tomorrow"' in page.text


def test_whatever_a_choice_writes_into_the_line_means_that_one_alone(client_of, cast, last):
    client_of("Eleni").post("/quick-tasks", data={"text": "call them @Katerina_Douka"})
    client_of("Eleni").post("/quick-tasks", data={"text": f"call them @{cast.Katerina}"})
    assert last().title == "call them"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("call @zebra", "Nobody who could have it is called “zebra”."),
        ("call +LEGAL", "LEGAL is none of your units; name it with @ to give it to them."),
        ("call ^LEGAL-9", "There is no LEGAL-9 that you may see."),
        ("tomorrow !high", "Say what is to be done."),
        ("", "Say what is to be done."),
        ("x" * 300, "What is to be done is said in at most 200 characters; the rest goes into the description."),
        ("x" * 600, "This is too long: at most 500 characters."),
        ("a\x00b", "This contains characters that cannot be kept."),
        ("call @forestry", "Nobody who could have it is called “forestry”."),
    ],
)
def test_what_cannot_be_kept_is_said_at_the_line_and_the_line_stays(app, client_of, cast, line, reason):
    before = number(app)
    page = client_of("Eleni").post("/quick-tasks", data={"text": line}, headers=PART)
    assert page.status_code == 422
    assert reason in unescape(page.text)
    assert number(app) == before


@pytest.mark.parametrize(
    "line", ["<script>alert(1)</script> tomorrow", "@<b> #<i> ^<u>", "\u202e\u200f !high", "%s %(x)s {}", "@%_ @\\"]
)
def test_hostile_lines_are_text(client_of, line):
    page = client_of("Eleni").post("/quick-tasks/reading", data={"text": line}, headers=PART)
    assert page.status_code in (200, 422)
    assert "<script" not in page.text


def test_while_typing_every_piece_is_said_back_with_a_way_to_leave_it(client_of):
    page = client_of("Eleni").post("/quick-tasks/reading", data={"text": "call next Fri !high"}, headers=PART).text
    assert "Friday 4 December 2026" in page
    assert 'data-leave="5,13"' in page
    assert 'data-leave="14,19"' in page
    assert "Eleni Markou has it, in Parks" in page
    leila = client_of("Leila").post("/quick-tasks/reading", data={"text": "تماس فردا"}, headers=PART).text
    assert "پنجشنبه ۵ آذر ۱۴۰۵" in leila


def test_a_line_begun_with_its_parent_is_no_error_yet(client_of, last):
    eleni = client_of("Eleni")
    eleni.post("/quick-tasks", data={"text": "the storm"})
    begun = eleni.get(f"/quick-tasks/new?text=%5E{last().reference}%20", headers=PART).text
    assert "the storm" in begun
    assert "Say what is to be done." not in begun


def test_the_whole_form_keeps_everything_that_was_understood(client_of, cast, last):
    client_of("Eleni").post("/quick-tasks", data={"text": "the storm"})
    parent = last()
    line = f"call Forestry tomorrow !urgent @giorgos #storm ^{parent.reference}"
    form = client_of("Eleni").post("/quick-tasks/form", data={"text": line}, headers=PART).text
    for kept in (
        'value="call Forestry"', 'value="2026-11-26"', 'value="Giorgos Zervas"', f'value="{cast.Giorgos}"',
        '<option value="4" selected>', 'value="storm"', f'name="parent" value="{parent.id}"',
    ):  # fmt: skip
        assert kept in form
    pending = client_of("Eleni").post("/quick-tasks/form", data={"text": line, "kind": "pending"}, headers=PART).text
    assert 'action="/pending-items"' in pending


def test_a_part_is_made_below_its_whole(client_of, last):
    client_of("Eleni").post("/quick-tasks", data={"text": "the storm"})
    parent = last()
    client_of("Eleni").post("/quick-tasks", data={"text": f"call Forestry ^{parent.reference.lower()}"})
    assert last().parent_id == parent.id


def test_an_item_out_of_sight_is_nobodys_parent(client_of, last):
    client_of("Leila").post("/quick-tasks", data={"text": "budget"})
    hidden = last()
    page = client_of("Eleni").post("/quick-tasks/reading", data={"text": f"x ^{hidden.reference}"}, headers=PART).text
    assert f"There is no {hidden.reference} that you may see." in page
    assert "budget" not in page


def test_reading_asks_few_questions(client_of, queries):
    eleni = client_of("Eleni")
    eleni.post("/quick-tasks/reading", data={"text": "x"}, headers=PART)
    with queries() as sent:
        eleni.post("/quick-tasks/reading", data={"text": "call @k +PARKS ^PARKS-1 tomorrow"}, headers=PART)
    assert len(sent) <= 8


def test_the_api_takes_a_line_and_says_what_it_understands(api_of, cast):
    eleni = api_of("Eleni")
    made = eleni.post("/api/v1/quick-tasks", json={"text": "call Forestry tomorrow !high #storm"})
    assert made.status_code == 201
    assert (made.json["due_on"], made.json["priority"], made.json["labels"]) == ("2026-11-26", 3, ["storm"])
    said = eleni.post("/api/v1/quick-tasks/reading", json={"text": "call 🌳 @k tomorrow"}).json
    assert said["title"] == "call 🌳"
    assert [(piece["kind"], piece["written"]) for piece in said["pieces"]] == [("holder", "@k"), ("due", "tomorrow")]
    assert said["problem"] == "Which “k”?"
    refused = eleni.post("/api/v1/quick-tasks", json={"text": "call @k"})
    assert (refused.status_code, [each["field"] for each in refused.json["errors"]]) == (422, ["text"])


def test_what_a_line_says_comes_again_does(app, client_of, cast, last):
    eleni = client_of("Eleni")
    read = eleni.post("/quick-tasks/reading", data={"text": "water the trees every Monday"}, headers=PART).text
    assert "Every week: Monday" in unescape(read), "the piece is said back before anything is kept"
    assert "first on Monday" in unescape(read)
    eleni.post("/quick-tasks", data={"text": "water the trees every Monday"}, headers=PART)
    item = last()
    assert (item.title, item.due_on) == ("water the trees", date(2026, 11, 30))
    again = eleni.get(f"/api/v1/work-items/{item.reference}/recurrence").json
    assert (again["rrule"], again["mode"], again["next_on"]) == ("FREQ=WEEKLY;BYDAY=MO", "on-date", "2026-12-07")
    assert "Every week: Monday" in unescape(eleni.get(f"/work-items/{item.reference}").text)


def test_repetition_in_quotes_is_a_plain_word(app, client_of, last):
    client_of("Eleni").post("/quick-tasks", data={"text": 'water the trees "every Monday"'}, headers=PART)
    assert (last().title, last().due_on) == ("water the trees every Monday", None)
    assert client_of("Eleni").get(f"/api/v1/work-items/{last().reference}/recurrence").status_code == 404


def test_the_whole_form_carries_what_comes_again_and_may_drop_it(app, client_of, cast, last):
    eleni = client_of("Eleni")
    form = eleni.post("/quick-tasks/form", data={"text": "check every 3 days when done"}, headers=PART).text
    assert 'name="again" value="FREQ=DAILY;INTERVAL=3" checked' in form
    typed = {"title": "check", "unit": cast.PARKS, "holder": cast.Eleni, "again_mode": "on-done", "again_times": "4"}
    eleni.post("/tasks", data=typed | {"again": "FREQ=DAILY;INTERVAL=3"})
    again = eleni.get(f"/api/v1/work-items/{last().reference}/recurrence").json
    assert (again["mode"], again["interval"], again["times"]) == ("on-done", 3, 4)
    eleni.post("/tasks", data=typed)
    assert eleni.get(f"/api/v1/work-items/{last().reference}/recurrence").status_code == 404
    before = number(app)
    assert eleni.post("/tasks", data=typed | {"again": "FREQ=SECONDLY\x00"}).status_code == 422
    assert number(app) == before


def test_the_api_says_what_comes_again_and_refuses_what_never_does(app, client_of, last):
    eleni = client_of("Eleni")
    read = eleni.post("/api/v1/quick-tasks/reading", json={"text": "πληρωμή κάθε μήνα την 1η 3 φορές"}).json
    assert (read["recurrence"]["rrule"], read["recurrence"]["times"]) == ("FREQ=MONTHLY;BYMONTHDAY=1", 3)
    assert (read["task"]["due_on"], read["pieces"][0]["kind"]) == ("2026-12-01", "repeat")
    before = number(app)
    never = eleni.post("/api/v1/quick-tasks", json={"text": "water every Monday until today"})
    assert (never.status_code, number(app)) == (422, before)


SAID = {
    "Eleni": {"next Friday": "2026-12-04", "27/11": "2026-11-27", "3/12": "2026-12-03", "tomorrow": "2026-11-26",
              "in 2 weeks": "2026-12-09", "αύριο": "2026-11-26", "σε 3 μέρες": "2026-11-28", "فردا": "2026-11-26",
              "24/11": "2027-11-24", "lunch tomorrow": None, "31/2": None, "": None, "\ud83c": None},
    "Leila": {"۶ آذر": "2026-11-27", "۹/۷": "2026-11-28", "سه روز دیگر": "2026-11-28", "فردا": "2026-11-26"},
}  # fmt: skip


OVER = {
    "Eleni": {"yesterday": "2026-11-24", "χθες": "2026-11-24", "προχτές": "2026-11-23", "24/11": "2026-11-24",
              "25/11": "2026-11-25", "26/11": "2025-11-26", "26 Nov": "2025-11-26", "3 days ago": "2026-11-22",
              "πριν 3 μέρες": "2026-11-22", "πριν από 3 μέρες": "2026-11-22", "πριν από μία εβδομάδα": "2026-11-18",
              "the day before Friday": None, "last Friday": "2026-11-20", "Friday": "2026-11-20",
              "την Παρασκευή": "2026-11-20", "Wednesday": "2026-11-18", "today": "2026-11-25", "29/2": "2024-02-29",
              "12/3/2026": "2026-03-12"},
    "Leila": {"دیروز": "2026-11-24", "۳ آذر": "2026-11-24", "۵ آذر": "2025-11-26", "سه روز پیش": "2026-11-22",
              "جمعه گذشته": "2026-11-20"},
}  # fmt: skip


def test_the_field_of_a_day_that_has_come_reads_the_last_one(client_of):
    """A clerk who writes down a letter of yesterday does not mean one of next year."""
    for name, said in OVER.items():
        person = client_of(name)
        for text, day in said.items():
            answer = person.get("/quick-tasks/day", query_string={"text": text, "over": "true"})
            assert (answer.status_code, answer.json) == (200, {"day": day}), (name, text)
    assert client_of("Eleni").get("/quick-tasks/day", query_string={"text": "yesterday"}).json == {"day": None}
    assert 'data-date="over"' in client_of("Eleni").get("/pending-items/new").text


def test_the_field_of_a_date_reads_words_as_quick_add_does(client_of):
    """What the field shows beside itself is asked here; words that are no day are no day, and never a failure."""
    for name, said in SAID.items():
        person = client_of(name)
        for text, day in said.items():
            answer = person.get("/quick-tasks/day", query_string={"text": text.encode("utf-8", "surrogatepass")})
            assert (answer.status_code, answer.json) == (200, {"day": day}), (name, text)
    assert client_of("Eleni").get("/quick-tasks/day", query_string={"text": "x" * 101}).status_code == 422


@pytest.mark.parametrize(("name", "where"), [("Kostas", "Administration"), ("Katerina", "an administrator")])
def test_whoever_belongs_to_no_unit_is_told_that_a_task_needs_one_and_where_to_get_it(
    app, cast, client_of, api_of, name, where
):
    with app.app_context(), writing() as session:
        session.execute(delete(Membership).where(Membership.person_id == cast.people[name]))
    client, told = client_of(name), "A task stands in a unit, and you belong to none yet"
    read = client.post("/quick-tasks/reading", data={"text": "call Forestry"}).text
    assert "has it, in" not in read
    assert told in read
    assert where in read
    for text in ("call Forestry", "call Forestry #storm @nobodyatall"):
        refused = client.post("/quick-tasks", data={"text": text}, headers=PART)
        assert refused.status_code == 422
        assert refused.text.count(told) == 1
        assert "Choose one from the list" not in refused.text
        assert "data-no-unit" in refused.text
    answer = api_of(name).post("/api/v1/quick-tasks", json={"text": "call Forestry"})
    assert told in answer.text
    assert number(app) == 0


def test_whoever_belongs_to_no_unit_and_stands_in_for_a_member_names_the_unit(app, cast, client_of):
    with app.app_context(), writing() as session:
        session.execute(delete(Membership).where(Membership.person_id == cast.Katerina))
        away = clock.now().date()
        days = {"first_day": away - timedelta(days=1), "last_day": away + timedelta(days=1)}
        session.add(Absence(person_id=cast.Eleni, substitute_id=cast.Katerina, **days))
    katerina = client_of("Katerina")
    assert katerina.post("/quick-tasks", data={"text": "call Forestry @eleni"}, headers=PART).status_code == 422
    kept = katerina.post("/quick-tasks", data={"text": "call Forestry @eleni +PARKS"}, headers=PART)
    assert kept.status_code < 300, kept.text
    assert number(app) == 1


def test_what_is_wrong_with_a_line_is_said_once(client_of):
    refused = client_of("Eleni").post("/quick-tasks", data={"text": "call @nobodyatall"}, headers=PART)
    assert unescape(refused.text).count("Nobody who could have it is called “nobodyatall”.") == 1
    read = client_of("Eleni").post("/quick-tasks/reading", data={"text": "call @nobodyatall"})
    assert unescape(read.text).count("Nobody who could have it is called “nobodyatall”.") == 1


def test_a_label_written_twice_is_read_back_once(client_of):
    read = client_of("Eleni").post("/quick-tasks/reading", data={"text": "call #roads and #ROADS, #storm"}).text
    assert read.count('data-kind="label"') == 2
