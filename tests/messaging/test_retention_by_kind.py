"""A rule of one kind of conversation removes what is old in that kind, and leaves every other as it was."""

from datetime import UTC, datetime

import pytest

V1 = "/api/v1"
LONG_AGO = datetime(2024, 3, 4, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
WEEK_ON = datetime(2026, 3, 11, 9, tzinfo=UTC)
KINDS = ("unit", "group", "announcement", "direct", "item")


def say(client, where, text):
    sent = client.post(f"{V1}/{where}/messages", json={"text": text, "nonce": f"{where}-{text}".replace("/", "-")})
    assert sent.status_code == 201, sent.text
    return sent.json["conversation"]


@pytest.fixture
def talks(api_of, cast, at):
    """A conversation of each kind: something old, and something of today. Kind → (who reads there, its number)."""
    at(LONG_AGO)
    eleni, yannis = api_of("Eleni"), api_of("Yannis")
    group = eleni.post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]
    direct = eleni.post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Sofia]}).json["id"]
    news = {"kind": "announcement", "title": "From the director", "audience": cast.TECH}
    news = yannis.post(f"{V1}/conversations", json=news).json["id"]
    task = eleni.post(f"{V1}/tasks", json={"title": "Fell the pine", "unit": cast.PARKS}).json["reference"]
    where = {
        "unit": ("Eleni", f"units/{cast.PARKS}"), "group": ("Eleni", f"conversations/{group}"),
        "announcement": ("Yannis", f"conversations/{news}"), "direct": ("Eleni", f"conversations/{direct}"),
        "item": ("Eleni", f"work-items/{task}"),
    }  # fmt: skip
    numbers = {kind: say(api_of(name), way, "Old") for kind, (name, way) in where.items()}
    at(NOW)
    for name, way in where.values():
        say(api_of(name), way, "New")
    return {kind: (where[kind][0], number) for kind, number in numbers.items()}


@pytest.fixture
def removed(app, at, monkeypatch):
    """What the sweep asks the worker for a week later, done; gives the kinds it asked for."""
    from collab.core import jobs
    from collab.messaging import removing

    def run():
        asked = []
        monkeypatch.setattr(jobs, "enqueue", lambda _name, kind, **_more: asked.append(kind) or True)
        at(WEEK_ON)
        with app.app_context():
            removing.sweep_old()
            for kind in asked:
                removing.remove_all(kind)
        return asked

    return run


def texts(api_of, talks, kind):
    name, talk = talks[kind]
    return [one["text"] for one in api_of(name).get(f"{V1}/conversations/{talk}/messages").json["items"]]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_old_in_one_kind_goes_and_every_other_kind_stays(api_of, talks, removed, kind):
    assert api_of("Kostas").put(f"{V1}/retention-rules/{kind}", json={"months": 12}).status_code == 200
    seen = api_of("Kostas").get(f"{V1}/retention-rules/{kind}/preview?months=12").json
    assert (seen["messages"], seen["conversations"], seen["held"]) == (1, 1, 0)
    assert removed() == [kind]
    assert {one: texts(api_of, talks, one) for one in KINDS} == {
        one: [None if one == kind else "Old", "New"] for one in KINDS
    }  # fmt: skip
    name, talk = talks[kind]
    found = [one["conversation"]["id"] for one in api_of(name).get(f"{V1}/messages?q=old").json["items"]]
    assert talk not in found
    assert name == "Yannis" or len(found) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_hold_on_a_conversation_of_any_kind_keeps_it(api_of, talks, removed, kind):
    kostas, talk = api_of("Kostas"), talks[kind][1]
    assert kostas.post(f"{V1}/legal-holds", json={"conversation": talk, "reason": "Court order"}).status_code == 201
    assert kostas.put(f"{V1}/retention-rules/{kind}", json={"months": 12}).status_code == 200
    assert removed() == []
    assert texts(api_of, talks, kind) == ["Old", "New"]
