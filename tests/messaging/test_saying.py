"""Sending: exactly once, in one order, without gaps, only where one may."""

import threading

import pytest
from sqlalchemy import func, select, text

from collab.core.db import db
from collab.core.errors import Conflict, Forbidden, Invalid, NotFound
from collab.core.facts import FactRow, FactText
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.models import Conversation, Message, MessageMention
from collab.messaging.owners import Owner


def test_the_first_message_begins_the_talk_and_numbers_run_from_one(said):
    first, second = said("Eleni", "Two trees are down"), said("Nikos", "I am on my way")
    assert (first["seq"], second["seq"]) == (1, 2)
    assert first["conversation"] == second["conversation"]


def test_sending_again_under_one_nonce_sends_nothing_twice(app, said):
    first = said("Eleni", "Two trees are down", nonce="a")
    assert said("Eleni", "Two trees are down", nonce="a") == first
    assert said("Eleni", "And a third", nonce="b")["seq"] == 2
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Message)) == 2


def test_another_text_under_a_used_nonce_is_a_conflict(said):
    said("Eleni", "Two trees are down", nonce="a")
    with pytest.raises(Conflict):
        said("Eleni", "Three trees are down", nonce="a")


def test_what_was_deleted_is_not_said_again_by_a_copy_on_its_way_and_one_is_told_so(api_of, client_of, cast):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    body = {"text": "Two trees are down", "nonce": "a"}
    first = eleni.post(f"/api/v1/units/{cast.PARKS}/messages", json=body).json
    assert eleni.delete(f"/api/v1/messages/{first['id']}").status_code == 204
    again = eleni.post(f"/api/v1/units/{cast.PARKS}/messages", json=body)
    assert (again.status_code, again.json) == (201, first | {"deleted": True})
    other = eleni.post(f"/api/v1/units/{cast.PARKS}/messages", json=body | {"text": "Three"})
    assert (other.status_code, "already sent under this nonce" in other.json["detail"]) == (409, True)
    there = f"/conversations/{first['conversation']}"
    assert "was not sent again" in page.post(f"{there}/messages", data=body, follow_redirects=True).text
    kept = page.post(f"{there}/messages", data=body | {"text": "Three"}, headers={"HX-Request-Type": "partial"})
    assert (kept.status_code, "Three" in kept.text) == (409, True)
    listed = eleni.get(f"/api/v1/conversations/{first['conversation']}/messages").json
    assert ([one["text"] for one in listed["items"]], listed["last_seq"]) == ([None], 1)


def test_the_same_text_said_in_another_way_under_a_used_nonce_is_a_conflict(api_of, cast):
    """Answered as if it were done, it would be neither urgent nor ask anybody to confirm."""
    form = {"kind": "announcement", "title": "News", "audience": cast.TECH}
    yannis = api_of("Yannis")
    news = yannis.post("/api/v1/conversations", json=form).json["id"]

    def send(**more):
        body = {"text": f"@[E](party:{cast.Eleni}) The bridge gives way", "nonce": "a", **more}
        return yannis.post(f"/api/v1/conversations/{news}/messages", json=body).status_code

    assert (send(), send(urgent=True), send(asks_receipt=True), send()) == (201, 409, 409, 201)
    both = {"nonce": "b", "urgent": True, "asks_receipt": True}
    assert (send(**both), send(nonce="b", urgent=True), send(nonce="b"), send(**both)) == (201, 409, 409, 201)


def test_two_people_may_choose_the_same_nonce(said):
    assert said("Eleni", "Hello", nonce="a")["id"] != said("Nikos", "Hello", nonce="a")["id"]


def test_whoever_cannot_see_the_item_cannot_say_anything_there(app, said):
    with pytest.raises(NotFound):
        said("Leila", "What is this?")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Conversation)) == 0


def test_an_auditor_reads_and_does_not_write(said):
    said("Eleni", "Two trees are down")
    with pytest.raises(Forbidden):
        said("Reza", "Noted")


def test_a_closed_talk_takes_nothing_more(app, said):
    said("Eleni", "Two trees are down")
    from collab.core.db import writing

    with app.app_context(), writing() as session:
        session.execute(text("update conversation set archived_at = now()"))
    with pytest.raises(Conflict):
        said("Eleni", "And a third")


def test_an_answer_to_a_message_of_another_talk_is_refused(said):
    first = said("Eleni", "Two trees are down")
    assert said("Nikos", "Where?", reply_to=first["id"])["seq"] == 2
    with pytest.raises(Invalid) as refused:
        said("Nikos", "Where?", nonce="x", reply_to=first["id"] + 1000)
    assert "reply_to" in refused.value.fields


def test_a_mention_is_kept_under_the_real_name_of_who_is_called(app, said, cast):
    sent = said("Eleni", f"Ask @[the mayor](party:{cast.Nikos}) and @[x](party:{cast.LEGAL})")
    with app.app_context():
        kept = db.session.scalar(select(Message.text).where(Message.id == sent["id"]))
        called = set(db.session.scalars(select(MessageMention.party_id)))
    assert kept == f"Ask @[Nikos Pappas](party:{cast.Nikos}) and @[Legal Service](party:{cast.LEGAL})"
    assert called == {cast.Nikos, cast.LEGAL}


@pytest.mark.parametrize("who", ["999999", "forestry"])
def test_nobody_can_be_called_who_does_not_exist_or_works_elsewhere(said, cast, who):
    party = cast.forestry if who == "forestry" else who
    with pytest.raises(Invalid) as refused:
        said("Eleni", f"@[Somebody](party:{party})")
    assert list(refused.value.fields) == ["text"]


def test_too_many_called_is_refused_with_a_reason(said):
    with pytest.raises(Invalid):
        said("Eleni", " ".join(f"@[a](party:{number})" for number in range(1, 60)))


def test_what_was_said_stands_in_the_ledger_apart_from_its_ids(app, said):
    said("Eleni", "Two trees are down")
    with app.app_context():
        fact = db.session.execute(select(FactRow).where(FactRow.kind == "message-posted")).scalar_one()
        words = db.session.scalars(select(FactText.text).where(FactText.fact_id == fact.id)).all()
    assert words == ["Two trees are down"]
    assert "Two trees" not in str(fact.payload)


def at_once(app, number, act):
    """Run `act(place)` in `number` threads that start together; what each gave or raised."""
    gate, results = threading.Barrier(number), [None] * number

    def run(place):
        with app.app_context():
            gate.wait()
            try:
                results[place] = act(place)
            except Exception as error:
                results[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def eleni(app, actor_of):
    with app.app_context():
        return actor_of("Eleni")


def test_two_threads_with_one_nonce_send_one_message(app, item, eleni):
    owner = Owner("work-item", item)
    results = at_once(app, 2, lambda _place: say(eleni, owner, Say(text="Once", nonce="same")))
    assert results[0] == results[1] == {"id": results[0]["id"], "seq": 1, "conversation": results[0]["conversation"]}
    with app.app_context():
        assert db.session.scalar(select(Conversation.last_seq)) == 1


def test_fifty_at_once_leave_no_gap(app, item, eleni):
    owner = Owner("work-item", item)
    results = at_once(app, 50, lambda place: say(eleni, owner, Say(text=f"m {place}", nonce=f"n{place}")))
    assert sorted(result["seq"] for result in results) == list(range(1, 51))
    with app.app_context():
        numbers = db.session.scalars(select(Message.seq).order_by(Message.seq)).all()
        assert numbers == list(range(1, 51))
        assert db.session.scalar(select(Conversation.last_seq)) == 50
