"""Reminders: private, at a time of one's own clock, going with the due day, in the inbox when their time comes."""

from datetime import UTC, datetime, timedelta

import pytest

from collab.tasks.sweeps import sweep_reminders
from collab.work.commands import complete, edit
from collab.work.forms import Complete, EditItem
from tests.work.making import day, make

PART = {"HX-Request-Type": "partial"}
HERE = "/work-items/PARKS-1/reminders"
API = f"/api/v1{HERE}"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)  # 10:00 in Athens


@pytest.fixture(autouse=True)
def item(app, cast, actor_of, at):
    at(MONDAY)
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Felling permit", due_on=day(30))


@pytest.fixture
def sweep(app, tell):
    def run():
        tell()
        with app.app_context():
            sweep_reminders()
        tell()

    return run


def heard(api, name):
    return [line["reasons"] for line in api(name).get("/api/v1/notifications").json["items"]]


def times(api, name="Eleni"):
    return [line["at"] for line in api(name).get(API).json["items"]]


def test_it_comes_at_its_time_into_the_inbox_of_nobody_else(api_of, sweep, at):
    assert api_of("Eleni").post(API, json={"text": "tomorrow 9:00"}).status_code == 201
    assert times(api_of) == ["2026-11-24T07:00:00+00:00"]
    at(datetime(2026, 11, 24, 6, 59, tzinfo=UTC))
    sweep()
    assert heard(api_of, "Eleni") == []
    at(datetime(2026, 11, 24, 7, 0, 1, tzinfo=UTC))
    sweep()
    sweep()
    line = api_of("Eleni").get("/api/v1/notifications").json["items"][0]
    assert (line["reasons"], line["count"]) == (["reminder"], 1)
    assert heard(api_of, "Nikos") == []
    assert times(api_of) == []
    assert "remind" not in api_of("Nikos").get("/api/v1/work-items/PARKS-1/history").text


def test_nobody_else_sees_or_removes_it(api_of, client_of):
    api_of("Eleni").post(API, json={"text": "in 2 hours"})
    [line] = api_of("Eleni").get(API).json["items"]
    assert api_of("Nikos").get(API).json["items"] == []
    assert api_of("Nikos").delete(f"{API}/{line['id']}").status_code == 404
    assert api_of("Leila").post(API, json={"text": "tomorrow"}).status_code == 404
    assert "You will be reminded" in client_of("Eleni").get("/work-items/PARKS-1").text
    assert 'id="reminders"' not in client_of("Nikos").get("/work-items/PARKS-1").text
    assert client_of("Eleni").delete(f"{HERE}/{line['id']}", headers=PART).status_code == 204
    assert times(api_of) == []


def test_before_the_due_day_it_goes_with_the_due_day(app, api_of, actor_of, item, sweep, at):
    api_of("Eleni").post(API, json={"before": 3, "clock": "8:30"})
    assert times(api_of) == ["2026-11-27T06:30:00+00:00"]

    def due(value):
        with app.app_context():
            edit(actor_of("Eleni"), item, EditItem(title="Felling permit", due_on=value))
        sweep()

    due(day(30) + timedelta(days=7))
    assert times(api_of) == ["2026-12-04T06:30:00+00:00"]
    due(None)
    assert times(api_of) == [None]
    at(datetime(2026, 12, 10, 8, tzinfo=UTC))
    sweep()
    assert ["reminder"] not in heard(api_of, "Eleni")
    due(datetime(2026, 12, 11).date())  # noqa: DTZ001
    assert ["reminder"] in heard(api_of, "Eleni"), "too near to come before: told at once"


def test_ten_to_four_on_the_night_of_summer_time_exists_once(api_of, at):
    api_of("Eleni").post(API, json={"day": "2027-03-28", "clock": "03:30"})
    api_of("Eleni").post(API, json={"day": "2027-10-31", "clock": "03:30"})
    assert times(api_of) == ["2027-03-28T01:30:00+00:00", "2027-10-31T00:30:00+00:00"]


def test_each_by_their_own_clock(app, api_of, cast):
    from sqlalchemy import update

    from collab.core.db import writing
    from collab.people.models import Person

    with app.app_context(), writing() as session:
        session.execute(update(Person).where(Person.id == cast.Nikos).values(time_zone="Asia/Tehran"))
    api_of("Nikos").post(API, json={"day": "2026-11-24", "clock": "09:00"})
    assert times(api_of, "Nikos") == ["2026-11-24T05:30:00+00:00"]


def test_of_what_is_finished_nobody_is_reminded(app, api_of, actor_of, item, sweep, at):
    api_of("Eleni").post(API, json={"text": "tomorrow"})
    with app.app_context():
        complete(actor_of("Eleni"), item, Complete())
    at(datetime(2026, 11, 25, 8, tzinfo=UTC))
    sweep()
    assert ["reminder"] not in heard(api_of, "Eleni")
    assert api_of("Eleni").post(API, json={"text": "tomorrow"}).status_code == 409


def test_a_quick_line_with_a_time_reminds_its_writer(api_of, client_of):
    made = api_of("Eleni").post("/api/v1/quick-tasks", json={"text": "call Forestry αύριο στις 10"})
    assert (made.status_code, made.json["title"], made.json["due_on"]) == (201, "call Forestry", "2026-11-24")
    assert (
        api_of("Eleni").get("/api/v1/work-items/PARKS-2/reminders").json["items"][0]["at"]
        == "2026-11-24T08:00:00+00:00"
    )
    read = api_of("Eleni").post("/api/v1/quick-tasks/reading", json={"text": "call at 3"}).json
    assert read["reminder"] == "2026-11-23T15:00"
    late = api_of("Eleni").post("/api/v1/quick-tasks/reading", json={"text": "call at 9:00"}).json
    assert late["reminder"] == "2026-11-24T09:00", "nine is over for today"
    over = api_of("Eleni").post("/api/v1/quick-tasks", json={"text": "call today at 9:00"})
    assert (over.status_code, over.json["errors"][0]["field"]) == (422, "text")
    assert api_of("Eleni").get("/api/v1/tasks/PARKS-3").status_code == 404, "both or neither"
    form = client_of("Eleni").post("/quick-tasks/form", data={"text": "call Forestry tomorrow at 10"}, headers=PART)
    assert 'value="call Forestry"' in form.text
    kept = ['name="remind_day" value="2026-11-24"', 'name="remind_clock" value="10:00"']
    assert all(one in form.text for one in kept), "the reminder goes along, and stays out of the title"


def test_the_same_moment_twice_is_one_and_twenty_are_enough(api_of):
    for _time in range(2):
        assert api_of("Eleni").post(API, json={"text": "tomorrow"}).status_code == 201
    assert len(times(api_of)) == 1
    answers = [api_of("Eleni").post(API, json={"text": f"in {number} hours"}).status_code for number in range(1, 22)]
    assert answers == [201] * 19 + [422] * 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, ""), ({"text": "soon"}, "text"), ({"text": "yesterday"}, "text"), ({"day": "2020-01-01"}, "day"),
        ({"day": "2026-11-30", "clock": "25:00"}, "clock"), ({"before": -1}, "before"), ({"before": True}, "before"),
        ({"before": 366}, "before"), ({"before": 30}, "before"), ({"text": "tomorrow", "before": 1}, ""),
        ({"text": "a\x00"}, "text"), ({"text": ["x"]}, "text"), ({"day": "x"}, "day"), ({"clock": 9}, "clock"),
    ],
)  # fmt: skip
def test_what_says_no_moment_is_refused_at_its_field(api_of, typed, field):
    answer = api_of("Eleni").post(API, json=typed)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert times(api_of) == []


def test_the_dialog_offers_moments_and_keeps_what_was_typed(client_of, api_of):
    form = client_of("Eleni").get(f"{HERE}/new", headers=PART).text
    assert "Three days before it is due" in form
    refused = client_of("Eleni").post(HERE, data={"text": "whenever"}, headers=PART)
    assert refused.status_code == 422
    assert 'value="whenever"' in refused.text
    assert client_of("Eleni").post(HERE, data={"before": "1"}, headers=PART).status_code == 204
    assert times(api_of) == ["2026-11-29T07:00:00+00:00"]


def test_a_substitute_does_not_hear_of_it(app, api_of, cast, sweep, at):
    from sqlalchemy import insert

    from collab.core.db import writing
    from collab.people.models import Absence

    api_of("Eleni").post(API, json={"text": "tomorrow"})
    with app.app_context(), writing() as session:
        session.execute(
            insert(Absence).values(
                person_id=cast.Eleni, substitute_id=cast.Katerina, first_day=day(23), last_day=day(30)
            )
        )
    at(datetime(2026, 11, 24, 8, tzinfo=UTC))
    sweep()
    assert heard(api_of, "Katerina") == []
    assert ["reminder"] in heard(api_of, "Eleni")
