"""A law: what is said comes down the open lines of exactly those who may read it over HTTP, in every kind of talk.

Whoever reads by office alone, an auditor, is told nothing while they do not look: their readings are written down.
"""

import pytest

V1 = "/api/v1"


def begin(client, **form):
    made = client.post(f"{V1}/conversations", json=form)
    assert made.status_code == 201, made.text
    return f"conversations/{made.json['id']}"


def item(client, kind, cast, **form):
    made = client.post(f"{V1}/{kind}", json={"title": "Plane trees", "unit": cast.PARKS, "holder": cast.Eleni, **form})
    assert made.status_code == 201, made.text
    return f"work-items/{made.json['id']}"


def asked_of(client, cast, party, **form):
    """An item at which somebody is asked something."""
    where = item(client, "tasks", cast, **form)
    asked = client.post(f"{V1}/{where}/waits", json={"of": party, "what": "An opinion"})
    assert asked.status_code == 201, asked.text
    return where


# Who begins it and says something there, and where that is.
KINDS = {
    "a unit": ("Eleni", lambda _client, cast: f"units/{cast.PARKS}"),
    "a unit above": ("Yannis", lambda _client, cast: f"units/{cast.TECH}"),
    "a group of people": ("Eleni", lambda client, cast: begin(client, title="Storm", members=[cast.Maria, cast.Leila])),
    "a group of a unit": ("Eleni", lambda client, cast: begin(client, title="Storm", members=[cast.ROADS])),
    "a group of a post": (
        "Eleni",
        lambda client, cast: begin(client, title="Storm", members=[cast.head_posts["LEGAL"]]),
    ),
    "an open group": ("Eleni", lambda client, _cast: begin(client, title="Storm", members=[], open=True)),
    "a direct talk": ("Eleni", lambda client, cast: begin(client, kind="direct", members=[cast.Leila])),
    "a talk of three": ("Eleni", lambda client, cast: begin(client, kind="direct", members=[cast.Leila, cast.Petros])),
    "an announcement": (
        "Yannis",
        lambda client, cast: begin(client, kind="announcement", title="Water", audience=cast.TECH),
    ),
    "a task": ("Eleni", lambda client, cast: item(client, "tasks", cast)),
    "a pending item": ("Eleni", lambda client, cast: item(client, "pending-items", cast)),
    "a task of which a unit is asked": ("Eleni", lambda client, cast: asked_of(client, cast, cast.LEGAL)),
    "a task for named people": ("Eleni", lambda client, cast: item(client, "tasks", cast, reach="named")),
    "such a task of which somebody is asked": (
        "Eleni",
        lambda client, cast: asked_of(client, cast, cast.Dimitra, reach="named"),
    ),
}


def reads(api, where):
    return api.get(f"{V1}/{where}/messages").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_is_told_to_whoever_may_read_it_and_to_nobody_else(kind, line, api_of, cast, tell):
    who, make = KINDS[kind]
    author = api_of(who)
    where = make(author, cast)
    pages = {name: line(api_of(name)) for name in cast.people}
    sent = author.post(f"{V1}/{where}/messages", json={"text": "The pump stands still", "nonce": "law"})
    assert sent.status_code == 201, sent.text
    tell()
    told = {name for name, page in pages.items() if [one for one in page.get_received() if one["name"] == "message"]}
    readers = {name for name in cast.people if reads(api_of(name), where)}
    assert told == readers - {"Reza"}
    assert who in told
    assert told < set(cast.people)
