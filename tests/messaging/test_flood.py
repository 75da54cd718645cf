"""More than anybody can read is held back, in words and with the time to wait; bots have limits of their own."""

import re
from datetime import timedelta

import psycopg
import pytest

from collab.core import clock
from collab.messaging import flood

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def narrow(monkeypatch):
    """Limits that a test reaches."""
    monkeypatch.setitem(flood.HERE, "person", flood.Limit(3, timedelta(seconds=30)))
    monkeypatch.setitem(flood.ANYWHERE, "person", flood.Limit(5, timedelta(seconds=60)))
    monkeypatch.setitem(flood.HERE, "bot", flood.Limit(4, timedelta(seconds=60)))


def post(api, unit, number):
    return api.post(f"/api/v1/units/{unit}/messages", json={"text": f"m {number}", "nonce": f"n-{number}"})


def test_a_flood_is_held_back_with_the_time_to_wait_and_leaves_no_gap(api_of, cast, narrow, at):
    at(clock.now())  # the clock stands: a slow machine is no way through
    eleni = api_of("Eleni")
    assert [post(eleni, cast.PARKS, number).status_code for number in range(4)] == [201, 201, 201, 429]
    refused = post(eleni, cast.PARKS, 5)
    assert 1 <= int(refused.headers["Retry-After"]) <= 31
    assert re.search(r"Wait \d+ seconds", refused.json["detail"])
    assert post(api_of("Nikos"), cast.PARKS, 1).json["seq"] == 4  # others go on, nothing was numbered in between
    assert post(eleni, cast.PARKS, 2).json["seq"] == 3  # what was sent before is found again
    at(clock.now() + timedelta(seconds=31))
    assert post(eleni, cast.PARKS, 5).json["seq"] == 5


def test_many_conversations_are_no_way_round(api_of, cast, narrow):
    eleni = api_of("Eleni")
    talks = [
        eleni.post("/api/v1/conversations", json={"kind": "direct", "members": [member]}).json["id"]
        for member in (cast.Nikos, cast.Maria, cast.Sofia)
    ]
    codes = [
        eleni.post(f"/api/v1/conversations/{talks[at % 3]}/messages", json={"text": "x", "nonce": f"n{at}"}).status_code
        for at in range(6)
    ]
    assert codes == [201] * 5 + [429]


def test_a_bot_has_a_limit_of_its_own(servers, clones, api_of, cast, narrow):
    eleni = api_of("Eleni")
    with psycopg.connect(servers.url_of(clones.current).replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("update person set kind = 'bot' where id = %s", [cast.Eleni])
    assert [post(eleni, cast.PARKS, number).status_code for number in range(5)] == [201] * 4 + [429]


def test_the_page_says_so_and_keeps_what_was_typed(client_of, cast, narrow):
    eleni = client_of("Eleni")
    for number in range(4):
        data = {"text": f"Typed {number}", "nonce": f"page-{number}"}
        answer = eleni.post("/conversations/units/PARKS/messages", data=data, headers=PART)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "many messages in a short time" in answer.text
    assert re.search(r"<textarea[^>]*>\s*Typed 3</textarea>", answer.text)
    assert 'value="page-3"' in answer.text


def change(api, message, number):
    return api.patch(f"/api/v1/messages/{message}", json={"text": f"changed {number}"})


def test_changes_are_held_back_with_what_was_said_and_change_nothing_then(api_of, client_of, cast, narrow, at):
    at(clock.now())
    eleni = api_of("Eleni")
    message = post(eleni, cast.PARKS, 0).json["id"]
    answers = [change(eleni, message, number) for number in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 31
    assert re.search(r"Wait \d+ seconds, then save it again", answers[-1].json["detail"])
    assert eleni.get(f"/api/v1/messages/{message}").json["text"] == "changed 1"
    page = client_of("Eleni").put(f"/messages/{message}", data={"text": "Typed so far"}, headers=PART)
    assert (page.status_code, int(page.headers["Retry-After"]) > 0, "Typed so far" in page.text) == (429, True, True)
    assert "many messages and changes" in page.text
    at(clock.now() + timedelta(seconds=31))
    assert change(eleni, message, 5).status_code == 200


def test_changes_in_many_conversations_are_no_way_round(api_of, cast, narrow):
    eleni = api_of("Eleni")
    said = []
    for member in (cast.Nikos, cast.Maria):
        talk = eleni.post("/api/v1/conversations", json={"kind": "direct", "members": [member]}).json["id"]
        body = {"text": "x", "nonce": "n"}
        said.append(eleni.post(f"/api/v1/conversations/{talk}/messages", json=body).json["id"])
    codes = [change(eleni, said[number % 2], number).status_code for number in range(4)]
    assert codes == [200, 200, 200, 429]


def test_signs_and_pins_that_come_too_fast_are_held_back_and_leave_what_one_says_alone(
    api_of, client_of, cast, narrow, at
):
    at(clock.now())
    eleni = api_of("Eleni")
    message = post(eleni, cast.PARKS, 0).json["id"]
    ways = [eleni.put, eleni.delete, eleni.put]
    codes = [way(f"/api/v1/messages/{message}/signs/agree").status_code for way in ways]
    assert codes[-1] == 429, codes
    assert set(codes[:2]) <= {200, 201, 204}, codes
    assert eleni.put(f"/api/v1/messages/{message}/pin").status_code == 429
    held = client_of("Eleni").put(f"/messages/{message}/signs/agree", headers=PART)
    assert (held.status_code, int(held.headers["Retry-After"]) > 0) == (429, True)
    assert post(eleni, cast.PARKS, 1).status_code == 201


@pytest.mark.parametrize("text", ["x" * 1_000_000, " ".join(f"@[a](party:{number})" for number in range(1, 10_001))])
def test_what_is_far_too_much_is_refused_quickly(api_of, cast, text):
    answer = api_of("Eleni").post(f"/api/v1/units/{cast.PARKS}/messages", json={"text": text, "nonce": "n"})
    assert answer.status_code == 422


def test_heads_are_told_over_plain_http_and_cost_little_when_nothing_was_said(api_of, cast, queries):
    eleni, leila = api_of("Eleni"), api_of("Leila")
    post(api_of("Nikos"), cast.PARKS, 1)
    first = eleni.get("/api/v1/conversations/heads")
    assert {"kind": "unit", "id": cast.PARKS, "last_seq": 1, "read_seq": 0} in first.json["items"]
    assert cast.PARKS not in [one["id"] for one in leila.get("/api/v1/conversations/heads").json["items"]]
    same = {"If-None-Match": first.headers["ETag"]}
    with queries() as sent:
        again = eleni.get("/api/v1/conversations/heads", headers=same)
    assert (again.status_code, again.data) == (304, b"")
    assert len(sent) <= 3
    post(api_of("Nikos"), cast.PARKS, 2)
    moved = eleni.get("/api/v1/conversations/heads", headers=same)
    assert moved.json["items"][0]["last_seq"] == 2
    assert leila.get("/api/v1/conversations/heads", headers={"If-None-Match": moved.headers["ETag"]}).status_code == 200
