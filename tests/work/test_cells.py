"""A cell of a list changed where it stands: small forms, the version that was seen, and whose cells they are."""

import re
from datetime import UTC, datetime

import pytest

from tests.work.making import day, make

PART = {"HX-Request-Type": "partial"}


@pytest.fixture
def some(app, cast, actor_of):
    with app.app_context():
        eleni, nikos = actor_of("Eleni"), actor_of("Nikos")
        make(eleni, cast.PARKS, cast.Eleni, title="mine", due_on=day(24), labels=["storm"], priority=3)
        make(eleni, cast.PARKS, title="tray")
        make(nikos, cast.PARKS, cast.Nikos, title="his", start_on=day(20), due_on=day(30))


def put(client, item, cell, value, **more):
    return client.put(f"/work-items/{item}/cells/{cell}", data={"value": value} | more, headers=PART)


def shows(client, item, cell):
    return client.get(f"/work-items/{item}/cells/{cell}", headers=PART)


def stands(client, item):
    return client.get(f"/api/v1/work-items/{item}").json


def test_a_row_says_which_of_its_cells_may_be_changed(client_of, some):
    row = re.search(
        r'<tr class="item[^"]*" id="row-\d+-\d+" data-row="PARKS-1">.*?</tr>',
        client_of("Eleni").get("/work-items?query=").text,
    )[0]
    assert re.findall(r'data-cell="(\w+)"', row) == ["title", "labels", "due"]
    row = re.search(r'data-row="PARKS-3">.*?</tr>', client_of("Eleni").get("/work-items?query=").text)[0]
    assert "data-cell" not in row
    row = re.search(r'data-row="PARKS-1">.*?</tr>', client_of("Nikos").get("/work-items?query=").text)[0]
    assert re.findall(r'data-cell="(\w+)"', row) == ["title", "labels", "holder", "due"]


@pytest.mark.parametrize(
    ("cell", "value", "name", "then"),
    [
        ("title", "Mine, and better", "title", "Mine, and better"),
        ("due", "2026-11-28", "due_on", "2026-11-28"),
        ("due", "", "due_on", None),
        ("start", "2026-11-20", "start_on", "2026-11-20"),
        ("labels", "storm, wood،wet", "labels", ["storm", "wet", "wood"]),
        ("labels", "", "labels", []),
        ("priority", "1", "priority", 1),
        ("state", "active", "state", "active"),
        ("reach", "all", "reach", "all"),
        ("state", "done", "state", "done"),
    ],
)
def test_each_cell_changes_its_one_thing_and_can_be_undone(client_of, some, cell, value, name, then):
    eleni = client_of("Eleni")
    before = stands(eleni, "PARKS-1")
    answer = put(eleni, "PARKS-1", cell, value, version=before["version"])
    assert answer.status_code == 204
    after = stands(eleni, "PARKS-1")
    assert after[name] == then
    assert {key for key in before if before[key] != after[key]} <= {
        name,
        "version",
        "changed_at",
        "closed_at",
        "waits",
    }
    if cell in ("title", "reach"):
        return
    assert eleni.post(re.search(r"/facts/\d+/undo", answer.headers["HX-Trigger"])[0]).status_code == 303
    assert stands(eleni, "PARKS-1")[name] == before[name]


def test_a_head_gives_an_item_by_name_and_puts_it_back_into_the_tray(client_of, cast, some):
    nikos = client_of("Nikos")
    assert put(nikos, "PARKS-1", "holder", cast.Giorgos, value_name="Giorgos").status_code == 204
    assert stands(nikos, "PARKS-1")["holder"]["id"] == cast.Giorgos
    assert put(nikos, "PARKS-1", "holder", cast.PARKS).status_code == 204
    assert stands(nikos, "PARKS-1")["holder"] is None
    refused = put(nikos, "PARKS-1", "holder", "", value_name="Nobody Like That")
    assert refused.status_code == 422
    assert 'value="Nobody Like That"' in refused.text


def test_a_colleague_takes_one_from_the_tray(client_of, cast, some):
    eleni = client_of("Eleni")
    form = shows(eleni, "PARKS-2", "holder").text
    assert f'name="value" value="{cast.Eleni}">Take it' in form
    assert "data-combobox" not in form
    assert put(eleni, "PARKS-2", "holder", cast.Eleni).status_code == 204
    assert stands(eleni, "PARKS-2")["holder"]["id"] == cast.Eleni


def test_what_somebody_else_changed_meanwhile_is_said_and_what_was_typed_is_kept(client_of, some):
    eleni, nikos = client_of("Eleni"), client_of("Nikos")
    version = re.search(r'name="version" value="(\d+)"', shows(eleni, "PARKS-1", "title").text)[1]
    assert put(nikos, "PARKS-1", "title", "his word", version=version).status_code == 204
    refused = put(eleni, "PARKS-1", "title", "her word", version=version)
    assert refused.status_code == 412
    assert refused.headers["HX-Retarget"] == "#cell"
    assert "Nikos Pappas changed this item a moment ago. There it says now: his word." in refused.text
    assert 'value="her word"' in refused.text
    assert stands(eleni, "PARKS-1")["title"] == "his word"
    again = re.search(r'name="version" value="(\d+)"', refused.text)[1]
    assert put(eleni, "PARKS-1", "title", "her word", version=again).status_code == 204
    assert stands(eleni, "PARKS-1")["title"] == "her word"


def test_saying_again_what_stands_there_changes_nothing(client_of, some):
    eleni = client_of("Eleni")
    before = stands(eleni, "PARKS-1")["version"]
    assert put(eleni, "PARKS-1", "labels", "storm").status_code == 204
    assert stands(eleni, "PARKS-1")["version"] == before


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("title", ""), ("title", " "), ("title", "x\0y"), ("title", "x" * 5000),
        ("due", "never"), ("due", "2026-02-31"), ("start", "2026-12-24"), ("priority", "9"), ("priority", "<b>"),
        ("labels", ",".join(map(str, range(40)))), ("labels", "x" * 1999),
    ],
)  # fmt: skip
def test_odd_values_are_refused_in_the_form_and_nothing_is_half_saved(client_of, some, cell, value):
    eleni = client_of("Eleni")
    before = stands(eleni, "PARKS-1")
    answer = eleni.put(f"/work-items/PARKS-1/cells/{cell}", data={"value": value}, headers=PART)
    assert answer.status_code in (400, 422)
    if answer.status_code == 422:
        assert 'class="field-error"' in answer.text
    assert stands(eleni, "PARKS-1") == before


def test_a_state_that_needs_a_word_more_says_where_to_say_it(client_of, some):
    refused = put(client_of("Eleni"), "PARKS-1", "state", "cancelled")
    assert refused.status_code == 409
    assert "a reason is needed" in refused.text


def test_cells_of_others_and_cells_that_are_none(client_of, some):
    eleni = client_of("Eleni")
    assert shows(eleni, "PARKS-3", "title").status_code == 403
    assert put(eleni, "PARKS-3", "title", "mine now").status_code == 403
    assert shows(eleni, "PARKS-1", "holder").status_code == 403
    assert shows(eleni, "PARKS-1", "body").status_code == 404
    assert shows(client_of("Maria"), "PARKS-1", "title").status_code == 404
    assert put(client_of("Maria"), "PARKS-1", "title", "x").status_code == 404


def test_properties_of_an_item_are_such_cells_too_for_whoever_may_change_them(client_of, some):
    def cells(who, item):
        page = client_of(who).get(f"/work-items/{item}").text
        assert f'data-row="{item}"' in page
        opened = re.findall(r'data-cell="(\w+)"(?:(?!data-cell=).)*?data-cell-open', page, re.DOTALL)
        assert opened == re.findall(r'data-cell="(\w+)"', page)
        return opened

    everything = ["title", "state", "due", "priority", "labels", "start", "reach"]
    assert cells("Eleni", "PARKS-1") == everything
    assert cells("Nikos", "PARKS-1") == ["title", "state", "holder", "due", "priority", "labels", "start", "reach"]
    assert cells("Eleni", "PARKS-3") == []
    put(client_of("Eleni"), "PARKS-1", "state", "done")
    assert "state" not in cells("Eleni", "PARKS-1")


def test_days_of_a_column_are_the_organisations_just_after_midnight(app, cast, actor_of, client_of, at):
    at(datetime(2026, 11, 23, 22, 30, tzinfo=UTC))  # half past midnight in Athens
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
    eleni = client_of("Eleni")
    eleni.set_cookie("columns-work-items", "created.changed")
    page = eleni.get("/work-items?query=").text
    row = re.search(r'data-row="PARKS-1">.*?</tr>', page, re.DOTALL)[0]
    assert (row.count("24 Nov"), row.count("23 Nov")) == (2, 0)
