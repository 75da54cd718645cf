"""Time that work takes: written as people write it, in three languages; in lists, sheets and sums; undone."""

import csv
import io

import pytest

from collab.tasks.quick import Today, printed, read
from collab.work.effort import MOST, minutes_in, short, written
from tests.work.making import day


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("2", 120), ("2h", 120), ("90m", 90), ("1h30", 90), ("1h 30m", 90), ("1:30", 90), ("1,5 ώρες", 90),
        ("2ω", 120), ("2 ώρες 15 λεπτά", 135), ("۲ ساعت", 120), ("۹۰دقیقه", 90), ("1.5h", 90), ("3d", 1440),
        ("0", 0), ("10000h", MOST), ("10001h", None), ("", None), ("soon", None), ("1h 2h", None), ("1:75", None),
        ("-2h", None), ("30m 1h", None), ("2h of work", None),
    ],
)  # fmt: skip
def test_it_is_read_as_people_write_it(said, minutes):
    assert minutes_in(said) == minutes


@pytest.mark.parametrize("minutes", [0, 1, 59, 60, 61, 90, 480, MOST])
def test_what_is_written_reads_the_same_again(minutes):
    assert minutes_in(written(minutes)) == minutes
    assert {short(minutes, locale) != "" for locale in ("en", "el", "fa")} == {True}


@pytest.mark.parametrize("line", ["call Forestry ~2h", "κλήση ~2ω", "تماس ~۲ساعت", "x ~1:30 ~3h"])
def test_a_quick_line_says_it_and_is_printed_so_that_it_reads_the_same(line):
    said = read(line, Today(day(23)))
    assert said.value("effort") in (120, 90)
    again = read(printed(said, Today(day(23))), Today(day(23)))
    assert (again.title, again.value("effort")) == (said.title, said.value("effort"))


def test_planned_and_spent_time_go_the_whole_way(api_of, client_of, cast):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    made = eleni.post("/api/v1/quick-tasks", json={"text": "Water the trees ~2h30"})
    assert made.status_code == 201, made.text
    ref = made.json["reference"]
    assert (made.json["effort_minutes"], made.json["spent_minutes"]) == (150, None)
    fields = {"title": "Mow", "unit": cast.PARKS, "holder": cast.Eleni, "effort_minutes": 45, "due_on": "2026-11-30"}
    assert eleni.post("/api/v1/tasks", json=fields).json["effort_minutes"] == 45
    for wrong in (-1, True, "soon", MOST + 1, [], "\x00", 1.5):
        refused = eleni.patch(f"/api/v1/work-items/{ref}", json={"spent_minutes": wrong})
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "spent_minutes"), wrong
    # In the table, where it stands, and undone.
    page.set_cookie("columns-tasks", "effort.spent.due")
    cell = page.put(f"/work-items/{ref}/cells/spent", data={"value": "3:00"})
    assert cell.status_code == 303
    shown = page.get(f"/work-items/{ref}").text
    assert "planned 2h 30m" in shown
    assert "spent 3h" in shown
    table = page.get("/tasks?query=holder:me").text
    assert "planned 45m" in table
    foot = table[table.index("In all") :]
    assert "3h 15m" in foot
    assert "<bdi>3h</bdi>" in foot
    sheet = page.get("/queries/sheet?list=tasks&query=holder:me").text.lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert sorted((row["Planned (hours)"], row["Spent (hours)"]) for row in rows) == [("0.75", ""), ("2.5", "3")]
    line = eleni.get(f"/api/v1/work-items/{ref}/history").json["items"][0]
    assert eleni.post(line["undo"]).json["spent_minutes"] is None


def test_what_is_left_of_it_is_the_load_of_whoever_has_it(api_of, cast):
    fields = {"title": "Mow", "unit": cast.PARKS, "holder": cast.Eleni, "effort_minutes": 240, "spent_minutes": 60}
    api_of("Eleni").post("/api/v1/tasks", json=fields)
    answer = api_of("Nikos").get(f"/api/v1/units/{cast.PARKS}/report")
    people = answer.json["people"]
    assert [one["effort_minutes"] for one in people] == [180]


def test_a_column_says_how_far_the_parts_of_each_item_are(api_of, client_of, cast):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    whole = eleni.post("/api/v1/tasks", json={"title": "Park", "unit": cast.PARKS, "holder": cast.Eleni}).json
    for title in ("Mow", "Water", "Prune"):
        part = {"title": title, "unit": cast.PARKS, "holder": cast.Eleni, "parent": whole["id"]}
        made = eleni.post("/api/v1/tasks", json=part).json
    eleni.post(f"/api/v1/work-items/{made['reference']}/completion", json={})
    page.set_cookie("columns-tasks", "parts.due")
    assert "<bdi>1/3</bdi>" in page.get("/tasks?query=holder:me").text
