"""What somebody has in hand besides work stands on the page of their desk; what they alone keep passes on."""

import pytest

from collab.core.db import db
from collab.messaging.commands import open_conversation
from collab.messaging.forms import NewConversation
from collab.messaging.models import ConversationMember
from collab.people.commands.people import deactivate_person, give_roles
from collab.people.forms.people import RolesForm
from tests.decisions.voting import NOW, opened

from .test_meetings import called


@pytest.fixture
def hands(app, at, cast, actor_of, api_of):
    """Eleni may vote, keeps a group with Maria and one of her own with Giorgos, and has a role; Nikos and she have a
    meeting that she keeps the minutes of."""
    at(NOW)
    ids = {"vote": opened(api_of("Nikos"), cast.PARKS)["reference"]}
    ids["meeting"] = called(api_of("Nikos"), cast)["reference"]
    with app.app_context():
        eleni = actor_of("Eleni")
        give_roles(actor_of("Kostas"), cast.Eleni, RolesForm(roles=["secretary"]))
        shared = NewConversation(title="Storm damage", members=[cast.Maria, cast.Yannis, cast.ROADS])
        ids["shared"] = open_conversation(eleni, shared)
        ids["own"] = open_conversation(eleni, NewConversation(title="Tea round", members=[cast.Giorgos]))
    return ids


def keepers(app, talk):
    with app.app_context():
        found = db.session.query(ConversationMember).filter_by(conversation_id=talk, keeper=True)
        return {each.party_id for each in found}


def test_the_page_says_what_else_they_have_in_hand(hands, cast, client_of):
    page = client_of("Eleni").get(f"/people/{cast.Eleni}/desk").text
    for words in (
        "Shall we plant plane trees?",
        "Storm damage",
        "Tea round",
        "keeps it",
        "Secretary of ideas",
        hands["meeting"],
    ):
        assert words in page, words
    assert f'href="/decisions/{hands["vote"]}"' in page


def test_heads_read_of_it_what_they_may_read(hands, cast, client_of):
    page = client_of("Yannis").get(f"/people/{cast.Eleni}/desk").text
    assert "Storm damage" in page
    assert "Tea round" not in page, "a group that he is not in"
    assert "Shall we plant plane trees?" in page
    assert "Storm damage" not in client_of("Kostas").get(f"/people/{cast.Eleni}/desk").text, (
        "administrators see numbers"
    )


def test_whether_they_voted_is_not_said(hands, cast, client_of, api_of):
    before = client_of("Yannis").get(f"/people/{cast.Eleni}/desk").text
    answer = api_of("Eleni").put(f"/api/v1/decisions/{hands['vote']}/ballot", json={"vote": "yes"})
    assert answer.status_code == 200, answer.get_json()
    after = client_of("Yannis").get(f"/people/{cast.Eleni}/desk").text
    assert before.count(hands["vote"]) == after.count(hands["vote"]) > 0


def test_what_they_alone_keep_passes_on_with_their_account(hands, app, cast, actor_of, tell):
    assert keepers(app, hands["shared"]) == {cast.Eleni}
    with app.app_context():
        deactivate_person(actor_of("Kostas"), cast.Eleni)
    tell()
    first = min(cast.Maria, cast.Yannis)
    assert keepers(app, hands["shared"]) == {cast.Eleni, first}, "a person before the unit"
    assert keepers(app, hands["own"]) == {cast.Eleni, cast.Giorgos}


def test_where_somebody_else_keeps_it_nothing_passes(hands, app, cast, actor_of, tell):
    with app.app_context():
        deactivate_person(actor_of("Kostas"), cast.Maria)
    tell()
    assert keepers(app, hands["shared"]) == {cast.Eleni}
