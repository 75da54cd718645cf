"""Searching inside every kind of talk, each for its own readers alone; and before a day."""

from datetime import UTC, datetime

import pytest

from tests.decisions.voting import drafted

V1 = "/api/v1"
WORD = "weathervane"


def say(client, where, text):
    sent = client.post(f"{V1}/{where}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})
    assert sent.status_code == 201, sent.text
    return sent.json


def found(client, q, **more):
    answer = client.get(f"{V1}/messages", query_string={"q": q} | more)
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in answer.json["items"]]


@pytest.fixture
def everywhere(api_of, cast):
    """The word said once in a talk of each kind: where → who reads it there, of those asked below."""
    eleni, nikos, yannis = api_of("Eleni"), api_of("Nikos"), api_of("Yannis")
    direct = eleni.post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Sofia]}).json["id"]
    news = {"kind": "announcement", "title": "From the director", "audience": cast.TECH}
    news = yannis.post(f"{V1}/conversations", json=news).json["id"]
    group = eleni.post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Leila]}).json["id"]
    task = eleni.post(f"{V1}/tasks", json={"title": "Fell the pine", "unit": cast.PARKS}).json["reference"]
    quiet = {"title": "A complaint", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named"}
    quiet = eleni.post(f"{V1}/tasks", json=quiet).json["reference"]
    pending = eleni.post(f"{V1}/pending-items", json={"title": "A letter", "unit": cast.PARKS}).json["reference"]
    decision = drafted(nikos, cast.PARKS, closes_on="2099-11-25")["reference"]
    assert nikos.put(f"{V1}/decisions/{decision}/discussion").status_code == 200
    meeting = {"title": "The storm", "unit": cast.PARKS, "on": "2099-03-01", "people": [cast.Dimitra]}
    meeting = eleni.post(f"{V1}/meetings", json=meeting).json["reference"]
    told = (
        (eleni, f"conversations/{direct}", "direct"), (yannis, f"conversations/{news}", "announced"),
        (eleni, f"conversations/{group}", "group"), (eleni, f"units/{cast.PARKS}", "unit"),
        (eleni, f"work-items/{task}", "task"), (eleni, f"work-items/{quiet}", "named"),
        (eleni, f"work-items/{pending}", "pending"), (nikos, f"work-items/{decision}", "decision"),
        (eleni, f"work-items/{meeting}", "meeting"),
    )  # fmt: skip
    for client, where, kind in told:
        say(client, where, f"The {WORD} {kind}")


PARKS_OWN = {"unit", "task", "pending", "decision", "meeting", "announced"}
READS = {
    "Eleni": PARKS_OWN | {"direct", "group", "named"}, "Nikos": PARKS_OWN, "Giorgos": PARKS_OWN, "Yannis": PARKS_OWN,
    "Sofia": {"direct"}, "Leila": {"group"}, "Dimitra": {"meeting"}, "Maria": {"announced"}, "Katerina": set(),
}  # fmt: skip


@pytest.mark.parametrize("name", READS)
def test_words_are_found_in_talks_of_every_kind_by_their_readers_and_by_nobody_else(
    api_of, client_of, everywhere, name
):
    assert sorted(found(api_of(name), WORD)) == sorted(f"The {WORD} {kind}" for kind in READS[name])
    page = client_of(name).get(f"/conversations/search?q={WORD}").text
    assert page.count('<li class="hit">') == len(READS[name])


def test_before_a_day_finds_what_was_said_until_then_and_since_it_the_rest(api_of, client_of, cast, at):
    eleni = api_of("Eleni")
    at(datetime(2026, 3, 3, 21, 30, tzinfo=UTC))  # half past eleven in the evening in Athens
    say(eleni, f"units/{cast.PARKS}", f"The {WORD} turns")
    at(datetime(2026, 3, 3, 22, 30, tzinfo=UTC))  # the day after, half an hour past midnight there
    say(eleni, f"units/{cast.PARKS}", f"The {WORD} fell")
    assert found(eleni, f"{WORD} before:2026-03-04") == [f"The {WORD} turns"]
    assert found(eleni, f"{WORD} before:2026-03-05") == [f"The {WORD} fell", f"The {WORD} turns"]
    assert found(eleni, f"{WORD} before:2026-03-03") == []
    assert found(eleni, f"{WORD} since:2026-03-04") == [f"The {WORD} fell"]
    assert found(api_of("Leila"), f"{WORD} before:2026-03-05") == []
    page = client_of("Eleni").get("/conversations/search", query_string={"q": f"{WORD} before:2026-03-04"}).text
    assert ("turns" in page, "fell" in page) == (True, False)
