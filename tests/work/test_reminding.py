"""A reminder goes out at most once in a working day, and whoever is refused reads when the next one may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from collab.work.commands import ask
from collab.work.forms import Ask
from tests.work.making import make

FRIDAY, SATURDAY, MONDAY = (datetime(2026, 11, day, 8, 12, tzinfo=UTC) for day in (13, 14, 16))


@pytest.fixture
def wait(app, cast, actor_of, at):
    """Eleni awaits an answer of Maria since Thursday."""
    at(datetime(2026, 11, 12, 8, tzinfo=UTC))
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni)
        return ask(actor_of("Eleni"), item, Ask(of=cast.Maria, what="Photographs"))


def test_once_in_a_working_day_and_not_again_before_the_next(wait, api_of, at):
    eleni, address = api_of("Eleni"), f"/api/v1/waits/{wait}/nudges"
    at(FRIDAY)
    assert eleni.post(address).json["nudges"] == 1
    refused = eleni.post(address)
    assert refused.status_code == 409
    assert "just now" in refused.json["detail"]
    assert "Monday 16 November 2026" in refused.json["detail"]
    at(SATURDAY)
    assert eleni.post(address).status_code == 409
    assert api_of("Giorgos").post(address).status_code == 409, "nor by a colleague of the unit that asks"
    at(MONDAY)
    assert eleni.post(address).json["nudges"] == 2


def test_a_page_says_so_and_changes_nothing(wait, client_of, api_of, at):
    at(FRIDAY)
    client = client_of("Eleni")
    assert client.post(f"/waits/{wait}/nudges").status_code == 303
    assert client.post(f"/waits/{wait}/nudges").status_code == 409
    assert api_of("Eleni").get(f"/api/v1/waits/{wait}").json["nudges"] == 1


def test_of_many_reminders_at_once_one_goes_out(app, wait, api_of, at):
    at(FRIDAY)
    callers = [api_of("Eleni") for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(lambda api: api.post(f"/api/v1/waits/{wait}/nudges").status_code, callers))
    assert sorted(codes) == [200, 409, 409, 409, 409, 409]
