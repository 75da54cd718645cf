"""However one looks at what a question finds: table, board, calendar, sheet, feed, view and API find the same."""

import csv
import io
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar

from tests.work.making import day, make

QUERIES = [
    "unit:PARKS",
    "holder:me OR holder:nobody",
    "-label:storm due<=2026-11-30",
    '(label:storm OR priority>=high) -text:"κλαδιά"',
    "kind:pending",
    "χειριστής:εγώ",
    "وضعیت:انجام-شده",
    "state:any label:storm",
]


@pytest.fixture(autouse=True)
def some(app, cast, actor_of, api_of, at):
    """Items of several units, holders, kinds and days, each with a due day, as a calendar shows no others."""
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with app.app_context():
        eleni, nikos, maria = actor_of("Eleni"), actor_of("Nikos"), actor_of("Maria")
        for number in range(8):
            make(
                (eleni, nikos)[number % 2], cast.PARKS, (cast.Eleni, None, cast.Nikos)[number % 3],
                title=("Πεσμένα κλαδιά", "Bench")[number % 2], kind=("task", "pending")[number // 4],
                due_on=day(23 + number), labels=["storm"][: number % 2], priority=number % 5,
            )  # fmt: skip
        make(maria, cast.ROADS, cast.Maria, title="Not hers to see", due_on=day(24), labels=["storm"])
        make(maria, cast.ROADS, cast.Maria, title="For all", due_on=day(25), reach="all", labels=["storm"])
    assert api_of("Eleni").post("/api/v1/work-items/PARKS-1/completion", json={}).status_code == 200


def on_page(answer):
    assert answer.status_code == 200, answer.text
    return set(re.findall(r'data-(?:item|row)="([^"]+)"', answer.text))


@pytest.mark.parametrize("query", QUERIES)
def test_every_way_to_look_at_a_question_finds_the_same(app, client_of, api_of, query):
    eleni = client_of("Eleni")
    asked = api_of("Eleni").get("/api/v1/work-items", query_string={"query": query, "limit": 100})
    assert asked.status_code == 200, asked.text
    wanted = {one["reference"] for one in asked.json["items"]}
    assert 0 < len(wanted) < 10
    assert "ROADS-1" not in wanted
    found = {"table": on_page(eleni.get("/work-items", query_string={"query": query, "limit": 100}))}
    months = ("2026-11-24", "2026-12-15")
    for layout in ("board", "calendar"):
        pages = [
            eleni.get("/work-items", query_string={"query": query, "layout": layout, "day": one, "span": "month"})
            for one in (months if layout == "calendar" else months[:1])
        ]
        found[layout] = set().union(*map(on_page, pages))
    sheet = eleni.get("/queries/sheet", query_string={"query": query})
    found["CSV"] = {row["Reference"] for row in csv.DictReader(io.StringIO(sheet.text.lstrip("\ufeff")))}
    view = eleni.post("/api/v1/views", json={"name": "Asked", "query": query}).json["id"]
    feed = urlsplit(eleni.put(f"/api/v1/views/{view}/feed").json["address"]).path
    events = Calendar.from_ical(app.test_client().get(feed).data).walk("VEVENT")
    found["feed"] = {str(one["summary"]).split()[0] for one in events}
    found["view"] = on_page(eleni.get(eleni.get(f"/views/{view}").headers["Location"]))
    assert found == dict.fromkeys(found, wanted)
