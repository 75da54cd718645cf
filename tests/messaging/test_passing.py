"""Confirming announcements with the list of who is missing, forwarding without leaking, and reminders of a message."""

import json
import re
from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import insert

from collab.core import clock
from collab.core.db import writing
from collab.messaging.models import Message
from collab.messaging.queries import said_among

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def say(client, talk, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    sent = client.post(f"{V1}/conversations/{talk}/messages", json=body)
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def news(api_of, cast):
    form = {"kind": "announcement", "title": "News", "audience": cast.PARKS}
    return api_of("Nikos").post(f"{V1}/conversations", json=form).json["id"]


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Sofia]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def test_an_announcement_asks_to_be_confirmed_and_whoever_wrote_it_sees_who_is_missing(api_of, client_of, news, talk):
    message = say(api_of("Nikos"), news, "Helmets from Monday", asks_receipt=True)
    before = api_of("Nikos").get(f"{V1}/messages/{message}/receipts").json
    assert "Eleni Markou" in before["missing"]
    assert before["given"] == []
    eleni = client_of("Eleni")
    assert "I have read it" in eleni.get(f"/conversations/{news}").text
    for _twice in range(2):
        confirmed = eleni.put(f"/messages/{message}/receipt", headers=PART)
    assert (confirmed.status_code, "1 has confirmed" in confirmed.text) == (200, True)
    assert "Who is missing" not in confirmed.text, "it would not be shown to whoever only reads"
    after = api_of("Nikos").get(f"{V1}/messages/{message}/receipts").json
    assert after["given"] == ["Eleni Markou"]
    assert set(before["missing"]) - set(after["missing"]) == {"Eleni Markou"}
    assert "Eleni Markou" in client_of("Nikos").get(f"/messages/{message}/receipts").text
    assert api_of("Eleni").get(f"{V1}/messages/{message}/receipts").status_code == 403
    assert api_of("Leila").put(f"{V1}/messages/{message}/receipt").status_code == 404
    plain = say(api_of("Nikos"), news, "Nothing to confirm")
    assert api_of("Eleni").put(f"{V1}/messages/{plain}/receipt").status_code == 403
    body = {"text": "x", "nonce": "n1", "asks_receipt": True}
    assert api_of("Eleni").post(f"{V1}/conversations/{talk}/messages", json=body).status_code == 422


def test_whoever_wrote_what_is_to_be_confirmed_confirms_it_not_and_is_not_counted(api_of, client_of, cast):
    form = {"kind": "announcement", "title": "News", "audience": cast.TECH}
    news = api_of("Yannis").post(f"{V1}/conversations", json=form).json["id"]
    message = say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    assert api_of("Yannis").put(f"{V1}/messages/{message}/receipt").status_code == 403
    assert client_of("Yannis").put(f"/messages/{message}/receipt", headers=PART).status_code == 403
    found = api_of("Yannis").get(f"{V1}/messages/{message}/receipts").json
    assert (found["given_count"], found["given"], found["missing_count"]) == (0, [], 6)


def test_what_was_missed_says_what_asks_to_be_confirmed(api_of, client_of, news):
    message = say(api_of("Nikos"), news, "Helmets from Monday", asks_receipt=True)
    say(api_of("Nikos"), news, "Nothing to confirm")
    eleni, ask = client_of("Eleni"), f'hx-put="/messages/{message}/receipt"'
    page = eleni.get("/conversations/missed").text
    [line] = [one for one in re.findall(r'<li class="hit">.*?</li>', page, re.S) if "Asks for a confirmation" in one]
    assert ("Helmets from Monday" in line, ask in line, "I have read it" in line) == (True, True, True)
    assert ('hx-swap="delete"' in line, "hx-select" in line) == (True, False), "htmx would ask for a whole page"
    answered = eleni.post(f"/messages/{message}/receipt?_method=PUT", data={"next": "/conversations/missed"})
    assert answered.headers["Location"] == "/conversations/missed"
    page = eleni.get("/conversations/missed").text
    assert ("Helmets from Monday" in page, ask in page, "Asks for a confirmation" in page) == (True, False, False)
    say(api_of("Nikos"), news, "Boots from Tuesday", asks_receipt=True)
    assert "Asks for a confirmation" not in client_of("Nikos").get("/conversations/missed").text


def test_what_asks_to_be_confirmed_is_not_lost_among_the_rest_of_what_was_missed(api_of, client_of, news, queries):
    for number in range(5):
        say(api_of("Nikos"), news, f"Notice {number}")
    message = say(api_of("Nikos"), news, "Helmets from Monday", asks_receipt=True)
    eleni = client_of("Eleni")
    page = eleni.get("/conversations/missed").text
    found = [f"Notice {number}" in page for number in range(5)]
    assert (found, "Helmets from Monday" in page) == ([True, True, True, False, False], True)
    assert "2 more messages" in page
    assert api_of("Eleni").put(f"{V1}/messages/{message}/receipt").status_code == 200
    with queries() as sent:
        page = eleni.get("/conversations/missed").text
    assert ("Helmets from Monday" in page, "3 more messages" in page) == (False, True)
    assert len(sent) <= 8, "\n".join(sent.sent)


def test_who_is_missing_is_counted_over_all_and_by_unit_and_named_page_by_page(api_of, client_of, cast, monkeypatch):
    receipts = import_module("collab.messaging.queries.receipts")
    form = {"kind": "announcement", "title": "News", "audience": cast.TECH}
    news = api_of("Yannis").post(f"{V1}/conversations", json=form).json["id"]
    message = say(api_of("Yannis"), news, "Helmets from Monday", asks_receipt=True)
    for name in ("Eleni", "Maria"):
        assert api_of(name).put(f"{V1}/messages/{message}/receipt").status_code == 200
    monkeypatch.setattr(receipts, "A_PAGE", 2)
    yannis, there = api_of("Yannis"), f"{V1}/messages/{message}/receipts"
    seen, after = {"given": [], "missing": []}, ""
    while True:
        found = yannis.get(f"{there}{after}").json
        for which, names in seen.items():
            names += found[which]
        units = {one["name"]: (one["given"], one["missing"]) for one in found["units"]}
        assert (found["given_count"], found["missing_count"], units) == (2, 4, {"Parks": (1, 3), "Roads": (1, 1)})
        if found["next"] is None:
            break
        after = f"?after={found['next']}"
    assert seen["given"] == ["Eleni Markou", "Maria Lekka"]
    assert sorted(seen["missing"]) == ["Babis Ioannou", "Giorgos Zervas", "Nikos Pappas", "Petros Vlachos"]
    roads = yannis.get(f"{there}?unit={cast.ROADS}").json
    assert (roads["given"], roads["missing"], roads["next"]) == (["Maria Lekka"], ["Petros Vlachos"], None)
    page = client_of("Yannis")
    assert "Show more" in page.get(f"/messages/{message}/receipts").text
    shown = page.get(f"/messages/{message}/receipts?unit={cast.ROADS}").text
    assert ("Petros Vlachos" in shown, "Nikos Pappas" in shown, "Show more" in shown) == (True, False, False)
    assert page.get(f"/messages/{message}/receipts?unit=x").status_code == 422


def test_what_is_forwarded_is_shown_to_those_alone_who_may_read_it_where_it_stands(api_of, client_of, talk, cast):
    secret = say(api_of("Eleni"), talk, "The contractor is in trouble")
    group = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Other", "members": [cast.Sofia, cast.Leila]})
    other = group.json["id"]
    form = client_of("Eleni").get(f"/messages/{secret}/forwarding/new", headers=PART).text
    assert '<p dir="auto">The contractor is in trouble</p>' in form, "in the direction of its own words"
    nonce = re.search(r'name="nonce" value="([^"]+)"', form)[1]
    for _twice in range(2):
        passed = client_of("Eleni").post(
            f"/messages/{secret}/forwarding", data={"talk": str(other), "note": "See this", "nonce": nonce}
        )
        assert passed.headers["Location"] == f"/conversations/{other}"
    part = client_of("Eleni").post(
        f"/messages/{secret}/forwarding", data={"talk": str(other), "note": "See this", "nonce": nonce}, headers=PART
    )
    told = json.loads(part.headers["HX-Trigger"])["toast"]
    assert (told["href"], told["act"]) == (f"/conversations/{other}", "Open")
    assert client_of("Sofia").get(f"/conversations/{other}").text.count("in trouble") == 1
    leila = client_of("Leila").get(f"/conversations/{other}").text
    assert "See this" in leila
    assert "in trouble" not in leila
    assert "جایی است که اجازهٔ خواندنش را ندارید، یا دیگر نیست." in leila
    assert "](/messages/" not in leila, "no raw Markdown"
    assert "Eleni Markou</span>" not in leila
    body = {"talk": talk, "nonce": "n9"}
    assert api_of("Leila").post(f"{V1}/messages/{secret}/forwarding", json=body).status_code == 404
    last = api_of("Leila").get(f"{V1}/conversations/{other}/messages").json["items"][-1]["id"]
    assert api_of("Leila").post(f"{V1}/messages/{last}/forwarding", json=body).status_code == 404


def test_what_is_forwarded_reads_in_the_language_of_its_reader(api_of, client_of, talk, cast):
    said = say(api_of("Eleni"), talk, "The plan")
    other = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Other", "members": [cast.Nikos]}).json["id"]
    api_of("Eleni").post(f"{V1}/messages/{said}/forwarding", json={"talk": other, "note": "_See_ `it`", "nonce": "1"})
    api_of("Eleni").post(f"{V1}/messages/{said}/forwarding", json={"talk": other, "nonce": "2"})
    for name, words in (("Eleni", "Forwarded message"), ("Nikos", "Προωθημένο μήνυμα")):
        page = client_of(name).get(f"/conversations/{other}").text
        assert page.count(f'<a href="/messages/{said}/place">{words}</a>') == 2, name
        assert "<em>See</em> <code>it</code>" in page
        assert "](/messages/" not in page
    last = api_of("Nikos").get(f"{V1}/conversations/{other}/messages").json["items"][-1]["id"]
    form = client_of("Eleni").get(f"/messages/{last}/work/new?kind=task").text
    assert 'value="Forwarded message"' in form


def test_a_message_comes_back_when_one_wished_and_only_to_whoever_wished_it(app, api_of, client_of, talk, at, tell):
    from collab.core import clock
    from collab.messaging.package import sweep_reminders

    message = say(api_of("Sofia"), talk, "Sign by Friday")
    assert api_of("Eleni").put(f"{V1}/messages/{message}/reminder", json={"when": "hour"}).status_code == 204
    assert api_of("Eleni").put(f"{V1}/messages/{message}/reminder", json={"when": "never"}).status_code == 422
    form = {"when": "hour"}
    told = client_of("Eleni").put(f"/messages/{message}/reminder", data=form, headers=PART).headers["HX-Trigger"]
    assert re.search(r"You will be reminded of it: \w+.*\d\d:\d\d\.", told), "and when"

    def reminded(name):
        with app.app_context():
            sweep_reminders()
        tell()
        found = api_of(name).get(f"{V1}/notifications").json["items"]
        return [(one["subject"]["title"], one["reasons"]) for one in found]

    assert reminded("Eleni") == []
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        assert reminded("Eleni") == [("Storm", ["reminder"])]
        assert reminded("Sofia") == []


def test_many_reminders_of_one_moment_come_batch_by_batch_each_once(app, api_of, cast, talk, monkeypatch):
    from sqlalchemy import func, select

    from collab.core import clock
    from collab.core.actor import SYSTEM
    from collab.core.db import db
    from collab.core.facts import FactRow
    from collab.messaging.commands import receiving
    from collab.messaging.sweeps import sweep_reminders

    sofia, eleni = api_of("Sofia"), api_of("Eleni")
    said = [say(sofia, talk, f"Sign paper {number}") for number in range(5)]
    for message in said:
        assert eleni.put(f"{V1}/messages/{message}/reminder", json={"when": "hour"}).status_code == 204
    assert sofia.delete(f"{V1}/messages/{said[0]}").status_code == 204
    monkeypatch.setattr(receiving, "A_BATCH", 2)

    def came():
        return db.session.scalar(select(func.count()).where(FactRow.kind == "message-reminder"))

    with clock.standing_at(clock.now() + timedelta(hours=2)), app.app_context():
        assert receiving.tell_reminders(SYSTEM) == 2
        assert came() == 1, "of one that was deleted nobody is reminded"
        for _again in range(2):
            sweep_reminders()
        assert (came(), receiving.tell_reminders(SYSTEM)) == (4, 0)


def test_whatever_a_page_leads_to_is_shown_to_whoever_may_read_it_however_many(app, api_of, talk, cast, actor_of):
    """Beyond a number of our own the reader was told that they may not read it."""
    rows = [
        {"conversation_id": talk, "seq": seq, "author_id": cast.Eleni, "kind": "post", "text": "Hello",
         "nonce": f"b{seq}", "created_at": clock.now(), "meta": {}, "answers": 0}
        for seq in range(1, 302)
    ]  # fmt: skip
    with app.app_context():
        with writing() as session:
            ids = set(session.scalars(insert(Message).returning(Message.id), rows))
        assert {said.id for said in said_among(actor_of("Eleni"), ids)} == ids
        assert said_among(actor_of("Leila"), ids) == []
