"""The pages of tasks and pending items, as a browser without scripts sees them."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.tasks.models import PendingItem
from collab.work.models import Handover, WorkItem

from .bad_input import CASE, ENTERED, HARMLESS

NOVEMBER = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def create(client_of, cast):
    """`create("Eleni", "/tasks", title=…)`: the reference of what a page made."""

    def make(name, address="/pending-items", **typed):
        typed = {"title": "Fallen branches", "unit": cast.PARKS} | typed
        answer = client_of(name).post(address, data=typed)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"].rsplit("/", 1)[1]

    return make


def counted(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def item(app, reference):
    with app.app_context():
        return db.session.scalars(select(WorkItem).where(WorkItem.reference == reference)).one()


def titles(page):
    return [part.split(">", 1)[1].split("<", 1)[0] for part in page.text.split('<a class="row-title"')[1:]]


@pytest.mark.parametrize("address", ["/tasks/new", "/pending-items/new"])
def test_who_may_be_left_out_is_said_at_the_field_itself(client_of, address):
    page = client_of("Yannis").get(address).text
    assert (
        page.index("f-holder-hint") < page.index("Left empty, it waits in the tray") < page.index('name="holder_name"')
    )
    assert 'aria-describedby="f-holder-hint"' in page


@pytest.mark.parametrize("address", ["/tasks/new", "/pending-items/new", "/work-items/new"])
def test_the_form_stands_on_its_own_and_in_a_dialog(client_of, address):
    eleni = client_of("Eleni")
    page, part = eleni.get(address), eleni.get(address, headers={"HX-Request-Type": "partial"})
    assert page.status_code == part.status_code == 200
    assert "<!doctype html>" in page.text
    assert "<!doctype html>" not in part.text
    assert 'value="Eleni Markou"' in page.text
    assert "csrf_token" not in part.text  # it travels in a header there; links of the dialog carry the form along


@pytest.mark.parametrize(
    ("address", "new"),
    [("/pending-items", "/pending-items/new"), ("/tasks", "/quick-tasks/new"), ("/work-items", "/quick-tasks/new")],
)
def test_new_makes_a_pending_item_among_those_and_elsewhere_begins_with_a_line(client_of, address, new):
    [button] = re.findall(
        r'<a class="button button-primary"[^>]*data-key="c"[^>]*>', client_of("Eleni").get(address).text
    )
    assert (f' href="{new}"' in button, f'hx-get="{new}"' in button) == (True, True), button


def test_what_the_address_fills_in_is_filled_in(client_of, cast):
    page = client_of("Yannis").get(f"/tasks/new?title=Call+them&unit=ROADS&holder={cast.Maria}&nonsense=1").text
    assert 'value="Call them"' in page
    assert f'<option value="{cast.ROADS}" selected>' in page


def test_a_task_is_created_and_shown_where_it_stands(app, create, cast):
    reference = create("Eleni", "/tasks", holder=cast.Eleni, due_on="2026-12-01", labels="storm, trees", priority="3")
    made = item(app, reference)
    assert (made.kind, made.holder_id, made.due_on, made.priority) == ("task", cast.Eleni, date(2026, 12, 1), 3)


def test_without_scripts_a_name_is_enough(app, create, cast):
    assert (
        item(app, create("Nikos", "/tasks", holder="", holder_name="ΕΛΕΝΗ markou".replace("ΕΛΕΝΗ", "Eleni"))).holder_id
        == cast.Eleni
    )
    reference = create("Eleni", counterpart_name="Δασαρχείο")
    with app.app_context():
        row = db.session.get_one(PendingItem, item(app, reference).id)
        assert row.counterpart_id not in (None, cast.forestry)


def test_a_name_nobody_has_is_refused_and_what_was_typed_is_kept(app, client_of, cast):
    answer = client_of("Eleni").post(
        "/tasks", data={"title": "Call <them>", "unit": cast.PARKS, "holder": "", "holder_name": "Nobody at all"}
    )
    assert answer.status_code == 422
    assert "Nobody is called" in answer.text
    assert 'value="Call &lt;them&gt;"' in answer.text
    assert 'value="Nobody at all"' in answer.text
    assert counted(app, WorkItem) == 0


def test_a_form_sent_twice_makes_one_thing(app, client_of, cast):
    eleni = client_of("Eleni")
    typed = {"title": "Fallen branches", "unit": cast.PARKS, "once": "0a1b2c3d"}
    first, second = (eleni.post("/tasks", data=typed).headers["Location"] for _time in range(2))
    assert first == second
    quick = [eleni.post("/quick-tasks", data={"text": "Call them", "once": "ff"}).headers["Location"] for _ in range(2)]
    assert quick[0] == quick[1]
    assert counted(app, WorkItem) == 2
    other = eleni.post("/tasks", data=typed | {"title": "Another"}).headers["Location"]
    assert other != first, "what was typed otherwise is another form"


def test_another_unit_as_holder_is_offered_the_item(app, create, cast):
    made = item(app, create("Eleni", holder=cast.LEGAL))
    assert (made.unit_id, made.holder_id) == (cast.PARKS, cast.Eleni)
    assert counted(app, Handover) == 1


@pytest.mark.parametrize(("field", "value"), ENTERED)
def test_bad_input_is_refused_at_its_field_with_what_was_typed(app, client_of, cast, field, value):
    typed = {"title": "Permit", "unit": cast.PARKS} | {field: value}
    answer = client_of("Eleni").post("/pending-items" if field in CASE else "/tasks", data=typed)
    assert answer.status_code == 422
    named = "counterpart" if field == "counterpart_name" else field
    assert f'id="f-{named}-error"' in answer.text or "callout-bad" in answer.text
    if field in ("title", "protocol_number", "legal_basis") and value.isprintable():
        assert f'value="{value}"' in unescape(answer.text)
    assert counted(app, WorkItem) == counted(app, PendingItem) == 0


def test_fields_that_are_none_are_refused(app, client_of, cast):
    for extra in ("kind", "version", "created_by", "reference", "__proto__"):
        answer = client_of("Eleni").post("/tasks", data={"title": "x", "unit": cast.PARKS, extra: "1"})
        assert answer.status_code == 422, extra
        assert "There is no such field." in answer.text
    assert counted(app, WorkItem) == 0


@pytest.mark.parametrize(("field", "value"), HARMLESS)
def test_what_people_may_write_is_kept_and_shown_as_text(app, client_of, create, cast, field, value):
    reference = create("Eleni", holder=cast.Eleni, **{field: value})
    page = client_of("Eleni").get("/pending-items")
    assert page.status_code == 200
    assert reference in page.text
    for broken in ("<script>alert", "<img src=x", "\u202e", "<b>Forestry"):
        assert broken not in page.text


def test_dates_before_the_start_are_refused_in_a_sentence(app, client_of, cast):
    typed = {"title": "x", "unit": cast.PARKS, "start_on": "2026-12-02", "due_on": "2026-12-01"}
    answer = client_of("Eleni").post("/tasks", data=typed)
    assert answer.status_code == 422
    assert "The due date is before the start." in answer.text
    assert counted(app, WorkItem) == 0


def test_tasks_stand_in_groups_by_due_date(client_of, create, cast, at):
    at(NOVEMBER)
    today = date(2026, 11, 23)
    for title, days in (("late", -3), ("now", 0), ("soon", 5), ("far", 30)):
        create("Eleni", "/tasks", title=title, holder=cast.Eleni, due_on=(today + timedelta(days=days)).isoformat())
    create("Eleni", "/tasks", title="open", holder=cast.Eleni)
    page = client_of("Eleni").get("/tasks")
    assert titles(page) == ["late", "now", "soon", "far", "open"]
    heads = ["Overdue", "Today", "In the next seven days", "Later", "Without a date"]
    assert [page.text.index(f">{head}</h2>") for head in heads] == sorted(page.text.index(f">{h}</h2>") for h in heads)
    assert 'id="nav-tasks"' in page.text
    assert '<span class="count">5</span>' in page.text


def test_mine_those_of_my_units_and_all(client_of, create, cast):
    create("Eleni", "/tasks", title="mine", holder=cast.Eleni)
    create("Nikos", "/tasks", title="Nikos has it", holder=cast.Nikos)
    create("Maria", "/tasks", title="in Roads", unit=cast.ROADS)
    create("Maria", "/tasks", title="for all", unit=cast.ROADS, reach="all")
    eleni = client_of("Eleni")
    assert titles(eleni.get("/tasks")) == ["mine"]
    assert sorted(titles(eleni.get("/tasks?whose=units"))) == ["Nikos has it", "mine"]
    assert sorted(titles(eleni.get("/tasks?whose=all"))) == ["Nikos has it", "for all", "mine"]
    assert len(titles(client_of("Yannis").get("/tasks?whose=units"))) == 4
    assert titles(client_of("Leila").get("/tasks?whose=units")) == []


def test_pending_items_by_who_waits_for_whom(client_of, create, cast, app, actor_of):
    from collab.work.commands import ask
    from collab.work.forms import Ask

    here, asked, offered = (create("Eleni", title=title, holder=cast.Eleni) for title in ("here", "asked", "offered"))
    with app.app_context():
        form = Ask(of=cast.forestry, what="Photos?", stops_clock=True)
        ask(actor_of("Eleni"), item(app, asked).id, form)
    given = create("Eleni", title="given", holder=cast.LEGAL)
    eleni, sofia = client_of("Eleni"), client_of("Sofia")
    assert sorted(titles(eleni.get("/pending-items"))) == ["given", "here", "offered"]
    assert sorted(titles(eleni.get("/pending-items?side=we-wait"))) == ["asked", "given"]
    assert titles(sofia.get("/pending-items?side=offered")) == ["given"]
    assert titles(eleni.get("/pending-items?side=offered")) == []
    assert len(titles(eleni.get("/pending-items?side=all"))) == 4
    assert given != here != offered


def test_a_pending_item_is_found_by_its_protocol_number_in_any_digits(client_of, create, cast):
    create("Eleni", title="the one", protocol_number="2026/11873", counterpart_name="A. Citizen")
    create("Eleni", title="another", protocol_number="2026/11874")
    for typed in ("2026/11873", "۲۰۲۶/۱۱۸۷۳"):
        assert titles(client_of("Eleni").get("/pending-items", query_string={"protocol": typed})) == ["the one"]
    assert "2026/11873 · A. Citizen" in client_of("Eleni").get("/pending-items").text


def test_an_empty_list_says_what_it_is_for_and_a_filter_that_finds_nothing_how_to_leave_it(client_of):
    leila = client_of("Leila")
    assert "<!doctype html>" in leila.get("/tasks").text
    assert 'href="/tasks/new"' in leila.get("/tasks").text
    assert 'class="empty-title"' in leila.get("/pending-items?text=nowhere").text


@pytest.mark.parametrize(
    "query",
    ["whose=everybody", "order=size", "after=nonsense", "limit=0", "limit=x", "state=lost", "side=left"],
)
def test_a_wrong_filter_is_refused(client_of, query):
    assert client_of("Eleni").get(f"/pending-items?{query}").status_code in (400, 422)


def test_paging_keeps_its_place(client_of, create, cast):
    for number in range(5):
        create("Eleni", "/tasks", title=f"task {number}", holder=cast.Eleni)
    eleni, seen, address = client_of("Eleni"), [], "/tasks?limit=2"
    for _page in range(3):
        page = eleni.get(address)
        seen += titles(page)
        address = unescape(page.text.split('rel="next" href="')[1].split('"')[0]) if 'rel="next"' in page.text else ""
    assert seen == [f"task {number}" for number in range(5)]
    assert not address


def test_a_list_costs_at_most_eight_questions_and_twelve_kilobytes(client_of, create, cast, queries):
    for number in range(8):
        create("Eleni", title=f"case {number}", holder=cast.Eleni, protocol_number=f"2026/{number}")
    eleni = client_of("Eleni")
    eleni.get("/pending-items")
    for address in ("/pending-items", "/tasks?whose=units", "/pending-items?side=we-wait", "/pending-items/new"):
        with queries() as sent:
            page = eleni.get(address, headers={"Accept-Encoding": "gzip"})
        assert len(sent) <= 8, sent.sent
        assert len(page.data) <= 12_000


def test_the_case_changes_on_its_own_form(app, client_of, create, cast):
    reference = create("Eleni", holder=cast.Eleni, protocol_on="2026-11-03", allowed="50", counterpart=cast.forestry)
    eleni = client_of("Eleni")
    form = eleni.get(f"/pending-items/{reference}/details").text
    assert 'value="Forestry Office"' in form
    assert 'name="due_on" value=""' in form  # it follows from the law
    typed = {"source": "council", "protocol_on": "2026-11-03", "allowed": "20", "measure": "working-days"}
    typed |= {
        "counterpart": cast.forestry,
        "counterpart_name": "Forestry Office",
        "version": item(app, reference).version,
    }
    answer = eleni.post(f"/pending-items/{reference}/details?_method=PATCH", data=typed)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/work-items/{reference}")
    assert item(app, reference).due_on == date(2026, 12, 1)


def test_the_second_of_two_who_change_a_case_is_shown_both_texts(app, client_of, create, cast):
    reference = create("Eleni", holder=cast.Eleni)
    version = item(app, reference).version
    address = f"/pending-items/{reference}/details?_method=PATCH"
    first, second = client_of("Nikos"), client_of("Eleni")
    assert first.post(address, data={"legal_basis": "law 1", "version": version}).status_code == 303
    late = second.post(address, data={"legal_basis": "law 2", "version": version})
    assert late.status_code == 412
    assert "law 1" in late.text
    assert "law 2" in late.text
    again = late.text.split('name="version" value="')[1].split('"')[0]
    assert second.post(address, data={"legal_basis": "law 2", "version": again}).status_code == 303


def test_bad_input_on_the_case_is_refused_at_its_field(client_of, create, cast):
    reference = create("Eleni", holder=cast.Eleni)
    for field, value in ENTERED:
        if field in CASE or field == "due_on":
            answer = client_of("Eleni").post(f"/pending-items/{reference}/details?_method=PATCH", data={field: value})
            assert answer.status_code == 422, (field, value)


def test_a_dialog_is_told_where_to_go(client_of, cast):
    partial = {"HX-Request-Type": "partial", "HX-Request": "true"}
    eleni = client_of("Eleni")
    made = eleni.post("/tasks", data={"title": "Call them", "unit": cast.PARKS}, headers=partial)
    assert (made.status_code, made.headers["HX-Redirect"]) == (204, "/work-items/PARKS-1")
    wrong = eleni.post("/tasks", data={"title": "", "unit": cast.PARKS}, headers=partial)
    assert wrong.status_code == 422
    assert wrong.text.lstrip().startswith("<form")


def test_it_becomes_a_task_and_again_a_pending_item(app, client_of, create, cast):
    reference = create("Eleni", holder=cast.Eleni, protocol_number="7/2026")
    eleni = client_of("Eleni")
    for kind in ("task", "pending"):
        answer = eleni.post(f"/work-items/{reference}/kind?_method=PUT", data={"kind": kind})
        assert answer.status_code == 303
        assert item(app, reference).kind == kind
    assert eleni.post(f"/work-items/{reference}/kind?_method=PUT", data={"kind": "idea"}).status_code == 422


def test_what_may_not_be_seen_is_not_there_and_what_may_not_be_done_is_said(client_of, create, cast):
    reference = create("Eleni", holder=cast.Eleni, reach="unit")
    details = f"/pending-items/{reference}/details"
    leila, reza = client_of("Leila"), client_of("Reza")
    for address in (f"/pending-items/{reference}", details, f"/tasks/{reference}"):
        assert leila.get(address).status_code == 404
    assert leila.post(f"{details}?_method=PATCH", data={}).status_code == 404
    assert leila.post(f"/work-items/{reference}/kind?_method=PUT", data={"kind": "task"}).status_code == 404
    assert reza.post(f"{details}?_method=PATCH", data={}).status_code == 403
    assert reza.post("/tasks", data={"title": "x", "unit": cast.FINANCE}).status_code == 403
    stranger = client_of(None)
    for address in ("/tasks", "/pending-items", "/tasks/new", "/pending-items/new", details):
        assert stranger.get(address).status_code == 303


@pytest.mark.parametrize("name", ["Nikos", "Shirin"])
def test_the_pages_speak_the_persons_language_and_calendar(client_of, create, cast, name):
    create("Eleni", title="for all", reach="all", due_on="2026-12-01", holder=cast.Eleni)
    page = client_of(name).get("/pending-items?side=all&whose=all")
    assert page.status_code == 200
    assert ('dir="rtl"' in page.text) is (name == "Shirin")
    assert ("۱۰ آذر ۱۴۰۵" in page.text) is (name == "Shirin")


def test_a_rule_without_a_protocol_date_says_that_its_clock_has_not_begun(client_of, create):
    reference = create("Eleni", protocol_number="77/2026", allowed="20")
    page = client_of("Eleni").get(f"/work-items/{reference}")
    assert "The clock has not begun: the protocol date is missing." in page.text
    begun = create("Eleni", protocol_number="78/2026", protocol_on="2026-11-23", allowed="20")
    assert "The clock has not begun" not in client_of("Eleni").get(f"/work-items/{begun}").text
