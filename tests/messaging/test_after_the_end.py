"""What ended stays ended: who lost the right to write, talks that were closed, texts that grow, holds, keepers."""

import threading

import pytest
from sqlalchemy import text

from collab.core.db import db, writing
from collab.messaging.models import ConversationMember
from collab.people.commands.people import deactivate_person
from tests.machine.copies import soon

from .test_sending_later import FRIDAY, MONDAY, said, sweep, waiting  # noqa: F401 fixtures among them

V1 = "/api/v1"


@pytest.fixture
def talk(api_of, cast, at):
    at(FRIDAY)
    form = {"title": "Storm", "members": [cast.Sofia, cast.Nikos]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def say(client, talk, words, nonce="n-1", **more):
    return client.post(f"{V1}/conversations/{talk}/messages", json={"text": words, "nonce": nonce} | more)


def test_whoever_may_write_no_more_changes_nothing_of_what_they_wrote(api_of, cast):
    form = {"kind": "announcement", "title": "News", "members": [cast.Nikos]}
    talk = api_of("Kostas").post(f"{V1}/conversations", json=form).json["id"]
    sent = say(api_of("Nikos"), talk, "The office closes at noon", asks_receipt=True).json["id"]
    assert api_of("Kostas").delete(f"{V1}/conversations/{talk}/members/{cast.Nikos}").status_code in (200, 204)
    changed = api_of("Nikos").patch(f"{V1}/messages/{sent}", json={"text": f"Pay me @[x](party:{cast.Sofia})"})
    assert changed.status_code == 403
    assert api_of("Sofia").get(f"{V1}/messages/{sent}").json["text"] == "The office closes at noon"


def test_a_closed_talk_is_neither_changed_nor_signed_nor_pinned(api_of, talk):
    eleni = api_of("Eleni")
    sent = say(eleni, talk, "Two trees are down").json["id"]
    assert eleni.put(f"{V1}/messages/{sent}/signs/agree").status_code in (200, 204)
    assert eleni.post(f"{V1}/conversations/{talk}/closure").status_code == 201
    answers = [
        eleni.patch(f"{V1}/messages/{sent}", json={"text": "Three"}),
        eleni.put(f"{V1}/messages/{sent}/signs/done"),
        eleni.delete(f"{V1}/messages/{sent}/signs/agree"),
        eleni.put(f"{V1}/messages/{sent}/pin"),
    ]
    assert [one.status_code for one in answers] == [409] * 4
    assert say(eleni, talk, "Two trees are down").json["id"] == sent, "sent again under its nonce it is known"
    assert say(eleni, talk, "And a third", nonce="n-2").status_code == 409


def test_a_text_that_grows_by_the_names_in_it_is_refused_when_it_is_written(api_of, cast, talk):
    grown = f"@[x](party:{cast.Nikos}) " * 600 + "and " * 2_500
    assert len(grown) < 20_000
    eleni = api_of("Eleni")
    assert say(eleni, talk, grown).status_code == 422
    assert eleni.post(f"{V1}/conversations/{talk}/later", json={"text": grown, "when": "monday"}).status_code == 422
    too_much = f"@[x](party:{cast.Nikos}) " * 1_200  # to be laid out: it stands as it was written, and calls nobody
    assert say(eleni, talk, too_much, nonce="n-3").status_code == 201


def test_one_that_cannot_be_said_holds_back_nobody_elses(app, api_of, talk, sweep):  # noqa: F811
    for name, words in (("Eleni", "Mine"), ("Nikos", "And mine")):
        later = {"text": words, "when": "monday"}
        assert api_of(name).post(f"{V1}/conversations/{talk}/later", json=later).status_code == 201
    with app.app_context(), writing() as session:  # as an earlier version kept them
        session.execute(text("update message_to_send set text = repeat('x', 30000) where text = 'Mine'"))
    sweep(MONDAY)
    assert [words for _name, words in said(api_of("Nikos"), talk)] == ["And mine"]
    assert [refused for _text, _due, refused in waiting(api_of("Eleni"))] == [True], "its author is told"


def test_a_word_with_what_is_passed_on_leaves_room_for_the_link(api_of, talk):
    eleni = api_of("Eleni")
    sent = say(eleni, talk, "Two trees are down").json["id"]
    for number in (19_990, 20_000):
        answer = eleni.post(
            f"{V1}/messages/{sent}/forwarding", json={"talk": talk, "note": "x" * number, "nonce": f"f-{number}"}
        )
        assert answer.status_code == 422, answer.json
        assert [one["field"] for one in answer.json["errors"]] == ["note"]


WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def test_a_hold_is_placed_once_what_is_being_deleted_is_gone(app, api_of, cast, talk):
    """The deletion stands in its middle, past its look for holds, while the hold is asked for: it waits."""
    eleni, kostas = api_of("Eleni"), api_of("Kostas")
    sent = say(eleni, talk, f"Two trees are down @[x](party:{cast.Nikos})").json["id"]
    hold = {"conversation": talk, "reason": "Court order 12/2026"}
    done = []

    def ask(client, what, **more):
        done.append((what, getattr(client, more.pop("by"))(f"{V1}{more.pop('at')}", **more).status_code))

    def waiting_now():
        with db.engine.connect() as looking:
            return looking.scalar(text(WAITING))

    with app.app_context():
        with writing() as session:
            session.execute(text("select 1 from message_mention for update"))
            deleting = threading.Thread(
                target=ask, args=(eleni, "deleted"), kwargs={"by": "delete", "at": f"/messages/{sent}"}
            )
            deleting.start()
            assert soon(lambda: waiting_now() == 1)
            holding = threading.Thread(
                target=ask, args=(kostas, "held"), kwargs={"by": "post", "at": "/legal-holds", "json": hold}
            )
            holding.start()
            assert soon(lambda: waiting_now() == 2)
            assert done == []
        for thread in (deleting, holding):
            thread.join()
    assert sorted(done) == [("deleted", 204), ("held", 201)]
    kept = say(eleni, talk, "And a third", nonce="n-2").json["id"]
    assert eleni.delete(f"{V1}/messages/{kept}").status_code == 409


def keepers(app, talk):
    with app.app_context():
        return {
            each.party_id for each in db.session.query(ConversationMember).filter_by(conversation_id=talk, keeper=True)
        }


def test_somebody_who_is_here_keeps_a_group_when_its_keeper_goes(app, api_of, actor_of, cast, at):
    at(FRIDAY)
    form = {"title": "Storm", "members": [cast.Giorgos, cast.ROADS, cast.Sofia]}
    talk = api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]
    with app.app_context():
        deactivate_person(actor_of("Kostas"), cast.Giorgos)
    assert api_of("Eleni").delete(f"{V1}/conversations/{talk}/members/{cast.Eleni}").status_code in (200, 204)
    assert keepers(app, talk) == {cast.Sofia}, "neither who has left nor a unit, while a person is there"


def test_whether_to_ask_for_confirmation_can_be_chosen_for_every_message(client_of, api_of):
    talk = api_of("Kostas").post(f"{V1}/conversations", json={"kind": "announcement", "title": "News"}).json["id"]
    kostas = client_of("Kostas")
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    sent = kostas.post(f"/conversations/{talk}/messages", data={"text": "One", "nonce": "n-1"}, headers=part)
    assert 'name="asks_receipt"' in sent.text
    refused = kostas.post(f"/conversations/{talk}/messages", data={"text": "", "nonce": "n-2"}, headers=part)
    assert (refused.status_code, 'name="asks_receipt"' in refused.text) == (422, True)
