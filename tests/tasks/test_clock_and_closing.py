"""What stood still counts, however the item was closed and opened again, and a day set by hand stays set by hand."""

from datetime import UTC, date, datetime

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
