"""A unit that is closed leads on from its conversation; one that is split keeps its own, and the parts have theirs."""

import re
from datetime import UTC, datetime

import pytest

from collab.core.db import db
from collab.people.models import Unit
from collab.people.sweeps import sweep_splits
from collab.work.sweeps import sweep_split_units

V1 = "/api/v1"


def say(client, where, text):
    return client.post(f"{V1}/{where}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})


def texts(client, where):
    answer = client.get(f"{V1}/{where}/messages")
    return [one["text"] for one in answer.json["items"]] if answer.status_code == 200 else answer.status_code


@pytest.fixture
def parks(api_of, cast, at):
    """The conversation of Parks, in which Eleni and Giorgos spoke."""
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    say(api_of("Eleni"), f"units/{cast.PARKS}", "Good morning")
    return say(api_of("Giorgos"), f"units/{cast.PARKS}", "And to you").json["conversation"]


def close(api_of, cast, unit, into):
    closed = api_of("Kostas").post(f"{V1}/units/{unit}/closure", json={"on": "2026-11-23", "into_id": into})
    assert closed.status_code in (200, 201, 204), closed.text


def leads_to(client, talk):
    """What the page of a conversation says about where it goes on: name and address."""
    page = client.get(f"/conversations/{talk}")
    assert page.status_code == 200
    found = re.search(r'goes on in\s*<a class="link" href="([^"]+)">\s*<bdi>([^<]+)</bdi>', page.text)
    return (found[2], found[1]) if found else None


def test_the_page_of_a_closed_unit_leads_to_the_one_that_goes_on_also_when_that_was_closed_too(
    api_of, client_of, cast, parks, tell
):
    assert leads_to(client_of("Eleni"), parks) is None
    assert 'id="composer' in client_of("Eleni").get(f"/conversations/{parks}").text
    close(api_of, cast, cast.PARKS, cast.ROADS)
    tell()
    for name in ("Eleni", "Maria", "Yannis"):
        assert leads_to(client_of(name), parks) == ("Roads", "/conversations/units/ROADS"), name
        page = client_of(name).get(f"/conversations/{parks}").text
        assert "Good morning" in page
        assert 'id="composer' not in page, "nothing is added to it"
    assert client_of("Eleni").get("/conversations/units/ROADS").status_code in (200, 303)
    assert client_of("Sofia").get(f"/conversations/{parks}").status_code == 404
    close(api_of, cast, cast.ROADS, cast.LEGAL)
    tell()
    assert leads_to(client_of("Sofia"), parks) == ("Legal Service", "/conversations/units/LEGAL")


def split(app, api_of, client_of, cast):
    """Eleni heads a part of her own from today on; Giorgos stays."""
    typed = {
        "on": "2026-11-23", "p0_name": "Nurseries", "p0_code": "NURSERY", "p0_head_id": str(cast.Eleni),
        "goes[]": [f"person-{cast.Eleni}:1"], "sure": "on",
    }  # fmt: skip
    done = client_of("Kostas").post(f"/administration/units/{cast.PARKS}/splits", data=typed)
    assert done.status_code == 303, done.text
    with app.app_context():
        sweep_splits()
        sweep_split_units()
        part = db.session.query(Unit.id).filter(Unit.code == "NURSERY").scalar()
        db.session.rollback()
    return part


def test_a_unit_that_is_split_keeps_its_conversation_and_the_part_begins_its_own(
    app, api_of, client_of, cast, parks, tell
):
    part = split(app, api_of, client_of, cast)
    tell()
    kept = api_of("Giorgos").get(f"{V1}/conversations/{parks}").json
    assert (kept["archived_at"], kept["into"], kept["may_write"]) == (None, None, True)
    assert say(api_of("Giorgos"), f"units/{cast.PARKS}", "Who is left?").status_code == 201
    assert texts(api_of("Giorgos"), f"conversations/{parks}") == ["Good morning", "And to you", "Who is left?"]
    assert leads_to(client_of("Giorgos"), parks) is None
    assert texts(api_of("Eleni"), f"conversations/{parks}") == 404, "whoever went with the part reads there no more"
    assert texts(api_of("Eleni"), f"units/{part}") == [], "the part has a conversation of its own by itself"
    assert say(api_of("Eleni"), f"units/{part}", "Here we are").status_code == 201
    assert texts(api_of("Giorgos"), f"units/{part}") == 404
    for where, said in ((f"units/{part}", ["Here we are"]), (f"units/{cast.PARKS}", ["Good morning", "And to you"])):
        assert texts(api_of("Yannis"), where)[:2] == said, "whoever heads the unit above reads both"
    page = client_of("Eleni").get("/conversations/units/NURSERY", follow_redirects=True).text
    assert ("Here we are" in page, "Good morning" in page) == (True, False)
