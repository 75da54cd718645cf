"""Tasks that come again: the next one made once for its day, with everything that the last one had."""

from datetime import UTC, date, datetime

import pytest

from collab.core.actor import SYSTEM
from collab.tasks import falling
from collab.tasks.commands import add_lines, change_line
from collab.tasks.commands.recurring import make_next
from collab.tasks.forms import LineChange, NewLines
from collab.tasks.sweeps import due_series, sweep_recurrences
from collab.work.commands import complete, watch
from collab.work.forms import Complete
from tests.work.making import day, make

PART = {"HX-Request-Type": "partial"}
HERE = "/work-items/PARKS-1/recurrence"
API = f"/api/v1{HERE}"
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
WEEKLY = {"every": "week", "weekdays": [0]}


@pytest.fixture(autouse=True)
def item(app, cast, actor_of, at):
    at(MONDAY)
    with app.app_context():
        eleni = actor_of("Eleni")
        made = make(
            eleni, cast.PARKS, cast.Eleni, title="Water the square", due_on=day(23), start_on=day(21), priority=3,
            labels=["green"], body="Both hoses.",
        )  # fmt: skip
        ids = add_lines(eleni, made, NewLines(text="Open the valve\nClose the valve"))
        change_line(eleni, made, ids[0], LineChange(done=True))
        watch(actor_of("Nikos"), made)
    return made


@pytest.fixture
def sweep(app):
    def run():
        with app.app_context():
            sweep_recurrences()

    return run


def found(api, reference):
    answer = api("Eleni").get(f"/api/v1/tasks/{reference}")
    return answer.json if answer.status_code == 200 else None


def test_the_next_one_has_what_the_last_one_had_and_an_unticked_checklist(api_of, sweep, at, cast):
    put = api_of("Eleni").put(API, json=WEEKLY)
    assert (put.status_code, put.json["rrule"], put.json["next_on"]) == (200, "FREQ=WEEKLY;BYDAY=MO", "2026-11-30")
    sweep()
    assert found(api_of, "PARKS-2") is None
    at(datetime(2026, 11, 29, 22, 30, tzinfo=UTC))  # half past midnight of the 30th in Athens
    sweep()
    new = found(api_of, "PARKS-2")
    assert (new["title"], new["due_on"], new["start_on"]) == ("Water the square", "2026-11-30", "2026-11-28")
    assert (new["priority"], new["labels"], new["body"]) == (3, ["green"], "Both hoses.")
    assert new["holder"]["id"] == cast.Eleni
    lines = api_of("Eleni").get("/api/v1/work-items/PARKS-2/checklist").json
    assert [(line["text"], line["done"]) for line in lines["items"]] == [
        ("Open the valve", False), ("Close the valve", False),
    ]  # fmt: skip
    assert [(each["relation"], each["reference"]) for each in new["relations"]] == [("follows", "PARKS-1")]
    assert api_of("Eleni").get("/api/v1/work-items/PARKS-2/recurrence").json["next_on"] == "2026-12-07"
    assert "It came again by its rule" in api_of("Eleni").get("/api/v1/work-items/PARKS-2/history").text


def test_it_is_made_once_however_often_it_is_tried(app, api_of, sweep, at):
    api_of("Eleni").put(API, json=WEEKLY)
    at(datetime(2026, 11, 30, 8, tzinfo=UTC))
    with app.app_context():
        [series] = due_series()
        assert make_next(SYSTEM, series) is not None
        assert make_next(SYSTEM, series) is None
    sweep()
    assert found(api_of, "PARKS-3") is None


def test_two_workers_at_once_make_one(app, api_of, at):
    import threading

    api_of("Eleni").put(API, json=WEEKLY)
    at(datetime(2026, 11, 30, 8, tzinfo=UTC))
    with app.app_context():
        [series] = due_series()

    def work():
        with app.app_context():
            make_next(SYSTEM, series)

    both = [threading.Thread(target=work) for _time in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert found(api_of, "PARKS-2") is not None
    assert found(api_of, "PARKS-3") is None


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_sweep_makes_it(app, api_of, sweep, at, monkeypatch):
    from collab.tasks.commands import recurring

    api_of("Eleni").put(API, json=WEEKLY)
    at(datetime(2026, 11, 30, 8, tzinfo=UTC))

    def dies(*_args):
        raise SystemExit

    with monkeypatch.context() as broken, app.app_context():
        broken.setattr(recurring, "_look_ahead", dies)
        with pytest.raises(SystemExit):
            sweep_recurrences()
    assert found(api_of, "PARKS-2") is None
    sweep()
    assert found(api_of, "PARKS-2") is not None
    assert found(api_of, "PARKS-3") is None


def test_days_missed_make_one_task_for_the_newest(api_of, sweep, at):
    api_of("Eleni").put(API, json={"every": "day"})
    at(datetime(2027, 1, 12, 8, tzinfo=UTC))
    sweep()
    sweep()
    assert found(api_of, "PARKS-2")["due_on"] == "2027-01-12"
    assert found(api_of, "PARKS-3") is None


def test_of_many_years_missed_the_newest_is_found_without_asking_for_each_whether_it_was_worked(
    app, api_of, actor_of, cast, sweep, monkeypatch
):
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Salt", due_on=date(2000, 1, 3))
    eleni = api_of("Eleni")
    assert eleni.put("/api/v1/work-items/PARKS-2/recurrence", json={"every": "day", "roll": "next"}).status_code == 200
    asked, ask = [], falling.with_working_days
    monkeypatch.setattr(falling, "with_working_days", lambda *given: asked.append(given) or ask(*given))
    sweep()
    assert found(api_of, "PARKS-3")["due_on"] == "2026-11-23"
    assert len(asked) <= 60


def test_counted_from_the_end_it_waits_for_the_end(app, api_of, actor_of, sweep, at, item):
    put = api_of("Eleni").put(API, json={"every": "week", "mode": "on-done", "interval": 2})
    assert put.json["next_on"] is None
    assert put.json["days"][:2] == ["2026-12-07", "2026-12-21"]
    at(datetime(2026, 12, 15, 8, tzinfo=UTC))
    sweep()
    assert found(api_of, "PARKS-2") is None
    with app.app_context():
        complete(actor_of("Eleni"), item, Complete())
    sweep()
    assert found(api_of, "PARKS-2")["due_on"] == "2026-12-29"


def test_finished_again_and_again_in_one_day_it_goes_on_day_by_day(app, api_of, actor_of, sweep, item):
    api_of("Eleni").put(API, json={"every": "day", "mode": "on-done"})
    last = item
    for number in range(2, 5):
        with app.app_context():
            complete(actor_of("Eleni"), last, Complete())
        sweep()
        last = found(api_of, f"PARKS-{number}")["id"]
    assert [found(api_of, f"PARKS-{number}")["due_on"] for number in (2, 3, 4)] == [
        "2026-11-24", "2026-11-25", "2026-11-26",
    ]  # fmt: skip


def test_days_that_are_not_worked_give_way(api_of):
    def days(roll):
        return api_of("Eleni").post(f"{API}/preview", json={"every": "month", "day": 6, "roll": roll}).json["days"]

    assert days("no")[:2] == ["2026-12-06", "2027-01-06"]  # a Sunday; Epiphany
    assert days("next")[:2] == ["2026-12-07", "2027-01-07"]
    assert days("previous")[:2] == ["2026-12-04", "2027-01-05"]


def test_every_day_on_working_days_only_leaves_the_weekend_out(api_of):
    days = api_of("Eleni").post(f"{API}/preview", json={"every": "day", "roll": "next"}).json["days"]
    assert days == ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"]


def test_so_many_more_times_and_then_no_more(api_of, sweep, at):
    api_of("Eleni").put(API, json={**WEEKLY, "times": 1})
    at(datetime(2026, 11, 30, 8, tzinfo=UTC))
    sweep()
    assert api_of("Eleni").get("/api/v1/work-items/PARKS-2/recurrence").json["ended"] == "over"
    at(datetime(2026, 12, 30, 8, tzinfo=UTC))
    sweep()
    assert found(api_of, "PARKS-3") is None


def test_changed_from_here_on_and_stopped(api_of, client_of, sweep, at):
    eleni = api_of("Eleni")
    eleni.put(API, json=WEEKLY)
    at(datetime(2026, 11, 30, 8, tzinfo=UTC))
    sweep()
    changed = eleni.put("/api/v1/work-items/PARKS-2/recurrence", json={"every": "month", "day": 31})
    assert changed.json["next_on"] == "2026-12-31"
    page = client_of("Eleni").get("/work-items/PARKS-2").text
    assert "Every month: day 31" in page
    assert client_of("Eleni").delete("/work-items/PARKS-2/recurrence", headers=PART).status_code == 204
    assert "Every month" not in client_of("Eleni").get("/work-items/PARKS-2").text
    assert eleni.delete("/api/v1/work-items/PARKS-2/recurrence").status_code == 404
    at(datetime(2027, 2, 1, 8, tzinfo=UTC))
    sweep()
    assert found(api_of, "PARKS-3") is None


def test_a_holder_who_left_gives_way_to_the_tray(app, api_of, cast, sweep, at):
    from sqlalchemy import update

    from collab.core.db import writing
    from collab.people.models import Person

    api_of("Nikos").put(API, json=WEEKLY)
    with app.app_context(), writing() as session:
        session.execute(update(Person).where(Person.id == cast.Eleni).values(active=False))
    at(datetime(2026, 11, 30, 8, tzinfo=UTC))
    sweep()
    assert api_of("Nikos").get("/api/v1/tasks/PARKS-2").json["holder"] is None


def test_it_is_made_so_many_days_before_it_is_due(api_of, sweep, at):
    api_of("Eleni").put(API, json={"every": "month", "day": -1, "ahead": 10})
    at(datetime(2026, 11, 24, 8, tzinfo=UTC))
    sweep()
    assert found(api_of, "PARKS-2")["due_on"] == "2026-11-30"
    assert found(api_of, "PARKS-3") is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"every": "hour"}, "every"), ({"interval": 0}, "interval"), ({"interval": True}, "interval"),
        ({"every": "year", "interval": 21}, "interval"), ({"weekdays": [7]}, "weekdays.0"),
        ({"weekdays": "x"}, "weekdays"), ({"every": "month", "by": "weekday", "place": 0}, "place"),
        ({"every": "month", "day": 0}, "day"), ({"every": "month", "day": 32}, "day"), ({"month": 13}, "month"),
        ({"until": "2026-11-24", "times": 2}, "times"), ({"until": "2026-11-24"}, "until"), ({"times": 0}, "times"),
        ({"until": "a\x00"}, "until"), ({"calendar": "lunar"}, "calendar"), ({"roll": 1}, "roll"),
        ({"until": "1990-01-01"}, "until"), ({"ahead": 91}, "ahead"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_at_its_field_and_nothing_is_kept(api_of, typed, field):
    answer = api_of("Eleni").put(API, json=typed)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert api_of("Eleni").get(API).status_code == 404


def test_only_who_may_change_it_and_only_open_tasks(app, api_of, actor_of, cast, item):
    assert api_of("Giorgos").put(API, json=WEEKLY).status_code == 403
    assert api_of("Leila").put(API, json=WEEKLY).status_code == 404
    with app.app_context():
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, kind="pending")
        complete(actor_of("Eleni"), item, Complete())
    assert api_of("Eleni").put(API, json=WEEKLY).status_code == 409
    assert api_of("Eleni").put("/api/v1/work-items/PARKS-2/recurrence", json=WEEKLY).status_code == 409


def test_the_dialog_says_it_back_and_keeps_what_was_typed(client_of):
    form = client_of("Eleni").get(HERE, headers=PART).text
    assert ">week(s)</option>" in form  # beside a one
    assert "Every week: Monday" in form
    assert "Monday 30 November 2026" in form
    preview = (
        client_of("Eleni")
        .post(
            f"{HERE}/preview",
            data={"every": "month", "interval": "2", "by": "weekday", "place": "-1", "weekday": "4", "ends": "never"},
            headers=PART,
        )
        .text
    )
    assert "Every 2 months: the last Friday" in preview
    assert "Friday 27 November 2026" in preview
    refused = client_of("Eleni").put(
        HERE, data={"every": "day", "interval": "3", "ends": "until", "until": "2026-11-24", "times": "7"}, headers=PART
    )
    assert refused.status_code == 422
    assert 'value="3"' in refused.text
    assert "never come again" in refused.text


def test_a_persian_reader_is_offered_jalali_months(client_of, app, cast, actor_of):
    with app.app_context():
        make(actor_of("Leila"), cast.FINANCE, cast.Leila, title="گزارش", due_on=day(23))
    form = client_of("Leila").get("/work-items/FINANCE-1/recurrence", headers=PART).text
    assert "اسفند" in form
    preview = client_of("Leila").post(
        "/work-items/FINANCE-1/recurrence/preview",
        data={"every": "year", "month": "12", "day": "30", "calendar": "jalali", "ends": "never"}, headers=PART,
    ).text  # fmt: skip
    assert "۲۹ اسفند ۱۴۰۵" in preview
    assert "۳۰ اسفند ۱۴۰۸" in preview


def test_a_series_of_the_last_day_stays_one_when_something_else_about_it_changes(
    api_of, app, cast, actor_of, at, sweep
):
    at(datetime(2026, 10, 20, 8, tzinfo=UTC))
    with app.app_context():
        rent = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Rent", due_on=date(2026, 10, 31))
    address = f"/api/v1/work-items/{rent}/recurrence"
    assert api_of("Eleni").put(address, json={"every": "month"}).json["next_on"] == "2026-11-30"
    at(datetime(2026, 11, 30, 8, tzinfo=UTC))
    sweep()
    assert api_of("Eleni").put(address, json={"every": "month", "ahead": 2}).json["next_on"] == "2026-12-31"


def test_what_is_opened_again_takes_back_the_next_one_that_nobody_touched(api_of, sweep, tell):
    eleni = api_of("Eleni")
    assert eleni.put(API, json={"every": "day", "mode": "on-done"}).status_code == 200
    assert eleni.post("/api/v1/tasks/PARKS-1/completion", json={}).status_code == 200
    sweep()
    assert found(api_of, "PARKS-2")["state"] == "new"
    assert eleni.delete("/api/v1/tasks/PARKS-1/completion").status_code == 200
    tell()
    assert found(api_of, "PARKS-2")["state"] == "cancelled"
    assert eleni.post("/api/v1/tasks/PARKS-1/completion", json={}).status_code == 200
    sweep()
    assert found(api_of, "PARKS-3")["state"] == "new", "it comes again once it is done again"
