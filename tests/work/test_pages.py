"""Pages of work over HTTP: what they show, and that they show it in few questions."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from collab.core.db import writing
from tests.work.making import make


@pytest.fixture
def item(app, cast, actor_of):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Pine at Analipseos 3", body="**Old** tree")


def test_an_item_is_read_by_those_who_may_and_is_nothing_to_others(client_of, item):
    page = client_of("Eleni").get("/work-items/PARKS-1")
    assert page.status_code == 200
    assert "Pine at Analipseos 3" in page.text
    assert "<strong>Old</strong>" in page.text
    assert client_of("Eleni").get(f"/work-items/{item}").status_code == 200
    assert client_of("Eleni").get("/work-items/parks-1").status_code == 200
    assert client_of("Leila").get("/work-items/PARKS-1").status_code == 404
    assert client_of(None).get("/work-items/PARKS-1").status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        "/work-items/PARKS-1", "/work-items", "/work-items?holder=me&state=any&order=newest",
        "/units/PARKS/pending-items",
        "/units/PARKS/pending-items?side=offered", "/units/PARKS/pending-items?side=we-wait",
        "/units/PARKS/pending-items?side=asked", "/units/PARKS/pending-items?side=nobody",
        "/work-items/PARKS-1/history", "/work-items/PARKS-1/editing", "/work-items/PARKS-1/completion",
        "/work-items/PARKS-1/cancellation", "/work-items/PARKS-1/holder", "/work-items/PARKS-1/handovers/new",
        "/work-items/PARKS-1/waits/new", "/work-items/PARKS-1/messages",
    ],
)  # fmt: skip
def test_every_page_is_there_for_the_head_in_few_questions_and_small(client_of, item, queries, address):
    client = client_of("Nikos")
    client.get(address)
    with queries() as sent:
        page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert len(page.data) <= 12_000
    assert len(sent) <= (12 if "PARKS-1" in address else 8), "\n".join(sent.sent)


def test_whoever_has_it_since_yesterday_has_it_since_that_day_also_where_no_working_day_lies_between(
    app, client_of, cast, actor_of, at
):
    at(datetime(2026, 11, 28, 8, tzinfo=UTC))  # a Saturday
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Pine")
    assert "since today" in client_of("Eleni").get("/work-items/PARKS-1").text
    at(datetime(2026, 11, 29, 8, tzinfo=UTC))
    page = client_of("Eleni").get("/work-items/PARKS-1").text
    assert "since today" not in page
    assert "since 28 Nov 2026" in page


def test_what_came_of_an_item_says_that_it_may_stay_empty(client_of, item):
    page = client_of("Eleni").get("/work-items/PARKS-1/completion").text
    assert 'What came of it <span class="field-optional">may stay empty</span>' in page


def test_time_by_holder_is_drawn_once_there_is_more_than_the_heading_says(app, client_of, api_of, cast, item):
    with app.app_context(), writing() as session:
        session.execute(text("update interval set from_at = from_at - interval '30 days'"))
    drawn, page = "Working days with each holder", client_of("Eleni").get("/work-items/PARKS-1").text
    assert "With Eleni Markou" in page
    assert drawn not in page
    answer = api_of("Nikos").put("/api/v1/work-items/PARKS-1/holder", json={"holder": cast.Nikos})
    assert answer.status_code < 300, answer.text
    assert drawn in client_of("Eleni").get("/work-items/PARKS-1").text


def test_parts_are_not_drawn_before_anybody_has_had_it_for_a_day(client_of, api_of, cast, item):
    assert api_of("Nikos").put("/api/v1/work-items/PARKS-1/holder", json={"holder": cast.Nikos}).status_code < 300
    assert "Working days with each holder" not in client_of("Nikos").get("/work-items/PARKS-1").text


@pytest.mark.parametrize("then", ["offered", "begun", "asked"])
def test_what_came_back_says_so_to_those_who_sent_it_until_something_follows(client_of, api_of, cast, item, then):
    api = "/api/v1/work-items/PARKS-1"
    eleni = api_of("Eleni")
    made = eleni.post(f"{api}/handovers", json={"to": cast.ROADS, "note": "A road"}).json["id"]
    assert 'id="returned"' not in client_of("Eleni").get("/work-items/PARKS-1").text
    answer = api_of("Petros").post(f"/api/v1/handovers/{made}/return", json={"reason": "It stands in a park"})
    assert answer.status_code == 200
    page = client_of("Eleni").get("/work-items/PARKS-1").text
    assert "It stands in a park" in page[page.index('id="returned"') : page.index('id="acts"')]
    assert "Hand over again" in page
    assert 'id="returned"' not in client_of("Petros").get("/work-items/PARKS-1").text
    again = client_of("Eleni").get("/work-items/PARKS-1/handovers/new").text
    assert f'value="{cast.ROADS}"' in again
    assert "A road" in again
    follows = {
        "offered": lambda: eleni.post(f"{api}/handovers", json={"to": cast.LEGAL, "note": "Yours?"}),
        "begun": lambda: eleni.post(f"{api}/beginning"),
        "asked": lambda: eleni.post(f"{api}/waits", json={"what": "Whose park?", "of": cast.Nikos}),
    }
    assert follows[then]().status_code < 300
    assert 'id="returned"' not in client_of("Eleni").get("/work-items/PARKS-1").text
    assert "A road" not in client_of("Eleni").get("/work-items/PARKS-1/handovers/new").text


def test_the_days_of_a_tray_or_of_a_colleague_are_not_told_as_those_of_whoever_has_it_now(client_of, api_of, cast, at):
    at(datetime(2026, 11, 2, 8, tzinfo=UTC))
    body = {"title": "Pine", "unit": cast.PARKS}
    reference = api_of("Eleni").post("/api/v1/tasks", json=body).json["reference"]
    item, page = f"/api/v1/work-items/{reference}", f"/work-items/{reference}"
    at(datetime(2026, 11, 12, 8, tzinfo=UTC))
    assert "for 8 working days" in client_of("Eleni").get(page).text, "so long it lies in the tray"
    for name in ("Eleni", "Giorgos"):
        assert api_of("Nikos").put(f"{item}/holder", json={"holder": cast.people[name]}).status_code == 200
        told = client_of("Eleni").get(page).text
        assert ("since today" in told, "for 8 working days" in told) == (True, False)
    at(datetime(2026, 11, 16, 8, tzinfo=UTC))
    assert "for 2 working days" in client_of("Eleni").get(page).text
