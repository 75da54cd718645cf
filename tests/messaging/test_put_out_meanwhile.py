"""Whoever is put out of a group while their message waits for its turn has not said it, whichever door they took."""

import threading

import pytest
from sqlalchemy import delete, func, select, text

from collab.core.db import db, writing
from collab.messaging.models import Conversation, ConversationMember, Message
from tests.machine.copies import soon

V1 = "/api/v1"
WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Sofia, cast.Maria]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


DOORS = {
    "page": lambda client, talk: client.post(f"/conversations/{talk}/messages", data={"text": "I", "nonce": "n"}),
    "api": lambda client, talk: client.post(f"{V1}/conversations/{talk}/messages", json={"text": "I", "nonce": "n"}),
}


def waiting_now():
    with db.engine.connect() as looking:
        return looking.scalar(text(WAITING))


@pytest.mark.parametrize("door", DOORS)
def test_whoever_is_put_out_while_their_message_waits_has_not_said_it(app, api_of, client_of, cast, talk, door):
    sofia, answers = {"page": client_of, "api": api_of}[door]("Sofia"), []
    mine = (ConversationMember.conversation_id == talk) & (ConversationMember.party_id == cast.Sofia)
    with app.app_context():
        with writing() as session:
            session.execute(select(Conversation.id).where(Conversation.id == talk).with_for_update())
            says = threading.Thread(target=lambda: answers.append(DOORS[door](sofia, talk)))
            says.start()
            assert soon(lambda: waiting_now() == 1)
            session.execute(delete(ConversationMember).where(mine))
        says.join()
        assert answers[0].status_code == 404
        assert db.session.scalar(select(func.count()).select_from(Message)) == 0
        assert db.session.scalar(select(Conversation.last_seq).where(Conversation.id == talk)) == 0


@pytest.mark.parametrize("door", DOORS)
def test_a_stranger_waits_for_no_lock(app, api_of, client_of, talk, door):
    """What is not there for somebody is said to be so at once, whoever holds it."""
    leila, answers = {"page": client_of, "api": api_of}[door]("Leila"), []
    with app.app_context(), writing() as session:
        session.execute(select(Conversation.id).where(Conversation.id == talk).with_for_update())
        asks = threading.Thread(target=lambda: answers.append(DOORS[door](leila, talk)))
        asks.start()
        asks.join(60)
        assert [one.status_code for one in answers] == [404]
