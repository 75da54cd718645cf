"""Those who have not confirmed an announcement are reminded: by whoever writes there, once in a working day."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from collab.core.db import writing
from collab.people.models import Absence, Membership

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.fixture
def asking(api_of, cast, at):
    """A message that everybody of Technical Services is asked to confirm; Eleni writes there too."""
    at(MONDAY)
    form = {"kind": "announcement", "title": "News", "audience": cast.TECH, "members": [cast.Eleni]}
    news = api_of("Yannis").post(f"{V1}/conversations", json=form).json["id"]
    body = {"text": "Helmets from Monday", "nonce": "n", "asks_receipt": True}
    return api_of("Yannis").post(f"{V1}/conversations/{news}/messages", json=body).json["id"]


def reasons(client):
    return [one["reasons"] for one in client.get(f"{V1}/notifications").json["items"]]


def confirm(api_of, asking, *names):
    for name in names:
        assert api_of(name).put(f"{V1}/messages/{asking}/receipt").status_code == 200, name


def test_those_who_have_not_confirmed_are_reminded_and_nobody_else(api_of, client_of, asking, tell):
    confirm(api_of, asking, "Maria")
    tell()
    shown = client_of("Yannis").get(f"/messages/{asking}/receipts").text
    assert "Remind the missing" in shown
    assert "Last reminder" not in shown
    told = client_of("Yannis").post(f"/messages/{asking}/receipts/nudges", headers=PART)
    assert (told.status_code, json.loads(told.headers["HX-Trigger"])["toast"]["text"]) == (200, "Reminded 5 people.")
    assert "Last reminder" in told.text
    assert "The next one can be sent on Tuesday" in told.text
    assert re.search(r"<button[^>]* disabled>Remind the missing", told.text)
    assert "<html" not in told.text
    confirm(api_of, asking, "Petros")
    tell()
    for name in ("Eleni", "Nikos"):
        assert reasons(api_of(name)) == [["nudged", "to-read"]], name
    assert (reasons(api_of("Maria")), reasons(api_of("Yannis"))) == ([], [])
    assert "nudged" not in str(reasons(api_of("Petros"))), "who confirmed meanwhile"
    shown = client_of("Yannis").get(f"/messages/{asking}/receipts").text
    assert "Last reminder" in shown
    assert re.search(r"<button[^>]* disabled>Remind the missing", shown)
    assert api_of("Yannis").get(f"{V1}/messages/{asking}/receipts").json["reminded_at"][:10] == "2026-11-23"


def test_once_in_a_working_day_is_enough(api_of, client_of, asking, at):
    there = f"{V1}/messages/{asking}/receipts/nudges"
    friday = MONDAY + timedelta(days=4)
    at(friday)
    assert api_of("Yannis").post(there).json == {"reminded": 6}
    for again in (friday + timedelta(hours=2), friday + timedelta(days=1)):
        at(again)
        refused = api_of("Eleni").post(there)
        assert (refused.status_code, "once in a working day is enough" in refused.text) == (409, True)
        page = client_of("Yannis").post(f"/messages/{asking}/receipts/nudges")
        assert (page.status_code, "once in a working day is enough" in page.text) == (409, True)
    assert "disabled>Remind the missing" in client_of("Yannis").get(f"/messages/{asking}/receipts").text
    at(friday + timedelta(days=3))
    assert "disabled>Remind the missing" not in client_of("Yannis").get(f"/messages/{asking}/receipts").text
    assert api_of("Eleni").post(there).json == {"reminded": 5}, "whoever reminds is not reminded"


def test_nobody_is_reminded_where_nobody_is_missing_or_there(app, api_of, client_of, asking, cast):
    there = f"{V1}/messages/{asking}/receipts/nudges"
    confirm(api_of, asking, "Eleni", "Maria", "Nikos", "Babis", "Petros")
    with app.app_context(), writing() as session:
        away = {"first_day": date(2026, 11, 20), "last_day": date(2026, 11, 25)}
        session.add(Absence(person_id=cast.Giorgos, **away))
    refused = api_of("Yannis").post(there)
    assert (refused.status_code, "are away today" in refused.text) == (409, True)
    confirm(api_of, asking, "Giorgos")
    refused = api_of("Yannis").post(there)
    assert (refused.status_code, "Nobody is missing" in refused.text) == (409, True)
    assert "Remind the missing" not in client_of("Yannis").get(f"/messages/{asking}/receipts").text


def test_only_those_who_write_there_remind_and_only_of_what_asks_for_it(api_of, client_of, asking):
    for name, status in (("Maria", 403), ("Nikos", 403), ("Leila", 404)):
        assert api_of(name).post(f"{V1}/messages/{asking}/receipts/nudges").status_code == status, name
        assert client_of(name).post(f"/messages/{asking}/receipts/nudges").status_code == status, name
    news = api_of("Eleni").get(f"{V1}/messages/{asking}").json["conversation"]
    plain = api_of("Eleni").post(f"{V1}/conversations/{news}/messages", json={"text": "Hello", "nonce": "p"}).json["id"]
    assert api_of("Eleni").post(f"{V1}/messages/{plain}/receipts/nudges").status_code == 403
    assert api_of("Yannis").post(f"{V1}/conversations/{news}/closure").status_code < 300
    assert api_of("Eleni").post(f"{V1}/messages/{asking}/receipts/nudges").status_code == 409
    assert "Remind the missing" not in client_of("Eleni").get(f"/messages/{asking}/receipts").text


def test_the_page_says_of_which_message_it_tells(client_of, asking, queries):
    with queries() as sent:
        page = client_of("Yannis").get(f"/messages/{asking}/receipts").text
    [line] = re.findall(r'<li class="hit">.*?</li>', page, re.S)
    for said in (f'href="/messages/{asking}/place"', "Yannis", "News", "Helmets from Monday"):
        assert said in line, said
    assert "Asks for a confirmation" not in line
    assert len(sent) <= 12, "\n".join(sent.sent)


def test_where_nobody_reads_nobody_is_said_to_have_confirmed(app, api_of, client_of, cast):
    with app.app_context(), writing() as session:
        roads = session.scalars(select(Membership).where(Membership.unit_id == cast.ROADS))
        for one in roads:
            one.valid_to = date(2026, 11, 20)
    form = {"kind": "announcement", "title": "News", "audience": cast.ROADS}
    news = api_of("Yannis").post(f"{V1}/conversations", json=form).json["id"]
    body = {"text": "Helmets from Monday", "nonce": "n", "asks_receipt": True}
    asking = api_of("Yannis").post(f"{V1}/conversations/{news}/messages", json=body).json["id"]
    page = client_of("Yannis").get(f"/messages/{asking}/receipts").text
    assert ("Nobody reads here yet." in page, "all have confirmed" in page) == (True, False)
