"""What is written now and said later: at its time, as its author, once; and never where they may no longer write."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from collab.core import clock
from tests.machine.copies import soon

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
FRIDAY = datetime(2026, 3, 6, 9, 20, 30, tzinfo=UTC)  # 11:20 in Athens
MONDAY = datetime(2026, 3, 9, 6, tzinfo=UTC)


@pytest.fixture
def talk(api_of, cast, at):
    at(FRIDAY)
    form = {"title": "Storm", "members": [cast.Sofia]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


@pytest.fixture
def sweep(app, at):
    """What the teller does at an instant."""
    from collab.messaging.package import sweep_later

    def run(instant):
        at(instant)
        with app.app_context():
            sweep_later()

    return run


def said(api, talk):
    found = api.get(f"{V1}/conversations/{talk}/messages").json["items"]
    return [(one["author"]["name"], one["text"]) for one in found]


def waiting(api):
    return [(one["text"], one["due_at"], one["refused"]) for one in api.get(f"{V1}/later-messages").json["items"]]


def test_it_waits_for_its_time_is_said_once_by_its_author_and_nobody_sees_it_before(api_of, client_of, talk, sweep):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    assert 'formaction="/conversations/' in page.get(f"/conversations/{talk}").text
    typed = {"text": "Good morning all", "nonce": "n-1", "reply_to": "", "when": "monday"}
    for _pressed_twice in range(2):
        kept = page.post(f"/conversations/{talk}/later", data=typed, headers=PART)
        assert (kept.status_code, "Good morning all" in kept.text) == (200, False)
    assert re.search(r"It will be sent: Mon[^.]* 9 [^.]*08:00", kept.headers["HX-Trigger"]), kept.headers["HX-Trigger"]
    told = json.loads(kept.headers["HX-Trigger"])["toast"]
    assert (told["href"], told["act"]) == ("/conversations/later", "Open")
    assert "1 message waits to be sent" in kept.text
    assert waiting(eleni) == [("Good morning all", MONDAY.isoformat(), False)]
    assert waiting(api_of("Sofia")) == []
    sweep(MONDAY - timedelta(seconds=1))
    assert said(api_of("Sofia"), talk) == []
    for _again in range(2):
        sweep(MONDAY)
    assert said(api_of("Sofia"), talk) == [("Eleni Markou", "Good morning all")]
    assert waiting(eleni) == []


def test_when_the_process_dies_while_saying_it_nothing_was_said_and_the_next_round_says_it_once(
    app, api_of, talk, sweep, monkeypatch
):
    from collab.messaging.commands import sending_later

    eleni = api_of("Eleni")
    assert eleni.post(f"{V1}/conversations/{talk}/later", json={"text": "Once", "when": "hour"}).status_code == 201
    said_it = sending_later.post

    def dies(*given, **more):
        said_it(*given, **more)
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(sending_later, "post", dies)
        with pytest.raises(SystemExit):
            sweep(FRIDAY + timedelta(hours=2))
    assert (said(eleni, talk), len(waiting(eleni))) == ([], 1)
    sweep(FRIDAY + timedelta(hours=3))
    assert (said(eleni, talk), waiting(eleni)) == ([("Eleni Markou", "Once")], [])


def test_what_is_taken_back_in_the_moment_it_is_sent_is_said_or_a_draft_and_never_both(
    app, api_of, talk, at, actor_of, monkeypatch
):
    from sqlalchemy import text

    from collab.core.db import db
    from collab.core.errors import NotFound
    from collab.messaging.commands import send_due, sending_later, take_back

    eleni = api_of("Eleni")
    eleni.post(f"{V1}/conversations/{talk}/later", json={"text": "Now or never", "when": "hour"})
    [later] = [one["id"] for one in eleni.get(f"{V1}/later-messages").json["items"]]
    at(FRIDAY + timedelta(hours=2))
    saying, go_on, results, said_it = threading.Event(), threading.Event(), {}, sending_later.post

    def slowly(*given, **more):
        saying.set()
        assert go_on.wait(60)
        return said_it(*given, **more)

    def run(name, act):
        with app.app_context():
            try:
                results[name] = act()
            except NotFound as gone:
                results[name] = gone
            finally:
                db.session.remove()

    def waits_for_a_lock():
        with app.app_context(), db.engine.connect() as looking:
            ours = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            return looking.scalar(text(f"select count(*) {ours}"))

    monkeypatch.setattr(sending_later, "post", slowly)
    with app.app_context():
        who = actor_of("Eleni")
    sends = threading.Thread(target=run, args=("sent", lambda: send_due(later, who.person_id)))
    sends.start()
    assert saying.wait(60)
    takes = threading.Thread(target=run, args=("taken", lambda: take_back(who, later)))
    takes.start()
    try:
        assert soon(waits_for_a_lock, 60), "taking it back waits for what is being said"
    finally:
        go_on.set()
        sends.join(60)
        takes.join(60)
    assert (results["sent"], type(results["taken"])) == (True, NotFound)
    assert said(eleni, talk) == [("Eleni Markou", "Now or never")]
    assert eleni.get(f"{V1}/conversations/{talk}/draft").json == {"text": ""}
    assert waiting(eleni) == []
    # The other way round: what was taken back before is not said, and nobody is told that it could not be.
    at(FRIDAY)
    eleni.post(f"{V1}/conversations/{talk}/later", json={"text": "Never", "when": "hour"})
    [later] = [one["id"] for one in eleni.get(f"{V1}/later-messages").json["items"]]
    at(FRIDAY + timedelta(hours=2))
    run("taken", lambda: take_back(who, later))
    run("sent", lambda: send_due(later, who.person_id))
    assert (results["taken"], results["sent"], len(said(eleni, talk))) == (talk, False, 1)
    assert eleni.get(f"{V1}/conversations/{talk}/draft").json == {"text": "Never"}


def test_what_is_taken_back_waits_on_where_the_draft_would_be_longer_than_a_message_may_be(api_of, client_of, talk):
    """Else the draft could neither be sent nor saved as it stands."""
    eleni, there = api_of("Eleni"), f"{V1}/conversations/{talk}"
    for letter in "abc":
        body = {"text": letter * 9_999, "when": "hour"}
        assert eleni.post(f"{there}/later", json=body).status_code == 201
    first, second, third = [one["id"] for one in eleni.get(f"{V1}/later-messages").json["items"]]
    for later in (first, second):
        assert eleni.delete(f"{V1}/later-messages/{later}").status_code == 204
    both = eleni.get(f"{there}/draft").json["text"]
    assert len(both) == 20_000
    refused = eleni.delete(f"{V1}/later-messages/{third}")
    assert (refused.status_code, "Send or shorten the draft first" in refused.json["detail"]) == (409, True)
    shown = client_of("Eleni").post(f"/later-messages/{third}?_method=DELETE", follow_redirects=True)
    assert (shown.status_code, shown.request.path) == (200, "/conversations/later")
    assert "Send or shorten the draft first" in shown.text
    assert [one[0] for one in waiting(eleni)] == ["c" * 9_999]
    assert eleni.put(f"{there}/draft", json={"text": both}).status_code < 300
    assert eleni.put(f"{there}/draft", json={"text": ""}).status_code < 300
    assert eleni.delete(f"{V1}/later-messages/{third}").status_code == 204
    assert (eleni.get(f"{there}/draft").json["text"], waiting(eleni)) == ("c" * 9_999, [])


def test_whoever_may_write_there_no_more_says_nothing_hears_of_it_and_gets_the_words_back(
    api_of, client_of, talk, sweep, cast, tell
):
    sofia, page = api_of("Sofia"), client_of("Sofia")
    body = {"text": "I object", "day": "2026-03-09", "hour": 8}
    assert sofia.post(f"{V1}/conversations/{talk}/later", json=body).json["due_at"] == MONDAY.isoformat()
    api_of("Eleni").delete(f"{V1}/conversations/{talk}/members/{cast.Sofia}")
    sweep(MONDAY)
    assert said(api_of("Eleni"), talk) == []
    assert waiting(sofia) == [("I object", MONDAY.isoformat(), True)]
    tell()
    [heard] = sofia.get(f"{V1}/notifications").json["items"]
    assert (heard["subject"]["kind"], heard["reasons"]) == ("later-message", ["not-sent"])
    inbox = page.get("/inbox").text
    assert "A message to be sent later" in inbox
    assert "Collab could not send what you wrote" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inbox))
    assert page.get(f"/notifications/{heard['id']}").headers["Location"] == "/conversations/later"
    opened = re.search(r'hx-put="(/inbox/later-messages/\d+/reading)"', page.get("/conversations/later").text)[1]
    assert client_of("Eleni").put(opened).status_code == page.put(opened).status_code == 204
    assert sofia.get(f"{V1}/notifications").json["items"][0]["read"]
    assert api_of("Eleni").get(f"{V1}/notifications").json["items"] == []
    shown = page.get("/conversations/later").text
    assert "It could not be sent" in shown
    assert "Storm" not in shown
    way = re.search(r'action="(/later-messages/\d+)\?', shown)[1]
    assert client_of("Eleni").delete(way).status_code == 404
    assert page.delete(way).headers["Location"] == "/conversations/later"
    assert (waiting(sofia), sofia.get(f"{V1}/notifications").json["items"]) == ([], [])


def test_what_is_taken_back_is_ones_draft_and_what_is_wrong_is_said_at_once(api_of, client_of, talk):
    eleni, page, way = api_of("Eleni"), client_of("Eleni"), f"/conversations/{talk}/later"
    assert eleni.post(V1 + way, json={"text": "Not yet", "when": "tomorrow"}).status_code == 201
    [one] = eleni.get(f"{V1}/later-messages").json["items"]
    assert page.delete(f"/later-messages/{one['id']}").headers["Location"] == f"/conversations/{talk}"
    assert eleni.get(f"{V1}/conversations/{talk}/draft").json["text"] == "Not yet"
    assert "Not yet" in page.get(way).text
    # What is written there meanwhile keeps its place, and what is taken back is not lost beside it.
    assert eleni.post(V1 + way, json={"text": "Nor this", "when": "tomorrow"}).status_code == 201
    assert eleni.put(f"{V1}/conversations/{talk}/draft", json={"text": "Something else"}).status_code in (200, 204)
    [one] = eleni.get(f"{V1}/later-messages").json["items"]
    assert eleni.delete(f"{V1}/later-messages/{one['id']}").status_code == 204
    assert eleni.get(f"{V1}/conversations/{talk}/draft").json["text"] == "Something else\n\nNor this"
    past = {"text": "Too late", "when": "day", "day": "2026-03-06", "hour": "11"}
    refused = page.post(way, data=past)
    assert (refused.status_code, "This time has passed" in refused.text, "Too late" in refused.text) == (
        422,
        True,
        True,
    )
    for wrong, field in (
        ({"text": "x", "day": "2028-03-06"}, "day"), ({"text": "x", "when": "day"}, "day"), ({"when": "hour"}, "text"),
        ({"text": "x", "when": "hour", "hour": 24}, "hour"), ({"text": "x", "when": "hour", "reply_to": 9}, "reply_to"),
        ({"text": "@[Nobody](party:99999)", "when": "hour"}, "text"),
    ):  # fmt: skip
        answer = eleni.post(V1 + way, json=wrong)
        assert (answer.status_code, answer.json["errors"][0]["field"] == field) == (422, True), (wrong, answer.text)
    files = page.post(way, data={"text": "See this", "files[]": "1", "when": "hour", "nonce": "n-2"}, headers=PART)
    assert (files.status_code, "can only be sent now" in files.text, "See this" in files.text) == (422, True, True)
    assert waiting(eleni) == []
    assert api_of("Leila").post(V1 + way, json={"text": "x", "when": "hour"}).status_code == 404


def test_a_retry_with_its_key_is_answered_as_before_and_many_at_once_are_kept_once(app, api_of, talk, at):
    eleni, way = api_of("Eleni"), f"/api/v1/conversations/{talk}/later"
    body, key = {"text": "Good morning", "when": "hour"}, {"Idempotency-Key": "k-1"}
    first = eleni.post(way, json=body, headers=key)
    at(clock.now() + timedelta(minutes=2))
    again = eleni.post(way, json=body, headers=key)
    assert (first.status_code, again.status_code, again.get_json()) == (201, 201, first.get_json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert eleni.post(way, json=body | {"text": "Otherwise"}, headers=key).status_code == 409
    with ThreadPoolExecutor(6) as pool:
        asked = {"text": "All together", "when": "tomorrow"}
        assert set(pool.map(lambda _n: api_of("Eleni").post(way, json=asked).status_code, range(6))) == {201}
    assert [one["text"] for one in eleni.get("/api/v1/later-messages").get_json()["items"]].count("All together") == 1
    assert len(eleni.get("/api/v1/later-messages").get_json()["items"]) == 2
