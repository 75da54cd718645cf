"""What is expected of one is put off: it leaves one's own day alone, and comes back once."""

from datetime import UTC, datetime

import pytest

from collab.feed.sweeps import wake
from collab.work import commands as work
from collab.work.forms import Ask
from tests.feed.test_my_day import page_of, titles  # noqa: F401 a fixture
from tests.work.making import make

TUESDAY = datetime(2026, 11, 24, 6, 0, 1, tzinfo=UTC)  # eight in the morning in Athens


@pytest.fixture
def wait_of(api_of):
    def find(name):
        [one] = api_of(name).get("/api/v1/waits").json["items"]
        return one["id"]

    return find


def test_a_task_put_off_until_tomorrow_leaves_the_day_and_comes_back_once(app, item, page_of, client_of, wait_of, at):  # noqa: F811
    wait = wait_of("Eleni")
    answer = client_of("Eleni").put(f"/waits/{wait}/snooze", data={"later": "tomorrow"})
    assert answer.status_code == 303
    page = page_of("Eleni")
    assert titles(page) == []
    assert "Put off (1)" in page.text
    assert "comes back tomorrow" in page.text
    at(TUESDAY)
    with app.app_context():
        wake()
    page = page_of("Eleni")
    assert titles(page) == ["Fallen branches"]
    assert "Put off (" not in page.text


def test_it_comes_back_when_somebody_else_touches_the_item_and_not_before(item, page_of, api_of, wait_of, write, tell):  # noqa: F811
    tell()
    wait = wait_of("Eleni")
    assert api_of("Eleni").put(f"/api/v1/waits/{wait}/snooze", json={"touched": True}).json["until"] is None
    write("Eleni", item, "I wait for the crane")
    tell()
    assert titles(page_of("Eleni")) == []
    write("Nikos", item, "The crane is here")
    tell()
    assert titles(page_of("Eleni")) == ["Fallen branches"]
    assert api_of("Eleni").get("/api/v1/snoozes").json["items"] == []


def test_each_puts_off_for_themselves_what_lies_in_a_tray(cast, do, page_of, api_of, wait_of):  # noqa: F811
    do(make, "Eleni", cast.PARKS, None, "In the tray")
    wait = wait_of("Nikos")
    assert api_of("Nikos").put(f"/api/v1/waits/{wait}/snooze", json={"later": "week"}).status_code == 200
    assert [titles(page_of(name)) for name in ("Nikos", "Babis")] == [[], ["In the tray"]]


def test_undo_and_bring_back_put_it_on_the_day_again(item, page_of, client_of, wait_of):  # noqa: F811
    wait, client = wait_of("Eleni"), client_of("Eleni")
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    told = client.put(f"/waits/{wait}/snooze", data={"later": "tomorrow"}, headers=htmx)
    assert f"/waits/{wait}/snooze?_method=DELETE" in told.headers["HX-Trigger"]
    assert "Put off (1)" in page_of("Eleni").text
    assert "You put it off" in client.get(f"/work-items/{item}").text
    assert client.post(f"/waits/{wait}/snooze?_method=DELETE", headers=htmx).status_code == 204
    assert titles(page_of("Eleni")) == ["Fallen branches"]


def test_bad_days_are_told_at_the_field_and_others_tasks_are_not_ones_own(item, cast, do, client_of, api_of, wait_of):
    wait = wait_of("Eleni")
    for body in ({}, {"until": "2026-11-23"}, {"until": "never"}, {"later": "\x00"}, {"until": "9999-12-31" * 20}):
        assert api_of("Eleni").put(f"/api/v1/waits/{wait}/snooze", json=body).status_code == 422, body
    assert api_of("Eleni").put("/api/v1/waits/999999999/snooze", json={"touched": True}).status_code == 404
    assert api_of("Nikos").put(f"/api/v1/waits/{wait}/snooze", json={"touched": True}).status_code == 403
    assert client_of("Eleni").put(f"/waits/{wait}/snooze", data={"until": "2026-11-20"}).status_code == 422


def test_a_question_that_is_answered_is_put_off_no_more(item, cast, do, api_of, tell):
    wait = do(work.ask, "Eleni", item, Ask(of=cast.Maria, what="Well?"))
    assert api_of("Maria").put(f"/api/v1/waits/{wait}/snooze", json={"later": "month"}).status_code == 200
    do(work.withdraw, "Eleni", wait)
    tell()
    assert api_of("Maria").get("/api/v1/snoozes").json["items"] == []
