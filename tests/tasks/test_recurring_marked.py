"""A list says of a task that it comes again, without asking anything more for it."""

from datetime import UTC, datetime

import pytest

from tests.work.making import day, make

SAID = '<span class="visually-hidden">comes again</span>'
PAGES = ["/tasks?holder=me", "/tasks?layout=board", "/"]


@pytest.fixture
def items(app, cast, actor_of, at):
    at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    with app.app_context():
        for number in range(3):
            make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title=f"Water the square {number}", due_on=day(23))


@pytest.mark.parametrize("address", PAGES)
def test_a_task_that_comes_again_is_marked_and_costs_no_statement(items, client_of, api_of, queries, address):
    eleni, client = api_of("Eleni"), client_of("Eleni")
    client.get(address)
    with queries() as sent:
        assert SAID not in client.get(address).text
    before = len(sent.sent)
    for number in (1, 2):
        rule = {"every": "week", "weekdays": [0]}
        assert eleni.put(f"/api/v1/work-items/PARKS-{number}/recurrence", json=rule).status_code < 300
    client.get(address)
    with queries() as sent:
        page = client.get(address)
    assert (page.text.count(SAID), len(sent.sent)) == (2, before)
    assert before <= 8
    assert eleni.delete("/api/v1/work-items/PARKS-1/recurrence").status_code < 300
    assert client.get(address).text.count(SAID) == 1
