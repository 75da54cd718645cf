"""What stood still counts, however the item was closed and opened again, and a day set by hand stays set by hand."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.actor import SYSTEM
from collab.people.calendar.days import days
from collab.people.calendar.deadline import Term, deadline
from collab.people.calendar.ordinals import WorkingDays
from collab.people.calendar.rules import CalendarRule
from collab.people.calendar.suspension import Suspension
from collab.people.queries.calendars import calendars_of
from collab.tasks.commands import follow_calendar
from tests.work.making import outsider

GREECE = WorkingDays(days(CalendarRule("GR", frozenset({5, 6})), range(2024, 2036)))
DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def moment(day, minute=0):
    return datetime(2026, 11, day, 9, minute, tzinfo=UTC)


@pytest.fixture
def waiting(app, cast, api_of, actor_of, at):
    """A pending item of fifty days from 2 November, whose clock stands since then: its parts in a small object."""
    at(moment(2))
    eleni = api_of("Eleni")
    said = {"title": "Pine", "unit": cast.PARKS, "holder": cast.Eleni, "protocol_on": "2026-11-02", "allowed": 50}
    item = eleni.post("/api/v1/pending-items", json=said | {"rolls": False}).json["id"]
    with app.app_context():
        forestry = outsider(actor_of("Eleni"), "Forestry")
    asked = {"what": "papers", "of": forestry, "stops_clock": True}
    wait = eleni.post(f"/api/v1/work-items/{item}/waits", json=asked).json["id"]
    return eleni, item, wait


def due(eleni, item):
    return eleni.get(f"/api/v1/work-items/{item}").json["due_on"]


def last_act(eleni, item):
    lines = eleni.get(f"/api/v1/work-items/{item}/history").json["items"]
    return next(line["id"] for line in lines if line["kind"] == "item-completed")


def test_what_stood_until_it_was_closed_counts_once_it_is_open_again(waiting, at, tell):
    eleni, item, _wait = waiting
    assert due(eleni, item) == "2026-12-22"
    at(moment(12))
    assert eleni.post(f"/api/v1/work-items/{item}/completion", json={}).status_code == 200
    tell()
    at(moment(13))
    assert eleni.delete(f"/api/v1/work-items/{item}/completion").status_code == 200
    tell()
    assert due(eleni, item) == "2027-01-01", "ten days stood still"
    at(moment(14))
    assert eleni.post(f"/api/v1/work-items/{item}/completion", json={}).status_code == 200
    assert eleni.delete(f"/api/v1/work-items/{item}/completion").status_code == 200
    tell()
    assert due(eleni, item) == "2027-01-01", "and are not counted again"


def test_a_closing_undone_loses_no_day_of_a_clock_that_stands_on(waiting, at, tell):
    eleni, item, wait = waiting
    at(moment(12))
    assert eleni.post(f"/api/v1/work-items/{item}/completion", json={}).status_code == 200
    tell()
    at(moment(12, 1))
    assert eleni.post(f"/api/v1/facts/{last_act(eleni, item)}/undo").status_code == 200
    tell()
    at(moment(17))
    assert eleni.post(f"/api/v1/waits/{wait}/answer", json={"text": "here"}).status_code == 201
    tell()
    assert due(eleni, item) == "2027-01-06", "fifteen days, as if nobody had closed it"


def test_a_day_set_by_hand_that_moved_is_still_set_by_hand(app, waiting, cast, at, tell):
    eleni, item, wait = waiting
    edits = {"items": [item], "act": "fields", "due_on": "2026-11-20"}
    assert eleni.post("/api/v1/work-items/bulk-edits", json=edits).status_code == 200
    assert due(eleni, item) == "2026-11-20"
    at(moment(5))
    assert eleni.post(f"/api/v1/waits/{wait}/answer", json={"text": "here"}).status_code == 201
    tell()
    assert due(eleni, item) == "2026-11-23"
    with app.app_context():
        assert follow_calendar(SYSTEM, calendars_of([cast.PARKS])[cast.PARKS]) == 0
    assert due(eleni, item) == "2026-11-23"


def test_a_unit_that_goes_by_another_calendar_takes_its_deadlines_along(cast, api_of, client_of, at, tell):
    at(moment(2))
    eleni, kostas = api_of("Eleni"), client_of("Kostas")
    said = {"title": "Pine", "unit": cast.PARKS, "holder": cast.Eleni, "protocol_on": "2026-11-02", "allowed": 5}
    item = eleni.post("/api/v1/pending-items", json=said | {"measure": "working-days"}).json["id"]
    assert due(eleni, item) == "2026-11-09"
    made = kostas.post("/administration/calendars", data={"name": "Narvan", "country": "IR", "weekend[]": "4"})
    assert made.status_code == 303, made.text
    calendar = made.headers["Location"].rsplit("/", 1)[-1]
    said = {"name": "Parks", "code": "PARKS", "level": "department", "calendar_id": calendar, "version": "1"}
    answer = kostas.put(f"/administration/units/{cast.PARKS}", data=said)
    assert answer.status_code == 303, answer.text
    tell()
    assert due(eleni, item) == "2026-11-08", "Sunday is worked there, Friday is not"


@given(DAY, st.integers(1, 60), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=4), st.booleans())
def test_nothing_is_ever_due_while_the_clock_stands(start, length, stood, in_working_days):
    suspensions, since = [], start
    for gap, lasts in stood:
        begins = since.fromordinal(since.toordinal() + gap)
        since = begins.fromordinal(begins.toordinal() + lasts)
        suspensions.append(Suspension(begins, since))
    found = deadline(Term(length, "working-days" if in_working_days else "days"), start, GREECE, suspensions).due
    assert not any(one.since < found <= one.until for one in suspensions), (found, suspensions)


def test_a_clock_stopped_between_the_end_and_the_day_it_rolls_to():
    monday = date(2026, 11, 16)
    five = Term(5)  # ends on Saturday the 21st, so on Monday the 23rd
    for since in (21, 22):
        stood = [Suspension(date(2026, 11, since), date(2026, 11, 30))]
        assert deadline(five, monday, GREECE, stood).due == date(2026, 12, 1)
    assert deadline(five, monday, GREECE, [Suspension(date(2026, 11, 21), None)]).due is None
    too_late = [Suspension(date(2026, 11, 23), date(2026, 11, 30))]
    assert deadline(five, monday, GREECE, too_late).due == date(2026, 11, 23)


def day_of(instant):
    return datetime.fromisoformat(instant).astimezone(ZoneInfo("Europe/Athens")).day if instant else None


def intervals(eleni, item):
    return eleni.get(f"/api/v1/work-items/{item}/intervals").json["items"]


def test_an_answer_from_outside_that_arrived_earlier_starts_the_clock_from_that_day(waiting, client_of, at, tell):
    eleni, item, wait = waiting
    at(moment(17))
    form = client_of("Eleni").get(f"/waits/{wait}/answer").text
    assert 'name="arrived_on" value="2026-11-17"' in form, "today, unless somebody says otherwise"
    for day, why in [("2026-11-18", "yet to come"), ("2026-11-01", "asked later")]:
        refused = eleni.post(f"/api/v1/waits/{wait}/answer", json={"text": "here", "arrived_on": day})
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "arrived_on"), why
    said = {"text": "The papers", "arrived_on": "2026-11-12"}
    assert eleni.post(f"/api/v1/waits/{wait}/answer", json=said).status_code == 201
    tell()
    assert due(eleni, item) == "2027-01-01", "ten days stood still, not fifteen"
    history = client_of("Eleni").get(f"/work-items/{eleni.get(f'/api/v1/work-items/{item}').json['reference']}").text
    assert "had arrived on" in history
    kinds = [line["kind"] for line in eleni.get(f"/api/v1/work-items/{item}/history").json["items"]]
    assert {"answer-arrived", "clock-resumed", "deadline-moved"} <= set(kinds)


def test_a_colleagues_answer_has_no_day_of_its_own(cast, api_of, waiting, at):
    eleni, item, _wait = waiting
    asked = eleni.post(f"/api/v1/work-items/{item}/waits", json={"what": "a look", "of": cast.Giorgos}).json["id"]
    at(moment(17))
    refused = api_of("Giorgos").post(f"/api/v1/waits/{asked}/answer", json={"text": "x", "arrived_on": "2026-11-10"})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "arrived_on")


@pytest.mark.parametrize(
    ("second", "ended", "arrived", "stands"),
    [
        (5, None, 12, [(2, None)]),  # another stopped it all the while
        (15, None, 12, [(2, 12), (15, None)]),  # it ran for three days between the two
        (5, 9, 12, [(2, 12)]),
        (5, 14, 12, [(2, 14)]),
        (13, 15, 12, [(2, 12), (13, 15)]),
        (5, 9, 4, [(2, 4), (5, 9)]),
    ],
)
def test_intervals_follow_an_earlier_arrival_whatever_else_stopped_the_clock(
    app, waiting, actor_of, at, tell, second, ended, arrived, stands
):
    eleni, item, wait = waiting
    at(moment(second))
    with app.app_context():
        other = outsider(actor_of("Eleni"), "Archives")
    asked = {"what": "a map", "of": other, "stops_clock": True}
    beside = eleni.post(f"/api/v1/work-items/{item}/waits", json=asked).json["id"]
    if ended:
        at(moment(ended))
        assert eleni.post(f"/api/v1/waits/{beside}/answer", json={"text": "a map"}).status_code == 201
    at(moment(17))
    said = {"text": "The papers", "arrived_on": f"2026-11-{arrived:02}"}
    assert eleni.post(f"/api/v1/waits/{wait}/answer", json=said).status_code == 201
    tell()
    lines = sorted(intervals(eleni, item), key=lambda line: line["from"])
    assert all(line["to"] == after["from"] for line, after in itertools.pairwise(lines)), "no gap and nothing twice"
    assert lines[-1]["to"] is None
    found: list[list[Any]] = []
    for line in (line for line in lines if line["clock_stopped"]):
        if found and found[-1][1] == line["from"]:
            found[-1][1] = line["to"]
        else:
            found.append([line["from"], line["to"]])
    found = [(day_of(since), day_of(until)) for since, until in found]
    assert found == stands
    days = sum(until - since for since, until in stands if until)
    if stands[-1][1]:
        assert due(eleni, item) == str(date(2026, 12, 22) + timedelta(days=days))
