"""A view by mail: on its days at its hour, as its reader sees it then, with what came and went; ended by one link."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.feed.unsubscribing import token
from collab.feed.view_letters import commands, queries
from collab.feed.view_letters.models import ViewLetter
from collab.feed.view_letters.sending import ask_for_lists, send_list
from collab.people.models import Absence, Mail, Membership, Person
from collab.work.commands import complete
from collab.work.forms import Complete
from collab.work.models import WorkItem
from tests.work.making import make

TUESDAY = datetime(2026, 11, 24, 6, 0, 30, tzinfo=UTC)  # half a minute past eight in Athens
WEDNESDAY = TUESDAY + timedelta(days=1)


@pytest.fixture
def lists(app):
    """`lists()`: the lists written so far, oldest first; writes those that are due, as workers do."""

    def read() -> list[Mail]:
        with app.app_context():
            for view, person in queries.due(100):
                send_list(view, person)
            db.session.remove()
            return list(db.session.scalars(select(Mail).where(Mail.effect.like("list-%")).order_by(Mail.id)))

    return read


@pytest.fixture
def view(cast, api_of):
    """A view of Nikos, shared with Parks."""
    given = {"name": "Parks & trees", "query": "unit:PARKS", "unit": cast.PARKS}
    return api_of("Nikos").post("/api/v1/views", json=given).json["id"]


@pytest.fixture
def want(api_of, view):
    """`want("Eleni", hour=8)`: have the view by mail."""

    def put(name, **given):
        answer = api_of(name).put(f"/api/v1/views/{view}/subscription", json=given)
        assert answer.status_code == 200, answer.text
        return answer.json

    return put


def test_it_comes_each_working_day_with_what_came_and_went(cast, do, want, lists, at, item):
    assert want("Eleni", hour=8)["next_at"] == "2026-11-24T06:00:00+00:00"
    assert lists() == []
    at(TUESDAY)
    [first] = lists()
    assert first.subject == "Parks & trees: 1 item"
    assert "PARKS-1  Fallen branches\n  new · Eleni" in first.body
    assert "Since the letter" not in first.body
    assert len(lists()) == 1, "asked again, nothing is written twice"
    do(complete, "Eleni", item, Complete())
    do(make, "Nikos", cast.PARKS, cast.Nikos, "The pine")
    at(WEDNESDAY)
    second = lists()[-1]
    assert second.subject == "Parks & trees: 1 item, 1 new"
    assert "Since the letter of" in second.body
    assert "1 new, 1 no longer in it." in second.body
    assert re.search(r"New in the list\s+• PARKS-2  The pine", second.body)
    assert re.search(r"No longer in the list\s+• PARKS-1  Fallen branches\s+done", second.body)
    assert "<b>New in the list</b>" in second.html
    assert second.html.count("Parks &amp; trees") == 1


def test_it_has_what_its_reader_sees_at_that_moment(app, cast, do, want, lists, at):
    open_ = do(make, "Nikos", cast.PARKS, cast.Nikos, "Seen by Parks")
    hidden = do(make, "Nikos", cast.PARKS, cast.Nikos, "A quiet matter")
    named = do(make, "Eleni", cast.PARKS, cast.Eleni, "A complaint", reach="named")
    want("Eleni")
    want("Nikos")
    with app.app_context(), writing() as session:
        session.execute(update(WorkItem).where(WorkItem.id == hidden).values(reach="named"))
    at(TUESDAY)
    found = {letter.to.split("@")[0]: letter for letter in lists()}
    assert "Seen by Parks" in found["eleni"].body
    assert "quiet matter" not in found["eleni"].body + found["eleni"].html
    assert "(for named people only)" in found["eleni"].body
    assert "complaint" not in found["eleni"].body + found["eleni"].html
    assert found["nikos"].subject == "Parks & trees: 2 υποθέσεις"
    assert open_
    assert named


def test_what_is_seen_no_more_is_not_told_as_gone(app, cast, do, want, lists, at):
    item = do(make, "Nikos", cast.PARKS, cast.Nikos, "A quiet matter")
    do(make, "Nikos", cast.PARKS, cast.Nikos, "The pine")
    want("Eleni")
    at(TUESDAY)
    assert len(lists()) == 1
    with app.app_context(), writing() as session:
        session.execute(update(WorkItem).where(WorkItem.id == item).values(reach="named"))
    at(WEDNESDAY)
    second = lists()[-1]
    assert "quiet" not in second.body
    assert "no longer" not in second.body


def test_an_empty_list_is_sent_only_where_that_was_asked(want, lists, at, api_of, view):
    want("Eleni")
    at(TUESDAY)
    assert lists() == []
    assert api_of("Eleni").get(f"/api/v1/views/{view}/subscription").json["next_at"].startswith("2026-11-25")
    want("Eleni", empties=True)
    at(WEDNESDAY)
    [letter] = lists()
    assert "nothing is in it now" in letter.body


def test_a_long_list_ends_with_a_link_and_what_is_new_stands_in_it(cast, do, want, lists, at, view):
    for number in range(52):
        do(make, "Nikos", cast.PARKS, cast.Nikos, f"branch {number}", due_on=date(2026, 12, 1))
    want("Eleni")
    at(TUESDAY)
    [letter] = lists()
    assert letter.subject == "Parks & trees: 52 items"
    assert letter.body.count("• PARKS-") == 50
    assert f"There is more: the whole list: http://localhost:8000/views/{view}" in letter.body
    do(make, "Nikos", cast.PARKS, cast.Nikos, "far down", due_on=date(2027, 12, 1))
    at(WEDNESDAY)
    assert re.search(r"New in the list\s+• PARKS-53  far down", lists()[-1].body)


def test_free_days_absence_and_quiet_hours_hold_it_back(app, cast, want, lists, at, item, api_of, view):
    want("Eleni", hour=8)
    at(datetime(2026, 11, 28, 10, tzinfo=UTC))  # Saturday, and nothing was sent since Tuesday
    assert lists() == []
    with app.app_context(), writing() as session:
        days = {"first_day": date(2026, 11, 30), "last_day": date(2026, 12, 1)}
        session.add(Absence(person_id=cast.Eleni, substitute_id=None, **days))
    at(datetime(2026, 11, 30, 6, 1, tzinfo=UTC))
    assert lists() == []
    at(datetime(2026, 12, 2, 6, 1, tzinfo=UTC))
    assert len(lists()) == 1
    api_of("Eleni").patch("/api/v1/me/notification-preferences", json={"quiet_from": 19, "quiet_until": 9})
    assert want("Eleni", hour=8)["next_at"] == "2026-12-03T07:00:00+00:00"


def test_weeks_and_months_begin_as_in_the_readers_calendar(cast, do, want, lists, at, api_of):
    assert want("Eleni", rhythm="week")["next_at"].startswith("2026-11-30")
    assert want("Eleni", rhythm="month")["next_at"].startswith("2026-12-01")
    do(make, "Nikos", cast.FINANCE, cast.Leila, "بررسی")
    made = api_of("Leila").post("/api/v1/views", json={"name": "کارها", "query": "unit:FINANCE"}).json["id"]
    there = f"/api/v1/views/{made}/subscription"
    week = api_of("Leila").put(there, json={"rhythm": "week"}).json["next_at"]
    assert week[:10] in ("2026-11-28", "2026-11-30"), "Saturday, or the next day of work"
    month = api_of("Leila").put(there, json={"rhythm": "month"}).json["next_at"]
    assert month[:10] in ("2026-12-22", "2026-12-23"), "the first of Dey"
    at(datetime(2026, 12, 23, 9, tzinfo=UTC))
    [letter] = [one for one in lists() if one.to.startswith("leila")]
    assert '<html lang="fa" dir="rtl">' in letter.html


def test_it_ends_by_the_link_in_the_letter_without_signing_in(
    app, cast, want, lists, at, item, client_of, api_of, view
):
    want("Eleni")
    want("Nikos")
    at(TUESDAY)
    letter = next(one for one in lists() if one.to.startswith("eleni"))
    address = re.search(r"/unsubscribe/(\S+)", letter.body)[0]
    assert letter.unsubscribe.endswith(address)
    stranger = client_of(None)
    asked = stranger.get(address)
    assert "Parks &amp; trees" in asked.text
    assert api_of("Eleni").get("/api/v1/me/view-subscriptions").json["items"], "asking ends nothing"
    assert stranger.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert api_of("Eleni").get("/api/v1/me/view-subscriptions").json["items"] == []
    assert api_of("Nikos").get("/api/v1/me/view-subscriptions").json["items"][0]["view"] == view
    assert api_of("Eleni").get("/api/v1/me/notification-preferences").json["mails"] is True
    assert stranger.post(address).status_code == 200
    assert "no more already" in stranger.get(address).text
    with app.app_context():
        numbers, mac = token(cast.Eleni, view).split(".")
    for wrong in (f"{cast.Nikos}-{view}.{mac}", f"{cast.Eleni}.{mac}", f"{numbers}-1.{mac}", f"{numbers}.", "1-2-3.x"):
        assert stranger.post(f"/unsubscribe/{wrong}").status_code == 404, wrong


def test_it_ends_with_the_right_to_the_view_with_the_view_and_with_the_account(
    app, cast, want, lists, at, item, api_of, view
):
    want("Eleni")
    with app.app_context(), writing() as session:
        session.execute(
            update(Membership).where(Membership.person_id == cast.Eleni).values(valid_to=date(2026, 11, 24))
        )
        session.execute(update(Person).where(Person.id == cast.Eleni).values(access_version=Person.access_version + 1))
    at(TUESDAY)
    assert lists() == []
    with app.app_context():
        assert db.session.scalar(select(ViewLetter.view_id)) is None
    want("Nikos")
    with app.app_context(), writing() as session:
        session.execute(update(Person).where(Person.id == cast.Nikos).values(active=False))
    at(WEDNESDAY)
    assert lists() == []
    with app.app_context(), writing() as session:
        assert session.scalar(select(ViewLetter.view_id)) is None
        session.execute(update(Person).where(Person.id == cast.Nikos).values(active=True))
    want("Nikos")
    assert api_of("Nikos").delete(f"/api/v1/views/{view}").status_code == 204
    assert api_of("Nikos").get("/api/v1/me/view-subscriptions").json["items"] == []


def test_whoever_wants_no_letters_gets_none_and_the_page_says_so(want, lists, at, item, api_of, client_of, view):
    want("Eleni")
    api_of("Eleni").patch("/api/v1/me/notification-preferences", json={"mails": False})
    at(TUESDAY)
    assert lists() == []
    assert "Letters to you are turned off" in client_of("Eleni").get(f"/views/{view}/subscription").text


def test_two_workers_write_one_letter(app, want, at, item, cast, view):
    want("Eleni")
    at(TUESDAY)
    with app.app_context():
        due = queries.due_one(view, cast.Eleni)
        assert send_list(view, cast.Eleni) is not None
        db.session.remove()
        assert send_list(view, cast.Eleni) is None
        assert commands.move_list(SYSTEM, due, TUESDAY) is False, "the other one comes too late"


def test_the_sweep_asks_a_worker_for_what_is_due(app, want, at, item, cast, view, monkeypatch):
    want("Eleni")
    asked = []
    monkeypatch.setattr("collab.core.jobs.enqueue", lambda name, *args, **_more: asked.append((name, args)) or True)
    with app.app_context():
        ask_for_lists()
        assert asked == []
        at(TUESDAY)
        ask_for_lists()
    assert asked == [("collab.feed.view_letters.sending.list_job", (view, cast.Eleni))]


def test_a_query_that_finds_nobody_any_more_leaves_its_day_out(app, want, lists, at, item, view, monkeypatch, api_of):
    from collab.work.filters.errors import BadQuery

    want("Eleni")

    def refuse(*_args):
        raise BadQuery("Nobody is called so.")

    monkeypatch.setattr("collab.feed.view_letters.sending.gathered", refuse)
    at(TUESDAY)
    assert lists() == []
    assert api_of("Eleni").get(f"/api/v1/views/{view}/subscription").json["next_at"].startswith("2026-11-25")


def test_the_pages_have_it_sent_change_and_end_it(client_of, view):
    eleni = client_of("Eleni")
    there = f"/views/{view}/subscription"
    assert f'href="{there}"' in eleni.get("/views").text
    assert "Send me this list by mail" in eleni.get(there).text
    answer = eleni.put(there, data={"rhythm": "week", "hour": "7", "empties": "on"})
    assert answer.status_code == 303
    page = eleni.get(there).text
    assert '<option value="week" selected>every Monday</option>' in page
    assert '<option value="7" selected>07:00</option>' in page
    assert 'name="empties" value="on" checked' in page
    hearing = eleni.get("/profile/hearing").text
    assert "every Monday, 07:00" in hearing
    assert eleni.delete(there, data={"next": "/profile/hearing"}).headers["Location"] == "/profile/hearing"
    assert "every Monday, 07:00" not in eleni.get("/profile/hearing").text
    for wrong in ({"hour": "24"}, {"hour": "x"}, {"rhythm": "year"}, {"hour": "\u0661"}):
        assert eleni.put(there, data={"rhythm": "week"} | wrong).status_code == 422, wrong


def test_twenty_lists_are_enough(api_of):
    eleni = api_of("Eleni")
    made = [eleni.post("/api/v1/views", json={"name": f"v{number}"}).json["id"] for number in range(21)]
    answers = [eleni.put(f"/api/v1/views/{one}/subscription", json={}).status_code for one in made]
    assert answers == [200] * 20 + [422]
    assert eleni.put(f"/api/v1/views/{made[0]}/subscription", json={"hour": 9}).json["hour"] == 9


def test_what_somebody_else_keeps_for_themselves_does_not_exist(api_of):
    made = api_of("Nikos").post("/api/v1/views", json={"name": "His"}).json["id"]
    for method in ("get", "put", "delete"):
        body = {"json": {}} if method == "put" else {}
        assert getattr(api_of("Eleni"), method)(f"/api/v1/views/{made}/subscription", **body).status_code == 404
