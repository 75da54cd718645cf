"""Hearing of a conversation without its whole noise: everything, what concerns one, or mentions alone; and threads."""

import pytest
from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.facts import FactRow
from collab.feed.commands import post
from collab.feed.models import Notification
from collab.feed.pushing.commands import write_due
from collab.people.models import Mail
from tests.feed.test_pop_ups import SUBSCRIPTIONS, Browser

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Sofia, cast.Leila, cast.Petros]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


@pytest.fixture
def say(api_of, talk):
    """`say("Eleni", "Good morning", reply_to=7)`: the id of the message."""

    def speak(name, text, **more):
        body = {"text": text, "nonce": f"n-{abs(hash((name, text)))}"} | more
        sent = api_of(name).post(f"{V1}/conversations/{talk}/messages", json=body)
        assert sent.status_code == 201, sent.text
        return sent.json["id"]

    return speak


@pytest.fixture
def hears(api_of, talk):
    """`hears("Sofia", "all")`: how much she hears of the talk."""

    def choose(name, level, conversation=None):
        at = f"{V1}/conversations/{conversation or talk}/hearing"
        return api_of(name).put(at, json={"level": level})

    return choose


@pytest.fixture
def heard(api_of, tell):
    """`heard("Sofia")`: why she was told, and how often."""

    def read(name):
        tell()
        return [(one["reasons"], one["count"]) for one in api_of(name).get(f"{V1}/notifications").json["items"]]

    return read


def follow(client, message, *, follows=True):
    at = f"{V1}/messages/{message}/thread/following"
    return (client.put if follows else client.delete)(at)


def test_everything_is_one_line_that_counts_and_others_hear_nothing(say, hears, heard):
    assert hears("Sofia", "all").json["hears"] == "all"
    say("Eleni", "The bridge is closed")
    say("Leila", "Until when?")
    assert heard("Sofia") == [(["followed"], 2)]
    assert heard("Petros") == heard("Leila") == []


def test_whoever_is_called_and_follows_is_told_once(say, hears, heard, cast):
    hears("Sofia", "all")
    root = say("Eleni", "The bridge is closed")
    follow_by = f"@[Sofia](party:{cast.Sofia}) look"
    say("Eleni", follow_by, reply_to=root)
    assert heard("Sofia") == [(["followed", "mentioned"], 2)]


def test_answers_reach_those_of_the_thread_and_whoever_follows_it(say, api_of, heard):
    root = say("Eleni", "Who has the pump?")
    assert follow(api_of("Petros"), root).json == {"root": root, "follows": True}
    first = say("Sofia", "Legal does not", reply_to=root)
    assert (heard("Eleni"), heard("Petros")) == ([(["thread"], 1)], [(["thread"], 1)])
    assert heard("Leila") == heard("Sofia") == []
    say("Leila", "We have it", reply_to=first)
    assert heard("Sofia") == [(["thread"], 1)]
    say("Leila", "Something else")
    assert heard("Sofia") == [(["thread"], 1)]


def test_a_thread_can_be_left_though_one_wrote_in_it_or_hears_everything(say, api_of, hears, heard):
    hears("Sofia", "all")
    root = say("Eleni", "Who has the pump?")
    follow(api_of("Eleni"), root, follows=False)
    follow(api_of("Sofia"), root, follows=False)
    heard("Sofia")
    say("Leila", "We have it", reply_to=root)
    assert heard("Eleni") == []
    assert heard("Sofia") == [(["followed"], 1)]  # the first message alone


def test_muted_says_mentions_and_chosen_threads_alone(say, api_of, hears, heard, cast, talk):
    hears("Eleni", "muted")
    root, other = say("Eleni", "Who has the pump?"), say("Sofia", "Where is the plan?")
    follow(api_of("Eleni"), other)
    say("Leila", "We have it", reply_to=root)
    assert heard("Eleni") == []
    say("Leila", "In the drawer", reply_to=other)
    assert heard("Eleni") == [(["thread"], 1)]
    say("Leila", f"@[Eleni](party:{cast.Eleni}) come")
    assert heard("Eleni") == [(["mentioned", "thread"], 2)]
    assert api_of("Eleni").get(f"{V1}/conversations/{talk}").json["muted"] is True


def test_whoever_may_not_read_any_more_is_told_nothing(app, say, api_of, hears, tell, talk, cast):
    hears("Sofia", "all")
    root = say("Sofia", "The law says no")
    follow(api_of("Leila"), root)
    for person in (cast.Sofia, cast.Leila):
        api_of("Eleni").delete(f"{V1}/conversations/{talk}/members/{person}")
    say("Petros", "Does it?", reply_to=root)
    tell()
    with app.app_context():
        assert db.session.scalars(select(Notification.person_id)).all() == []
    assert hears("Sofia", "all").status_code == 404
    assert follow(api_of("Sofia"), root).status_code == 404


def test_what_was_read_at_an_open_page_and_what_is_told_again_tell_nothing(app, say, api_of, hears, heard, talk):
    from collab.core.envelope import envelope
    from collab.core.facts import FactText, revive
    from collab.core.reactions import Told
    from collab.feed import reactions

    hears("Sofia", "all")
    hears("Petros", "all")
    say("Eleni", "The bridge is closed")
    api_of("Petros").put(f"{V1}/conversations/{talk}/read-state", json={"seq": 1})
    assert heard("Petros") == []
    assert heard("Sofia") == [(["followed"], 1)]
    with app.app_context():
        row = db.session.scalars(select(FactRow).where(FactRow.kind == "message-posted")).one()
        texts = {one.name: one.text for one in db.session.scalars(select(FactText).where(FactText.fact_id == row.id))}
        fact = revive(row.kind, row.subject_id, row.payload, texts)
        told = Told(row.id, fact, row.at, row.actor_id, row.on_behalf_of)
        with envelope(SYSTEM):
            reactions.notify.run(told)
    assert heard("Sofia") == [(["followed"], 1)]


@pytest.mark.parametrize(("way", "letters", "pops"), [(None, 1, 1), ("digest", 1, 0), ("inbox", 0, 0), ("never", 0, 0)])
def test_the_way_it_comes_is_chosen_for_conversations(app, say, api_of, hears, heard, cast, at, way, letters, pops):
    from datetime import UTC, datetime, timedelta

    morning = datetime(2026, 3, 4, 8, tzinfo=UTC)  # a Wednesday
    at(morning)
    sofia = api_of("Sofia")
    sofia.post(SUBSCRIPTIONS, json=Browser("sofia").says)
    if way:
        chosen = sofia.patch(f"{V1}/me/notification-preferences", json={"choices": {"followed": {"conversation": way}}})
        assert chosen.json["choices"]["followed"]["conversation"] == way
    hears("Sofia", "all")
    say("Eleni", "The bridge is closed")
    assert bool(heard("Sofia")) is (way != "never")
    with app.app_context():
        assert len(write_due(SYSTEM, cast.Sofia)) == pops
        db.session.rollback()
        at(morning + timedelta(days=1))
        post(SYSTEM, cast.Sofia)
        db.session.rollback()
        found = db.session.scalars(select(Mail).where(Mail.to.like("sofia%"), Mail.effect.like("digest-%"))).all()
        assert len(found) == letters
        assert "bridge" not in "".join(one.body for one in found)


def test_of_an_items_talk_a_colleague_hears_who_follows_it_and_nobody_who_may_not_see_it(
    item, write, api_of, inbox, tell, do, cast, hears
):
    from collab.work import commands as work
    from collab.work.forms import EditItem

    sent = write("Eleni", item, "Good morning")
    tell()
    assert hears("Babis", "all", sent["conversation"]).status_code == 200
    write("Eleni", item, "The saw is broken")
    tell()
    assert inbox("Babis")[item]["reasons"] == ["followed"]
    assert inbox("Nikos")[item]["reasons"] == ["said"]
    do(work.edit, "Nikos", item, EditItem(title="Fallen branches", reach="named"))
    write("Nikos", item, "Between us")
    tell()
    assert inbox("Babis") == {}


def test_the_pages_say_what_arrives_and_change_it(client_of, say, talk):
    root = say("Eleni", "Who has the pump?")
    sofia = client_of("Sofia")
    thread = f"/messages/{root}/thread"
    assert "You do not hear of the answers." in sofia.get(thread).text
    assert "You hear of the answers." in sofia.put(f"{thread}/following", headers=PART).text
    assert "You hear of the answers." in sofia.get(thread).text
    assert sofia.delete(f"{thread}/following").status_code == 303
    assert "You do not hear of the answers." in sofia.get(thread).text
    card = sofia.get(f"/conversations/{talk}/about").text
    assert 'value="usual" checked' in card
    assert "What concerns you" in card
    assert sofia.put(f"/conversations/{talk}/hearing", data={"level": "all"}).status_code == 303
    assert 'value="all" checked' in sofia.get(f"/conversations/{talk}/about").text
    assert sofia.put(f"/conversations/{talk}/hearing", data={"level": "loud"}).status_code == 422
