"""Of every list, search, sheet and feed that an auditor is shown the ledger says what was asked and how much came."""

import pytest
from sqlalchemy import select

from collab.core.db import db
from collab.core.facts import FactRow, FactText
from collab.work import list_jobs
from tests.work.making import day, make

LISTS = (
    "/work-items?query=text:private", "/tasks?query=text:private", "/pending-items", "/work-items?layout=board",
    "/work-items?layout=calendar&day=2026-11-24", "/queries/sheet?list=tasks&query=text:private", "/search?q=private",
    "/registry", "/api/v1/work-items?text=private", "/api/v1/tasks", "/api/v1/pending-items",
    "/api/v1/search?q=private", "/api/v1/registry",
)  # fmt: skip


@pytest.fixture
def private(app, cast, actor_of):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Very private", due_on=day(24))


def read(app, person):
    """What of lists stands in the ledger: (door, lines, what was asked)."""
    with app.app_context():
        facts = select(FactRow.payload, FactText.text).outerjoin(FactText, FactText.fact_id == FactRow.id)
        mine = facts.where(FactRow.kind == "list-read-by-auditor", FactRow.actor_id == person).order_by(FactRow.id)
        return [(row[0]["door"], row[0]["number"], row[1]) for row in db.session.execute(mine)]


def test_every_list_door_writes_down_one_line_for_an_auditor_and_none_for_others(app, cast, api_of, client_of, private):
    reza, eleni = cast.Reza, cast.Eleni
    clients = {name: (client_of(name), api_of(name)) for name in ("Reza", "Eleni")}
    for address in LISTS:
        for pages, api in clients.values():
            answer = (api if address.startswith("/api") else pages).get(address)
            assert answer.status_code == 200, address
    found = read(app, reza)
    assert [door for door, _number, _asked in found] == [address.partition("?")[0] for address in LISTS]
    assert found[0] == ("/work-items", 1, "query=text:private")
    assert found[2][2] == "/pending-items", "where nothing is asked, the place itself stands there"
    assert found[4][2] == "layout=calendar; day=2026-11-24"
    assert found[6][2] == "q=private"
    assert read(app, eleni) == []


def test_of_a_form_sent_with_empty_fields_only_what_was_filled_in_is_kept(app, cast, api_of, client_of, private):
    client_of("Reza").get("/work-items?query=text%3Aprivate&unit=&sort=&after=")
    assert read(app, cast.Reza) == [("/work-items", 1, "query=text:private")]


def test_a_sheet_made_by_a_worker_and_a_calendar_are_lists_too(app, cast, api_of, client_of, private):
    reza = api_of("Reza")
    assert reza.post("/api/v1/list-jobs/sheets", json={"query": "text:private", "format": "csv"}).status_code == 202
    with app.app_context():
        for job, _owner in list_jobs.due_list_jobs():
            list_jobs.carry_on(job)
    assert read(app, cast.Reza) == [("sheet of work-items", 1, "text:private")]
    view = reza.post("/api/v1/views", json={"name": "All", "query": "text:private"}).json["id"]
    address = reza.put(f"/api/v1/views/{view}/feed").json["address"]
    assert "Very private" in client_of(None).get(address[address.index("/feeds/") :]).text
    assert read(app, cast.Reza)[-1][:2] == ("/feeds/<token>", 1)
