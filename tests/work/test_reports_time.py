"""What a unit did in a period: came and went, age at closing, who had the ball, what was returned."""

from datetime import UTC, datetime

import pytest

from collab.work.commands import accept, answer, ask, complete, offer, return_
from collab.work.forms import Accept, Ask, Complete, Offer, Return
from tests.work.making import make


@pytest.fixture
def month(app, cast, actor_of, at):
    """September to 23 November: three closed in the last thirty days, one in those before; one is outside."""
    with app.app_context():
        eleni, sofia = actor_of("Eleni"), actor_of("Sofia")
        at(datetime(2026, 9, 28, 7, tzinfo=UTC))
        early = make(eleni, cast.PARKS, cast.Eleni, title="Early")
        at(datetime(2026, 10, 5, 7, tzinfo=UTC))
        complete(eleni, early, Complete())  # five working days, in the period before
        at(datetime(2026, 11, 2, 7, tzinfo=UTC))
        quick, slow, outside = (make(eleni, cast.PARKS, cast.Eleni, title=each) for each in ("Quick", "Slow", "Out"))
        at(datetime(2026, 11, 3, 7, tzinfo=UTC))
        complete(eleni, quick, Complete())
        wait = ask(eleni, outside, Ask(of=cast.forestry, what="photos", stops_clock=True))
        first = offer(eleni, slow, Offer(to=cast.LEGAL))
        return_(sofia, first, Return(reason="Not ours"))
        second = offer(eleni, slow, Offer(to=cast.LEGAL))
        accept(sofia, second, Accept())
        at(datetime(2026, 11, 10, 7, tzinfo=UTC))
        answer(eleni, wait)
        complete(eleni, outside, Complete())
        at(datetime(2026, 11, 16, 7, tzinfo=UTC))
        complete(sofia, slow, Complete())
        at(datetime(2026, 11, 23, 7, tzinfo=UTC))
        make(eleni, cast.PARKS, cast.Eleni, title="New")


def report(client, unit, days=30):
    found = client.get(f"/api/v1/units/{unit}/report/time?days={days}")
    assert found.status_code == 200, found.text
    return found.json


def test_what_came_and_went_stands_beside_the_period_before(api_of, cast, month):
    found = report(api_of("Nikos"), cast.PARKS)
    assert (found["first"], found["last"]) == ("2026-10-25", "2026-11-23")
    assert found["now"] == {"opened": 4, "closed": 3, "median_age": 6, "ninetieth_age": 10}
    assert found["before"] == {"opened": 1, "closed": 1, "median_age": 5, "ninetieth_age": 5}
    assert (found["open"], found["open_at_first"]) == (1, 0)


def test_each_unit_is_told_how_long_it_had_the_ball_and_the_stopped_clock_stands_apart(api_of, cast, month):
    held = {each["unit"] and each["unit"]["id"]: each for each in report(api_of("Nikos"), cast.PARKS)["held"]}
    assert held[cast.PARKS]["working_days"] == 3  # one day each, before it went on or was done
    assert held[cast.LEGAL]["working_days"] == 9
    assert (held[None]["working_days"], held[None]["clock_stopped"]) == (0, 5)


def test_what_began_before_the_period_is_cut_off_at_its_edge(api_of, cast, month):
    held = {each["unit"] and each["unit"]["id"]: each for each in report(api_of("Nikos"), cast.PARKS, 10)["held"]}
    assert held[cast.LEGAL]["working_days"] == 1  # from Saturday 14 to Monday 16 November
    assert held.keys() == {cast.LEGAL}


def test_returned_handovers_are_told_by_who_returns_what(api_of, client_of, cast, month):
    [pair] = report(api_of("Yannis"), cast.TECH)["handovers"]
    assert (pair["from"]["id"], pair["to"]["id"]) == (cast.PARKS, cast.LEGAL)
    assert (pair["offered"], pair["accepted"], pair["returned"], pair["returned_before"]) == (2, 1, 1, 0)
    assert "(50 %)" in client_of("Yannis").get("/units/TECH/time").text
    assert report(api_of("Petros"), cast.ROADS)["handovers"] == []


def test_the_page_says_the_change_in_words_and_leads_to_the_lists(client_of, month, queries):
    nikos = client_of("Yannis")
    page = nikos.get("/units/TECH/time").text
    assert "3 more than before" in page
    assert "▲" in page
    with queries() as sent:
        nikos.get("/units/TECH/time?days=90")
    assert len(sent) <= 12
    assert nikos.get("/units/TECH/time?days=31").status_code == 422
    assert "Nothing happened" in client_of("Petros").get("/units/ROADS/time").text


@pytest.mark.parametrize("days", ["0", "367", "x", "\x00", "9" * 30])
def test_a_wrong_number_of_days_is_refused_at_its_field(api_of, cast, days):
    found = api_of("Nikos").get(f"/api/v1/units/{cast.PARKS}/report/time", query_string={"days": days})
    assert found.status_code == 422
    assert found.json["errors"][0]["field"] == "days"
