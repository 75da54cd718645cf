"""A view in somebody's calendar program: a secret address with the rights its owner has at each reading."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import text

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.people import throttling
from collab.people.commands.doors import use_code
from collab.people.organisation import codes
from collab.people.recognise import digest
from tests.work.making import day, make


@pytest.fixture
def view(app, cast, actor_of, client_of):
    with app.app_context():
        make(
            actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Κλαδιά, δέντρα; \\ «x»", due_on=day(24), labels=["storm"]
        )
        make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="no date")
        make(actor_of("Nikos"), cast.PARKS, cast.Nikos, title="his", due_on=day(26))
        db.session.remove()
    made = client_of("Eleni").post("/api/v1/views", json={"name": "Ours", "query": "unit:PARKS", "unit": cast.PARKS})
    return made.json["id"]


def opened(client, view):
    return urlsplit(client.put(f"/api/v1/views/{view}/feed").json["address"]).path


def events(answer):
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "text/calendar"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_a_calendar_program_reads_what_is_due_without_signing_in(app, client_of, view):
    path = opened(client_of("Eleni"), view)
    answer = app.test_client().get(path)
    found = events(answer)
    assert [str(each["summary"]) for each in found] == ["PARKS-1 Κλαδιά, δέντρα; \\ «x»", "PARKS-3 his"]
    assert [each.decoded("dtstart") for each in found] == [day(24), day(26)]
    assert str(found[0]["url"]).endswith("/work-items/PARKS-1")
    again = app.test_client().get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_address_is_shown_once_and_kept_only_as_a_digest(app, client_of, view):
    eleni = client_of("Eleni")
    assert "Make an address" in eleni.get(f"/views/{view}/feed").text
    made = eleni.put(f"/views/{view}/feed")
    secret = made.text.split("/feeds/")[1].split(".ics")[0]
    assert made.headers["Cache-Control"] == "private, no-store"
    later = eleni.get(f"/views/{view}/feed").text
    assert secret not in later
    assert "Nobody has read it yet." in later
    with app.app_context():
        kept = db.session.execute(text("select * from view_feed")).one()
        assert secret not in str(kept)
        db.session.remove()
    app.test_client().get(f"/feeds/{secret}.ics")
    assert "It was last read" in eleni.get(f"/views/{view}/feed").text


def test_a_new_address_ends_the_one_before_and_a_withdrawn_one_is_gone(app, client_of, view):
    eleni, stranger = client_of("Eleni"), app.test_client()
    first = opened(eleni, view)
    second = opened(eleni, view)
    assert stranger.get(first).status_code == 404
    assert events(stranger.get(second))
    assert eleni.delete(f"/views/{view}/feed").status_code == 303
    assert stranger.get(second).status_code == 404
    assert eleni.get(f"/api/v1/views/{view}/feed").status_code == 404


def test_each_reads_with_the_rights_of_that_moment(app, client_of, cast, view):
    nikos, stranger = client_of("Nikos"), app.test_client()
    path = opened(nikos, view)
    assert len(events(stranger.get(path))) == 2
    with app.app_context(), writing() as session:
        session.execute(text("update work_item set reach = 'named' where reference = 'PARKS-1'"))
    assert [str(each["summary"]) for each in events(stranger.get(path))] == ["PARKS-3 his"]


def test_it_ends_with_the_account_and_with_the_view(app, client_of, cast, view):
    eleni, stranger = client_of("Eleni"), app.test_client()
    path, his = opened(eleni, view), opened(client_of("Nikos"), view)
    with app.app_context(), writing() as session:
        session.execute(text("update person set active = false where id = :id"), {"id": cast.Nikos})
    assert stranger.get(his).status_code == 404
    assert events(stranger.get(path))
    assert eleni.delete(f"/api/v1/views/{view}").status_code == 204
    assert stranger.get(path).status_code == 404


def test_nobody_makes_an_address_of_a_view_they_do_not_see(client_of, view):
    maria = client_of("Maria")
    assert maria.get(f"/views/{view}/feed").status_code == 404
    assert maria.put(f"/views/{view}/feed").status_code == 404
    assert maria.put(f"/api/v1/views/{view}/feed").status_code == 404


@pytest.mark.parametrize("token", ["x", "x.ics", "a" * 500, "%00", "%ff%fe", "..%2f..", "%F0%9F%98%80.ics", "'--"])
def test_what_is_no_address_does_not_exist(app, client_of, view, token):
    opened(client_of("Eleni"), view)
    assert app.test_client().get(f"/feeds/{token}").status_code == 404


def test_an_address_ends_with_a_password_forgotten_and_guessing_is_counted(
    app, cast, client_of, view, tell, monkeypatch
):
    path = opened(client_of("Eleni"), view)
    monkeypatch.setitem(throttling.LIMITS, ("token", "address"), throttling.Limit(2, timedelta(minutes=15)))
    guesses = [app.test_client().get(f"/feeds/{number}.ics").status_code for number in range(3)]
    assert guesses == [404, 404, 429]
    assert app.test_client().get(path).status_code == 200
    with app.app_context():
        with writing() as session:
            code = codes.send_code(session, cast.Eleni, "reset", "https://city.example")
        use_code(SYSTEM, "reset", digest(code), "a hash", "https://city.example")
    tell()
    assert app.test_client().get(path).status_code == 429
