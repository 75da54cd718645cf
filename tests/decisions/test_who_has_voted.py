"""Who has voted is nobody's to see while a vote runs: no door names whose ballot is still out."""

import pytest

from collab.core.db import db
from collab.work.models import Wait

from .voting import NOW, ballot, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def running(cast, api_of):
    """A confidential vote in which Eleni has voted and Giorgos has not."""
    people = [getattr(cast, name) for name in ("Eleni", "Nikos", "Giorgos", "Babis", "Maria")]
    made = opened(api_of("Nikos"), cast.PARKS, level="confidential", electorate={"people": people})
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    return made


def waits_of(app, made):
    with app.app_context():
        found = {wait.of_id: wait.id for wait in db.session.query(Wait).filter_by(item_id=made["id"], sense="vote")}
        db.session.remove()
    return found


def test_waits_of_others_are_told_to_nobody(app, cast, api_of, running):
    item = f"/api/v1/work-items/{running['reference']}"
    for name in ("Nikos", "Giorgos", "Yannis", "Anna", "Kostas"):
        client, me = api_of(name), getattr(cast, name)
        for address in (f"{item}/waits", "/api/v1/waits", "/api/v1/waits?side=by-me", "/api/v1/waits?side=in-tray"):
            answer = client.get(address)
            if answer.status_code == 404:  # who does not see the decision sees nothing of it
                continue
            shown = {one["of"]["id"] for one in answer.get_json()["items"] if one["sense"] == "vote"}
            assert shown <= {me}, (name, address)
        shown = client.get(item).get_json().get("waits", ())
        assert {one["of"]["id"] for one in shown if one["sense"] == "vote"} <= {me}, name


def test_nor_are_they_by_their_number_before_or_after_the_ballot(app, cast, api_of, running):
    numbers = waits_of(app, running)
    for voter in (cast.Eleni, cast.Giorgos):
        assert api_of("Nikos").get(f"/api/v1/waits/{numbers[voter]}").status_code == 404
    assert api_of("Giorgos").get(f"/api/v1/waits/{numbers[cast.Giorgos]}").status_code == 200


def test_nor_does_a_list_find_whose_vote_is_awaited(api_of, running):
    def found(client, words):
        answer = client.get("/api/v1/work-items", query_string={"query": words})
        assert answer.status_code == 200, answer.get_json()
        return [one["reference"] for one in answer.get_json()["items"]]

    assert found(api_of("Eleni"), 'awaited:"Maria Lekka"') == []
    assert found(api_of("Maria"), "awaited:me") == [running["reference"]]
    assert found(api_of("Eleni"), "awaited:me") == []
