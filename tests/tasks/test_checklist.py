"""Checklists: lines added, ticked, put in order and removed; a line becomes a task; parts and how far they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from collab.core.db import db
from collab.tasks.checklist import lines_in
from collab.tasks.queries.checklist import progress_of
from collab.work.commands import cancel, complete
from collab.work.forms import Cancel, Complete
from collab.work.models import Checklist, WorkItem
from tests.work.making import make

PART = {"HX-Request-Type": "partial"}
HERE = "/work-items/PARKS-1/checklist"


@pytest.fixture
def item(app, cast, actor_of):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Storm")


@pytest.fixture
def lines(app, item):
    def read():
        with app.app_context():
            rows = db.session.execute(
                select(Checklist.id, Checklist.text, Checklist.done_at)
                .where(Checklist.item_id == item)
                .order_by(Checklist.position, Checklist.id)
            )
            return [(row.id, row.text, row.done_at is not None) for row in rows]

    return read


def add(client, text):
    answer = client.post(HERE, data={"text": text}, headers=PART)
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Cones", [("Cones", False)]),
        ("- Cones\n* Tape\n\n 3. Ladder\n• Κώνοι", [(each, False) for each in ("Cones", "Tape", "Ladder", "Κώνοι")]),
        ("- [x] Cones\n- [ ] Tape\n[X] Rope", [("Cones", True), ("Tape", False), ("Rope", True)]),
        ("3 cones\n-5 degrees", [("3 cones", False), ("-5 degrees", False)]),
        ("- \n \n*\n-", []),
    ],
)  # fmt: skip
def test_pasted_lists_are_lines(text, lines):
    assert [(line.text, line.done) for line in lines_in(text)] == lines


@given(st.lists(st.text(alphabet="abc άβ سل", min_size=1).filter(str.strip), max_size=8))
def test_plain_lines_come_back_as_they_are(texts):
    assert [line.text for line in lines_in("\n".join(texts))] == [" ".join(text.split()) for text in texts]


def test_lines_are_added_ticked_and_unticked(client_of, lines, item):
    eleni = client_of("Eleni")
    add(eleni, "- Cones\n- Tape")
    first = lines()[0][0]
    page = eleni.patch(f"{HERE}/{first}", data={"done": "true"}, headers=PART)
    assert lines() == [(first, "Cones", True), (lines()[1][0], "Tape", False)]
    assert "1 of 2" in page.text
    eleni.patch(f"{HERE}/{first}", data={"done": "false"}, headers=PART)
    assert not any(done for _id, _text, done in lines())


def test_a_line_is_put_in_another_place_and_the_others_make_room(client_of, lines, item):
    eleni = client_of("Eleni")
    add(eleni, "a\nb\nc\nd")
    ids = [line[0] for line in lines()]
    eleni.patch(f"{HERE}/{ids[3]}", data={"position": "2"}, headers=PART)
    assert [line[1] for line in lines()] == ["a", "d", "b", "c"]
    eleni.patch(f"{HERE}/{ids[0]}", data={"position": "900"}, headers=PART)
    assert [line[1] for line in lines()] == ["d", "b", "c", "a"]


def test_a_line_is_removed_and_only_from_its_own_item(app, client_of, actor_of, cast, lines, item):
    eleni = client_of("Eleni")
    add(eleni, "a\nb")
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Another")
    line = lines()[0][0]
    assert eleni.delete(f"/work-items/PARKS-2/checklist/{line}", headers=PART).status_code == 404
    assert eleni.delete(f"{HERE}/{line}", headers=PART).status_code == 200
    assert [line[1] for line in lines()] == ["b"]
    assert eleni.delete(f"{HERE}/{line}", headers=PART).status_code == 404


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "This is needed."),
        (" \n - \n", "Write what is to be ticked off."),
        ("x" * 201, "A line has at most 200 characters."),
        ("a\n" * 101, "A checklist has at most 100 lines."),
        ("a\x00b", "This contains characters that cannot be kept."),
        ("x" * 30_000, "This is too long: at most 20000 characters."),
    ],
)
def test_what_cannot_be_a_line_is_said_and_what_was_typed_is_kept(client_of, lines, item, text, reason):
    page = client_of("Eleni").post(HERE, data={"text": text}, headers=PART)
    assert page.status_code == 422
    assert reason in page.text
    assert lines() == []


def test_lines_are_text_and_never_markup(client_of, item):
    page = add(client_of("Eleni"), "<script>alert(1)</script>")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_a_finished_item_keeps_its_checklist_as_it_was(app, client_of, actor_of, lines, item):
    add(client_of("Eleni"), "a")
    with app.app_context():
        complete(actor_of("Eleni"), item, Complete())
    assert client_of("Eleni").post(HERE, data={"text": "b"}, headers=PART).status_code == 409
    assert len(lines()) == 1
    assert 'id="checklist-text"' not in client_of("Eleni").get("/work-items/PARKS-1").text


def test_a_line_becomes_a_task_once_and_both_are_linked(app, client_of, lines, item, cast):
    eleni = client_of("Eleni")
    add(eleni, "Order cones\nTape")
    line = lines()[0][0]
    assert eleni.post(f"{HERE}/{line}/task").status_code == 303
    assert eleni.post(f"{HERE}/{line}/task", headers=PART).status_code == 409
    with app.app_context():
        made = db.session.scalars(select(WorkItem).where(WorkItem.parent_id == item)).one()
    assert (made.title, made.holder_id, made.unit_id, made.kind) == ("Order cones", cast.Eleni, cast.PARKS, "task")
    whole = eleni.get("/work-items/PARKS-1").text
    assert whole.count(f'href="/work-items/{made.reference}"') == 2, "once as a line, once as a part"
    assert 'href="/work-items/PARKS-1"' in eleni.get(f"/work-items/{made.reference}").text


def test_the_line_of_a_task_is_done_when_the_task_is(app, client_of, actor_of, lines, item):
    eleni = client_of("Eleni")
    add(eleni, "Order cones")
    eleni.post(f"{HERE}/{lines()[0][0]}/task")
    assert "0 of 1" in eleni.get("/work-items/PARKS-1").text
    with app.app_context():
        complete(actor_of("Eleni"), item + 1, Complete())
    assert "1 of 1" in eleni.get("/work-items/PARKS-1").text


def test_a_ticked_line_that_becomes_a_task_is_open_again(client_of, lines, item):
    eleni = client_of("Eleni")
    add(eleni, "[x] Order cones")
    eleni.post(f"{HERE}/{lines()[0][0]}/task")
    assert "0 of 1" in eleni.get("/work-items/PARKS-1").text


def test_parts_stand_below_their_whole_as_far_as_one_sees_them(app, client_of, actor_of, cast, item, api_of):
    with app.app_context():
        eleni = actor_of("Eleni")
        child = make(eleni, cast.PARKS, cast.Eleni, title="Child", parent=item)
        make(eleni, cast.PARKS, cast.Eleni, title="Grandchild", parent=child)
        make(eleni, cast.PARKS, cast.Eleni, title="Hidden", parent=item, reach="named")
        cancel(eleni, child, Cancel(reason="no"))
    said = api_of("Giorgos").get("/api/v1/work-items/PARKS-1/parts").json
    assert [part["title"] for part in said["items"]] == ["Child"]
    assert [part["title"] for part in said["items"][0]["parts"]] == ["Grandchild"]
    assert (said["done"], said["all"]) == (1, 1)
    assert "Hidden" not in client_of("Giorgos").get("/work-items/PARKS-1").text
    assert "1 of 2" in client_of("Eleni").get("/work-items/PARKS-1").text


def test_progress_counts_lines_and_parts_once(app, client_of, actor_of, cast, item, lines):
    eleni = client_of("Eleni")
    add(eleni, "a\nb\n[x] c")
    eleni.post(f"{HERE}/{lines()[0][0]}/task")
    with app.app_context():
        found = progress_of(actor_of("Eleni"), [item])
    assert (found[item].done, found[item].all) == (1, 3)


def test_the_api_does_all_of_it(api_of, item):
    eleni, here = api_of("Eleni"), "/api/v1/work-items/PARKS-1/checklist"
    made = eleni.post(here, json={"text": "a\nb"})
    assert (made.status_code, [line["text"] for line in made.json["items"]]) == (201, ["a", "b"])
    first, second = (line["id"] for line in made.json["items"])
    changed = eleni.patch(f"{here}/{second}", json={"done": True, "text": "bb", "position": 1}).json
    assert [(line["text"], line["done"]) for line in changed["items"]] == [("bb", True), ("a", False)]
    task = eleni.post(f"{here}/{first}/task")
    assert (task.status_code, task.json["title"]) == (201, "a")
    assert eleni.get(here).json["items"][1]["task"] == {"reference": task.json["reference"], "state": "new"}
    assert eleni.delete(f"{here}/{second}").status_code == 204
    assert eleni.patch(f"{here}/{first}", json={"done": "maybe"}).status_code == 422
    assert eleni.patch(f"{here}/{first}", json={"position": 0}).status_code == 422


def test_a_page_with_a_checklist_and_parts_asks_few_questions(client_of, lines, item, queries):
    eleni = client_of("Eleni")
    add(eleni, "a\nb\nc")
    eleni.post(f"{HERE}/{lines()[0][0]}/task")
    eleni.get("/work-items/PARKS-1")
    with queries() as sent:
        eleni.get("/work-items/PARKS-1")
    assert len(sent) <= 12, "\n".join(sent.sent)


def test_finishing_a_whole_says_which_parts_stay_open(app, client_of, actor_of, cast, item):
    eleni = client_of("Eleni")
    assert "part of it" not in eleni.get("/work-items/PARKS-1/completion").text
    with app.app_context():
        for title in ("One", "Two", "Three"):
            last = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title=title, parent=item)
        complete(actor_of("Eleni"), last, Complete())
    assert "2 parts of it are still open and stay open." in eleni.get("/work-items/PARKS-1/completion").text


def test_an_item_never_stands_below_itself(api_of, item):
    refused = api_of("Eleni").patch("/api/v1/work-items/PARKS-1", json={"parent": item})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "parent")
