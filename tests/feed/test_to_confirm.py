"""What was announced and asks to be confirmed stands on the day of whoever is asked, until nothing is asked of them."""

import re
from datetime import date, timedelta

import pytest

from collab.core import realtime
from collab.core.db import writing
from collab.feed import reactions
from collab.people.models import Membership

from .conftest import MONDAY
from .test_called_in_talks import V1, say
from .test_my_day import headings, titles

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
HELMETS = "Helmets from Monday"


@pytest.fixture
def news(api_of, cast):
    form = {"kind": "announcement", "title": "News", "audience": cast.PARKS, "members": [cast.Sofia]}
    return api_of("Nikos").post(f"{V1}/conversations", json=form).json["id"]


@pytest.fixture
def asking(api_of, news):
    return say(api_of("Nikos"), news, HELMETS, asks_receipt=True)


@pytest.fixture
def day_of(client_of):
    return lambda name: titles(client_of(name).get("/"))


@pytest.fixture
def hinted(monkeypatch):
    """The rooms in which open days are told to ask again."""
    found = []
    monkeypatch.setattr(
        realtime, "hint", lambda rooms, kind, *_: found.extend(rooms) if kind == reactions.MY_DAY else None
    )
    return found


def count_of(client):
    return client.get("/notifications/counts").json["counts"]["my-day"]


def test_what_asks_stands_there_once_it_was_opened_until_it_is_confirmed(client_of, api_of, cast, news, asking):
    say(api_of("Nikos"), news, "Nothing to confirm")
    eleni = client_of("Eleni")
    assert HELMETS in eleni.get(f"/conversations/{news}").text
    assert eleni.put(f"/conversations/{news}/read-state", data={"seq": "2"}).status_code < 400
    page = eleni.get("/")
    assert (titles(page), headings(page)) == ([HELMETS], ["confirm"])
    for shown in (
        "To confirm that you have read it",
        "Nikos Pappas asks you to read it, since 23 Nov",
        ">News<",
        f"/messages/{asking}/place",
    ):
        assert shown in page.text, shown
    assert 'class="due' not in page.text, "when it was said is no day by which"
    assert "/waits/" not in page.text.split('id="day-now"')[1].split("</section>")[0], "it cannot be put off"
    assert count_of(eleni) == "1"
    act = re.search(r'formaction="(/messages/\d+/receipt\?_method=PUT)"', page.text)[1]
    answered = eleni.post(act, data={"next": "/"})
    assert (answered.status_code, answered.headers["Location"]) == (303, "/")
    page = eleni.get("/")
    assert (titles(page), count_of(eleni)) == ([], "")
    assert "Nothing is expected of you" in page.text


def test_those_who_are_counted_as_missing_have_it_on_their_day_and_nobody_else(client_of, api_of, cast, day_of, asking):
    missing = api_of("Nikos").get(f"{V1}/messages/{asking}/receipts").json["missing"]
    found = [name for name in ("Eleni", "Nikos", "Babis", "Giorgos", "Maria", "Yannis", "Sofia", "Leila", "Reza")
             if HELMETS in day_of(name)]  # fmt: skip
    assert sorted(found) == sorted(one.split()[0] for one in missing) == ["Babis", "Eleni", "Giorgos"]


def test_what_is_said_to_all_is_asked_of_all(api_of, day_of):
    talk = api_of("Kostas").post(f"{V1}/conversations", json={"kind": "announcement", "title": "All"}).json["id"]
    say(api_of("Kostas"), talk, HELMETS, asks_receipt=True)
    for name, found in (("Kostas", []), ("Eleni", [HELMETS]), ("Leila", [HELMETS]), ("Sofia", [HELMETS])):
        assert day_of(name) == found, name


def test_what_is_deleted_hidden_or_closed_asks_nothing(client_of, api_of, news, asking, day_of):
    nikos = api_of("Nikos")
    assert nikos.put(f"{V1}/messages/{asking}/hiding", json={"reason": "Wrong day"}).status_code == 200
    assert day_of("Eleni") == []
    assert nikos.delete(f"{V1}/messages/{asking}/hiding").status_code == 200
    assert day_of("Eleni") == [HELMETS]
    assert nikos.post(f"{V1}/conversations/{news}/closure").status_code < 300
    assert (day_of("Eleni"), count_of(client_of("Eleni"))) == ([], "")
    assert nikos.delete(f"{V1}/conversations/{news}/closure").status_code < 300
    assert day_of("Eleni") == [HELMETS]
    assert nikos.delete(f"{V1}/messages/{asking}").status_code < 300
    assert day_of("Eleni") == []


def test_whoever_left_the_unit_is_asked_no_more(app, asking, cast, day_of):
    with app.app_context(), writing() as session:
        for one in session.query(Membership).filter_by(person_id=cast.Eleni, unit_id=cast.PARKS):
            one.valid_to = date(2026, 11, 20)
    assert day_of("Eleni") == []


def began(app, person, unit, day):
    with app.app_context(), writing() as session:
        for one in session.query(Membership).filter_by(person_id=person, unit_id=unit):
            one.valid_from = day


@pytest.mark.parametrize("audience", ["PARKS", "TECH", None])
def test_whoever_came_after_it_was_said_is_neither_asked_nor_counted_as_missing(
    app, client_of, api_of, cast, day_of, at, audience
):
    """Eleni came on the day of the second; she is not asked for the years before her."""
    yannis, form = api_of("Kostas"), {"kind": "announcement", "title": "News"}
    if audience:
        yannis, form = api_of("Yannis"), form | {"audience": getattr(cast, audience)}
    news = yannis.post(f"{V1}/conversations", json=form).json["id"]
    at(MONDAY)
    old = say(yannis, news, "The rules of old", asks_receipt=True)
    at(MONDAY + timedelta(days=1))
    new = say(yannis, news, HELMETS, asks_receipt=True)
    began(app, cast.Eleni, cast.PARKS, (MONDAY + timedelta(days=1)).date())
    assert (day_of("Eleni"), count_of(client_of("Eleni"))) == ([HELMETS], "1")
    assert day_of("Nikos") == ["The rules of old", HELMETS]
    for message, there in ((old, False), (new, True)):
        missing = yannis.get(f"{V1}/messages/{message}/receipts").json["missing"]
        assert ("Eleni Markou" in missing, "Nikos Pappas" in missing) == (there, True)
    assert api_of("Eleni").put(f"{V1}/messages/{old}/receipt").status_code == 200, "who wants to may confirm it"
    assert "Eleni Markou" in yannis.get(f"{V1}/messages/{old}/receipts").json["given"]


def test_whoever_changes_the_unit_within_those_it_was_said_to_is_asked_on(app, api_of, cast, day_of, at):
    """What was said to both units, before Eleni went from one to the other, she read then and reads now."""
    yannis = api_of("Yannis")
    form = {"kind": "announcement", "title": "News", "audience": cast.TECH}
    news = yannis.post(f"{V1}/conversations", json=form).json["id"]
    at(MONDAY)
    message = say(yannis, news, HELMETS, asks_receipt=True)
    at(MONDAY + timedelta(days=2))
    moved = (MONDAY + timedelta(days=1)).date()
    with app.app_context(), writing() as session:
        for one in session.query(Membership).filter_by(person_id=cast.Eleni, unit_id=cast.PARKS):
            one.valid_to = moved
        session.add(Membership(person_id=cast.Eleni, unit_id=cast.ROADS, kind="member", main=True, valid_from=moved))
    assert day_of("Eleni") == [HELMETS]
    assert "Eleni Markou" in yannis.get(f"{V1}/messages/{message}/receipts").json["missing"]


def test_whoever_belongs_to_no_unit_is_asked_for_what_is_said_to_all(app, api_of, cast, day_of):
    kostas = api_of("Kostas")
    talk = kostas.post(f"{V1}/conversations", json={"kind": "announcement", "title": "All"}).json["id"]
    message = say(kostas, talk, HELMETS, asks_receipt=True)
    with app.app_context(), writing() as session:
        session.query(Membership).filter_by(person_id=cast.Sofia).delete()
    assert day_of("Sofia") == [HELMETS]
    assert "Sofia Rigas" in kostas.get(f"{V1}/messages/{message}/receipts").json["missing"]


def test_one_that_is_longer_than_is_read_of_it_shows_no_sign_of_how_it_was_written(api_of, client_of, news):
    say(api_of("Nikos"), news, "**" + "Attention, all of you. " * 300 + "Now.**", asks_receipt=True)
    page = client_of("Eleni").get("/").text
    assert ("Attention, all of you." in page, "**Attention" in page) == (True, False)


def test_confirming_in_an_open_page_makes_it_ask_again(client_of, asking):
    answered = client_of("Eleni").put(f"/messages/{asking}/receipt", headers=PART)
    assert (answered.status_code, answered.headers["HX-Trigger"]) == (200, "item-changed")


def test_open_days_are_told_when_what_asks_comes_and_goes(api_of, news, cast, tell, hinted):
    message = say(api_of("Nikos"), news, HELMETS, asks_receipt=True)
    tell()
    assert f"unit:{cast.PARKS}" in hinted
    hinted.clear()
    assert api_of("Eleni").put(f"{V1}/messages/{message}/receipt").status_code == 200
    tell()
    assert hinted == [f"self:{cast.Eleni}"]
    hinted.clear()
    assert api_of("Nikos").put(f"{V1}/messages/{message}/hiding", json={"reason": "Wrong day"}).status_code == 200
    tell()
    assert f"unit:{cast.PARKS}" in hinted


def test_it_costs_no_statement_more(client_of, api_of, news, asking, queries):
    eleni, sofia = client_of("Eleni"), client_of("Sofia")
    sent = {}
    for name, client in (("Eleni", eleni), ("Sofia", sofia)):
        client.get("/")
        with queries() as asked:
            assert client.get("/").status_code == 200
        sent[name] = len(asked)
    assert sent["Eleni"] == sent["Sofia"] <= 8
