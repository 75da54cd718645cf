"""A list as a board: the same query in columns, and cards that move by the verbs there are."""

import re

import pytest

from collab.work.queries import board as boards
from tests.work.making import day, make

BOARD = "/work-items?query=&layout=board"


def columns(page):
    """Column → the references of its cards."""
    found = {}
    for part in page.text.split('<section class="board-column" id="column-')[1:]:
        found[part.split('"')[0]] = re.findall(r'data-item="([^"]+)"', part.split("</section>")[0])
    return found


@pytest.fixture
def some(app, cast, actor_of):
    with app.app_context():
        eleni, nikos = actor_of("Eleni"), actor_of("Nikos")
        return [
            make(eleni, cast.PARKS, cast.Eleni, title="mine", due_on=day(24), priority=3),
            make(eleni, cast.PARKS, title="tray", kind="pending"),
            make(nikos, cast.PARKS, cast.Nikos, title="his", due_on=day(30)),
        ]


def move(client, item, **said):
    return client.put(f"/work-items/{item}/column", data=said, headers={"HX-Request-Type": "partial"})


def test_a_board_shows_what_the_query_finds_by_state(client_of, some):
    assert columns(client_of("Eleni").get(BOARD)) == {
        "new": ["PARKS-1", "PARKS-3", "PARKS-2"],
        "active": [],
        "waiting": [],
        "done": [],
    }
    assert '<p class="muted small board-total">3 items</p>' in client_of("Eleni").get(BOARD).text
    mine = client_of("Eleni").get("/tasks?query=holder:me&layout=board")
    assert columns(mine)["new"] == ["PARKS-1"]


def test_a_board_by_holder_has_a_column_for_the_tray_and_for_colleagues_without_work(client_of, cast, some):
    found = columns(client_of("Nikos").get(f"{BOARD}&by=holder"))
    assert found[str(cast.Eleni)] == ["PARKS-1"]
    assert found[str(cast.PARKS)] == ["PARKS-2"]
    assert found[str(cast.Giorgos)] == []
    assert str(cast.Giorgos) not in columns(client_of("Eleni").get(f"{BOARD}&by=holder"))


def test_a_board_by_priority_begins_with_the_most_urgent(client_of, some):
    found = columns(client_of("Eleni").get(f"{BOARD}&by=priority"))
    assert list(found) == ["4", "3", "2", "1", "0"]
    assert found["3"] == ["PARKS-1"]


def test_finished_items_stand_on_a_board_that_asks_for_them(client_of, some):
    eleni = client_of("Eleni")
    assert move(eleni, "PARKS-1", to="done").status_code == 204
    assert columns(eleni.get("/work-items?query=state:any&layout=board"))["done"] == ["PARKS-1"]
    assert columns(eleni.get(BOARD))["done"] == []


def test_a_column_is_bounded_and_leads_to_all_of_it(client_of, some, monkeypatch):
    monkeypatch.setattr(boards, "CARDS", 1)
    page = client_of("Eleni").get(BOARD)
    assert columns(page)["new"] == ["PARKS-1"]
    assert 'class="board-more link" href="/work-items?query=state%3Anew"' in page.text
    assert ">All of them (3)</a>" in page.text


def test_a_card_is_begun_finished_and_opened_again(client_of, some):
    eleni = client_of("Eleni")
    for to, stands in (("active", "active"), ("done", "done"), ("active", "active")):
        assert move(eleni, "PARKS-1", to=to).status_code == 204
        assert columns(eleni.get("/work-items?query=state:any&layout=board"))[stands] == ["PARKS-1"]


def test_what_was_begun_can_be_undone(client_of, some):
    eleni = client_of("Eleni")
    told = move(eleni, "PARKS-1", to="active").headers["HX-Trigger"]
    assert eleni.post(re.search(r"/facts/\d+/undo", told)[0]).status_code == 303
    assert "PARKS-1" in columns(eleni.get(BOARD))["new"]
    assert "undid: beginning it" in re.sub(r"<[^>]+>", "", eleni.get("/work-items/PARKS-1").text)


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("waiting", "Wait for…"),
        ("cancelled", "a reason is needed"),
        ("new", "It stands there already."),
    ],
)
def test_what_a_drag_cannot_say_is_refused_with_the_way_to_say_it(client_of, some, to, sentence):
    answer = move(client_of("Eleni"), "PARKS-1", to=to)
    assert answer.status_code == 409
    assert sentence in answer.text


def test_only_a_head_gives_a_card_to_somebody_and_a_colleague_takes_one_from_the_tray(client_of, cast, some):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    refused = move(eleni, "PARKS-1", by="holder", to=cast.Giorgos)
    assert refused.status_code == 403
    assert "hand it over instead" in refused.text
    assert move(eleni, "PARKS-2", by="holder", to=cast.Eleni).status_code == 204
    assert move(nikos, "PARKS-1", by="holder", to=cast.Giorgos).status_code == 204
    assert move(nikos, "PARKS-2", by="holder", to=cast.PARKS).status_code == 204
    found = columns(nikos.get(f"{BOARD}&by=holder"))
    assert found[str(cast.Giorgos)] == ["PARKS-1"]
    assert found[str(cast.PARKS)] == ["PARKS-2"]


def test_a_card_that_somebody_else_changed_meanwhile_is_not_moved(client_of, some):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    assert move(nikos, "PARKS-1", by="priority", to="4", version="1").status_code == 204
    assert move(eleni, "PARKS-1", by="priority", to="1", version="1").status_code == 412
    assert columns(eleni.get(f"{BOARD}&by=priority"))["4"] == ["PARKS-1"]


def test_a_card_that_one_does_not_see_does_not_exist(client_of, some):
    assert move(client_of("Maria"), "PARKS-1", to="done").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"to": "x\0"},
        {"to": ""},
        {"by": "unit", "to": "1"},
        {"by": "holder", "to": "9" * 40},
        {"by": "holder", "to": "٣"},
        {"by": "priority", "to": "5"},
        {"to": "done", "version": "-1"},
        {"to": "<b>"},
        {"by": "holder", "to": "999999999"},
    ],
)
def test_odd_moves_are_refused_at_the_field(client_of, some, said):
    assert move(client_of("Nikos"), "PARKS-1", **said).status_code == 422


def test_a_view_keeps_that_it_is_a_board(client_of, some):
    eleni = client_of("Eleni")
    typed = {"name": "Who does what", "query": "kind:task", "layout": "board", "by": "holder"}
    there = eleni.post("/views", data=typed).headers["Location"]
    assert eleni.get(there).headers["Location"] == "/work-items?query=kind%3Atask&order=due&layout=board&by=holder"


@pytest.mark.parametrize("by", ["state", "holder", "priority"])
def test_a_board_costs_at_most_eight_questions(client_of, queries, some, by):
    eleni = client_of("Nikos")
    eleni.get(f"{BOARD}&by={by}")
    with queries() as asked:
        assert eleni.get(f"{BOARD}&by={by}").status_code == 200
    assert len(asked) <= 8
