"""While a vote runs nobody learns how it stands: whatever one asks for says the same, whichever way people voted."""

import hashlib
import re

import pytest
from sqlalchemy import select

from collab.core.db import db
from collab.decisions.models import Decision

from .voting import NOW, ballot, opened

OPTIONS = [{"title": title} for title in ("Plane", "Lime", "Elm")]
WHO_ASKS = ("Babis", "Nikos", "Kostas")
"""Entitled and has not voted, runs the vote, is administrator."""


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def asked(client, api, made):
    """Address → status and words of everything that is about the vote, without what is new on every page."""
    page = f"/decisions/{made['reference']}"
    tabs = [f"{page}?tab={tab}" for tab in ("question", "vote", "result", "talk")]
    pages = [*tabs, *(f"{page}/{part}" for part in ("ballots", "places", "turnout", "electorate", "receipts"))]
    pages += [f"/work-items/{made['reference']}/history", "/decisions?whose=all"]
    over_api = ["", "/ballots", "/options", "/arguments", "/electorate?limit=200", "/receipts"]
    found = {address: client.get(address) for address in pages}
    found |= {f"/api/v1{page}{part}": api.get(f"/api/v1{page}{part}") for part in over_api}
    found |= {f"POST {noun}": api.post(f"/api/v1{page}/{noun}", json={}) for noun in ("minutes", "bundle")}
    found |= {f"POST page {noun}": client.post(f"{page}/{noun}") for noun in ("minutes", "bundle")}
    once = re.compile(r'name="(csrf_token|nonce|once)"[^>]*value="[^"]*"|data-line="[0-9]+"|"csrf[^,]*"|nonce="[^"]*"')
    return {address: (answer.status_code, once.sub("", answer.text)) for address, answer in found.items()}


def yes_or_no(made, yes):
    return {"vote": "yes" if yes else "no"}


def in_order(made, forward):
    ids = [one["id"] for one in made["options"]]
    return {"ranks": [{"option": id_, "rank": at} for at, id_ in enumerate(ids if forward else ids[::-1], 1)]}


@pytest.mark.parametrize("level", ["open", "confidential"])
@pytest.mark.parametrize(("more", "said"), [({}, yes_or_no), ({"preset": "rank", "options": OPTIONS}, in_order)])
def test_what_a_running_vote_shows_others_does_not_hang_on_how_people_voted(cast, api_of, client_of, level, more, said):
    electorate = {"unit": cast.PARKS, "people": [cast.ROADS]}
    made = opened(api_of("Nikos"), cast.PARKS, level=level, electorate=electorate, reach="all", quorum="third", **more)
    voters = {"Eleni": True, "Giorgos": True, "Maria": False}
    clients = {name: (client_of(name), api_of(name)) for name in WHO_ASKS}
    seen = []
    for turned in (False, True):
        for name, way in voters.items():
            answer = api_of(name).put(ballot(made), json=said(made, way != turned))
            assert answer.status_code == 200, answer.get_json()
        seen.append({name: asked(*both, made) for name, both in clients.items()})
    for name in WHO_ASKS:
        first, then = (round_[name] for round_ in seen)
        assert [address for address in first if first[address] != then[address]] == [], name
        api = f"/api/v1/decisions/{made['reference']}"
        assert (first[api][0], '"result":null' in first[api][1].replace(" ", "")) == (200, True)
        assert first[f"{api}/ballots"] == (200, '{"items":[],"next":null}\n'), name
        assert [first[f"POST {noun}"][0] for noun in ("bundle", "minutes")] == [409, 409]


def test_the_seed_of_a_lot_is_told_to_nobody_before_the_close(app, cast, api_of, client_of, close):
    made = opened(api_of("Nikos"), cast.PARKS, preset="one", options=OPTIONS[:2], ties="lot", reach="all")
    with app.app_context():
        seed = db.session.scalar(select(Decision.seed).where(Decision.item_id == made["id"]))
        db.session.remove()
    assert hashlib.sha256(seed.hex().encode()).hexdigest() == made["seed_hash"]
    for name in WHO_ASKS:
        told = asked(client_of(name), api_of(name), made)
        assert [address for address, (_code, words) in told.items() if seed.hex() in words] == [], name
        assert made["seed_hash"] in told[f"/api/v1/decisions/{made['reference']}"][1]
    for name, at in (("Eleni", 0), ("Giorgos", 1)):
        assert api_of(name).put(ballot(made), json={"option": made["options"][at]["id"]}).status_code == 200
    close()
    assert seed.hex() in api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}").text
