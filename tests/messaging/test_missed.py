"""What is unread is never forgotten, however much newer there is: in the list, its number, and what was missed."""

import json
from importlib import import_module

import psycopg
import pytest

from collab.core.prepared import run, sent
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.owners import Owner
from tests.work.making import make

MANY = """
insert into conversation (id, kind, owner_kind, owner_id, last_seq, last_at, created_at)
select 100000 + n, 'item', 'work-item', 500000 + n, 2, now(), now() from generate_series(1, 20000) n;
insert into read_state (conversation_id, person_id, read_seq, at)
select 100000 + n, p.id, 2, now() from generate_series(1, 20000) n
join person p on p.id <> %(eleni)s where mod(n + p.id, 4) = 0;
insert into read_state (conversation_id, person_id, read_seq, at)
select 100000 + n, %(eleni)s, 1 + mod(n, 2), now() from generate_series(1, 3000) n
"""
MISSED = "collab.messaging.queries.missed"
V1 = "/api/v1"


@pytest.fixture
def talks(app, cast, actor_of):
    """`talks("Oldest", "Old")`: talks of work in this order in which Eleni spoke; their numbers."""

    def begin(*titles):
        with app.app_context():
            items = [make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title) for title in titles]
            return [speak(actor_of("Eleni"), item, "I am at it")["conversation"] for item in items]

    return begin


def speak(who, item, words):
    return say(who, Owner("work-item", item), Say(text=words, nonce=f"n-{who.person_id}-{item}-{abs(hash(words))}"))


@pytest.fixture
def spoken(api_of):
    """`spoken("Nikos", 7, "Well?")`: he says so in the talk of this number."""

    def speak(name, talk, words):
        answer = api_of(name).post(
            f"{V1}/conversations/{talk}/messages", json={"text": words, "nonce": f"n-{abs(hash(words))}"}
        )
        assert answer.status_code == 201, answer.text
        return answer.json

    return speak


def test_a_call_in_an_old_talk_of_work_is_missed_and_counted_when_many_newer_talks_stand_before_it(
    api_of, client_of, cast, talks, spoken
):
    old = talks("The old oak")[0]
    spoken("Nikos", old, f"@[Eleni](party:{cast.Eleni}) may it be felled?")
    talks(*(f"Tree {number}" for number in range(14)))
    eleni, page = api_of("Eleni"), client_of("Eleni")
    [missed] = eleni.get(f"{V1}/conversations/missed").json["items"]
    assert (missed["conversation"]["id"], len(missed["calls"])) == (old, 1)
    assert page.get("/conversations/unread").json["unread"] == 1
    shown = page.get("/conversations").text
    assert f'href="/conversations/{old}" data-key="u"' in shown, "the next unread one is this one"
    listed = [one["id"] for one in eleni.get(f"{V1}/conversations").json["items"] if one["kind"] == "item"]
    assert (old in listed, len(listed)) == (True, 13), "it, and the newest twelve of those that were read"


def test_a_list_that_holds_no_more_says_so_and_units_that_wait_fall_out_last(
    api_of, client_of, cast, talks, spoken, monkeypatch
):
    first, second = talks("The old oak", "The old elm")
    for talk in (first, second):
        spoken("Nikos", talk, "Who waters it?")
    said = "More is unread"
    eleni = client_of("Eleni")
    assert (said in eleni.get("/conversations").text, said in eleni.get("/conversations/missed").text) == (False, False)
    monkeypatch.setattr("collab.messaging.list_shown.MOST_WORK_UNREAD", 1)
    monkeypatch.setattr(import_module(MISSED), "MOST_TALKS", 1)
    assert (said in eleni.get("/conversations").text, said in eleni.get("/conversations/missed").text) == (True, True)
    answer = api_of("Eleni").get(f"{V1}/conversations/missed").json
    assert ([one["conversation"]["id"] for one in answer["items"]], answer["more"]) == ([second], True)
    api_of("Eleni").put(f"{V1}/conversations/{first}/hearing", json={"level": "muted"})
    spoken("Nikos", first, f"@[Eleni](party:{cast.Eleni}) do you?")
    answer = api_of("Eleni").get(f"{V1}/conversations/missed").json
    assert ([one["conversation"]["id"] for one in answer["items"]], answer["more"]) == ([first], True)
    api_of("Eleni").put(f"{V1}/conversations/{second}/read-state", json={"seq": 2})
    answer = api_of("Eleni").get(f"{V1}/conversations/missed").json
    assert ([one["conversation"]["id"] for one in answer["items"]], answer["more"]) == ([first], False)
    said_in = api_of("Yannis").post(f"{V1}/units/{cast.PARKS}/messages", json={"text": "Good morning", "nonce": "n"})
    assert said_in.status_code == 201, said_in.text
    monkeypatch.setattr("collab.messaging.list_shown.MOST_UNITS", 1)
    here = client_of("Anna").get("/conversations").text
    assert f'href="/conversations/{said_in.json["conversation"]}" data-key="u"' in here


def test_a_call_in_a_silent_talk_of_work_is_missed_and_silence_still_counts_nothing(
    api_of, client_of, cast, talks, spoken
):
    old, quiet = talks("The old oak", "The elm")
    for talk in (old, quiet):
        assert api_of("Eleni").put(f"{V1}/conversations/{talk}/silence").status_code < 300
        spoken("Nikos", talk, "Nothing of note")
    spoken("Nikos", old, f"@[Eleni](party:{cast.Eleni}) may it be felled?")
    talks(*(f"Tree {number}" for number in range(13)))
    items = api_of("Eleni").get(f"{V1}/conversations/missed").json["items"]
    assert [(one["conversation"]["id"], len(one["calls"])) for one in items] == [(old, 1)]
    assert client_of("Eleni").get("/conversations/unread").json["unread"] == 0


def test_what_is_more_than_is_shown_is_said_and_led_to(api_of, client_of, cast, talks, spoken, monkeypatch):
    old, quiet = talks("The old oak", "The elm")
    for nth in range(7):
        spoken("Nikos", old, f"Branch {nth}")
    page = client_of("Eleni").get("/conversations/missed").text
    assert f'<a href="/conversations/{old}?at=2">4 more messages</a>' in page, "seven are unread, three are shown"
    assert "Branch 0" in client_of("Eleni").get(f"/conversations/{old}?at=2").text
    monkeypatch.setattr(import_module(MISSED), "MOST_TALKS", 1)
    for talk in (old, quiet):
        assert api_of("Eleni").put(f"{V1}/conversations/{talk}/silence").status_code < 300
        spoken("Nikos", talk, f"@[Eleni](party:{cast.Eleni}) may it be felled?")
    answer = api_of("Eleni").get(f"{V1}/conversations/missed").json
    assert (len(answer["items"]), answer["more"]) == (1, True), "silent ones that call are counted whole"


def test_whoever_takes_part_in_thousands_of_talks_is_answered_from_indexes(app, servers, clones, actor_of, cast, talks):
    from collab.messaging.queries import conversations

    talks("The old oak")
    url = servers.url_of(clones.current).replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        for part in (*MANY.split(";"), "analyze read_state", "analyze conversation"):
            connection.execute(part, {"eleni": cast.Eleni} if "%(" in part else None)
    with app.app_context():
        eleni = actor_of("Eleni")
        for prepared in (conversations._UNREAD, conversations._LIST, import_module(MISSED)._UNREAD):
            compiled = prepared.compiled(eleni.roles)
            values = {**compiled.constants, **sent(eleni, compiled.names)}
            [row] = run(f"explain (analyze, format json) {compiled.sql}", values)
            plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
            assert not [name for name in scanned(plan[0]["Plan"]) if name in ("read_state", "message")]


def scanned(plan):
    """The tables that are read from end to end."""
    own = [plan["Relation Name"]] if plan["Node Type"] == "Seq Scan" else []
    return own + [name for below in plan.get("Plans", ()) for name in scanned(below)]
