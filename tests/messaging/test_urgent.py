"""A message marked urgent reaches whoever it calls at once, at night and on Sunday; it is rare by rule, and marked."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.feed.commands import post
from collab.feed.pushing.commands import write_due
from collab.people.models import Mail
from tests.feed.test_pop_ups import PREFERENCES, SUBSCRIPTIONS, Browser

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
SATURDAY_NIGHT = datetime(2026, 3, 7, 21, tzinfo=UTC)  # 23:00 in Athens


def say(client, talk, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash((text, *more)))}"} | more
    return client.post(f"{V1}/conversations/{talk}/messages", json=body)


def reasons(client):
    return [one["reasons"] for one in client.get(f"{V1}/notifications").json["items"]]


@pytest.fixture
def talk(api_of, cast, at):
    at(SATURDAY_NIGHT)
    form = {"title": "Storm", "members": [cast.Sofia, cast.ROADS]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


@pytest.fixture
def told_at_night(app, cast, tell):
    """`told_at_night("Sofia")`: letters and pop-ups that are written to somebody in the hours of this night."""

    def read(name):
        tell()
        with app.app_context():
            pops = len(write_due(SYSTEM, cast.people[name]))
            post(SYSTEM, cast.people[name])
            db.session.rollback()
            letters = db.session.scalars(select(Mail).where(Mail.to.like(f"{name.lower()}%")).order_by(Mail.id)).all()
            return [one.subject for one in letters if one.effect.startswith(("heard-", "digest-"))], pops

    return read


def test_it_waits_for_no_quiet_hours_and_what_is_not_marked_does(api_of, client_of, cast, talk, told_at_night, at):
    eleni = api_of("Eleni")
    for name in ("Sofia", "Petros"):
        api_of(name).post(SUBSCRIPTIONS, json=Browser(name.lower()).says)
    assert say(eleni, talk, f"@[Sofia](party:{cast.Sofia}) on Monday, please").status_code == 201
    at(SATURDAY_NIGHT + timedelta(minutes=5))
    assert told_at_night("Sofia") == ([], 0)
    urgent = f"@[Sofia](party:{cast.Sofia}) @[Roads](party:{cast.ROADS}) the bridge gives way"
    sent = say(eleni, talk, urgent, urgent=True)
    assert eleni.get(f"{V1}/messages/{sent.json['id']}").json["urgent"] is True
    at(SATURDAY_NIGHT + timedelta(minutes=10))
    for name in ("Sofia", "Petros"):  # of a unit, whoever heads it
        letters, pops = told_at_night(name)
        assert (len(letters), "urgently" in letters[0], pops) == (1, True, 1), name
    assert told_at_night("Maria") == ([], 0)
    assert (reasons(api_of("Petros")), reasons(api_of("Maria"))) == ([["urgent"]], [["mentioned"]])
    at(SATURDAY_NIGHT + timedelta(minutes=20))
    assert told_at_night("Petros") == (letters, 0)  # once
    page = client_of("Sofia").get(f"/conversations/{talk}").text
    assert page.count('<span class="message-urgent">') == 1
    # What follows it, not marked, waits again.
    say(eleni, talk, f"@[Petros](party:{cast.Petros}) thank you")
    at(SATURDAY_NIGHT + timedelta(minutes=30))
    assert told_at_night("Petros") == (letters, 0)


def test_what_came_in_the_night_stands_in_the_digest_of_the_next_working_morning_and_what_was_urgent_does_not_again(
    app, api_of, client_of, cast, talk, told_at_night, at
):
    eleni = api_of("Eleni")
    say(eleni, talk, f"@[Sofia](party:{cast.Sofia}) the sandbags are in the yard")
    say(eleni, talk, f"@[Petros](party:{cast.Petros}) the bridge gives way", urgent=True)
    at(SATURDAY_NIGHT + timedelta(minutes=10))
    assert told_at_night("Sofia") == ([], 0)
    [at_night] = told_at_night("Petros")[0]
    assert "urgently" in at_night
    for day, hour, minute in ((8, 6, 1), (9, 5, 59)):  # on Sunday, and on Monday a minute before eight in Athens
        at(datetime(2026, 3, day, hour, minute, tzinfo=UTC))
        assert told_at_night("Sofia") == ([], 0), day
    at(datetime(2026, 3, 9, 6, 1, tzinfo=UTC))
    assert len(told_at_night("Sofia")[0]) == 1
    assert told_at_night("Petros")[0] == [at_night], "it was told at once, and is not told again"
    with app.app_context():
        [digest] = db.session.scalars(select(Mail).where(Mail.effect == f"digest-{cast.Sofia}-2026-03-09")).all()
    assert "Storm" in digest.body
    [way] = re.findall(r"/notifications/\d+", digest.body)
    assert client_of("Sofia").get(way).location.startswith(f"/conversations/{talk}?at=")
    assert "Eleni Markou" in digest.body


def test_whoever_wants_no_letters_gets_none_and_what_pops_up_is_not_held_back(api_of, cast, talk, told_at_night, at):
    assert api_of("Sofia").patch(PREFERENCES, json={"mails": False}).status_code == 200
    api_of("Petros").patch(PREFERENCES, json={"mails": False})
    api_of("Petros").post(SUBSCRIPTIONS, json=Browser("petros").says)
    say(api_of("Eleni"), talk, f"@[S](party:{cast.Sofia}) @[P](party:{cast.Petros}) now", urgent=True)
    at(SATURDAY_NIGHT + timedelta(minutes=10))
    assert told_at_night("Sofia") == ([], 0)
    assert told_at_night("Petros") == ([], 1)


def test_it_calls_somebody_is_rare_and_only_for_whoever_may_speak_there(api_of, client_of, cast, talk, told_at_night):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    calls = f"@[S](party:{cast.Sofia}) number"
    nobody = say(eleni, talk, "The bridge gives way", urgent=True)
    assert (nobody.status_code, nobody.json["errors"][0]["field"]) == (422, "urgent")
    own = say(eleni, talk, f"@[E](party:{cast.Eleni}) to myself", urgent=True)
    assert own.status_code == 422
    assert say(api_of("Leila"), talk, calls, urgent=True).status_code == 404
    for number in range(5):
        sent = say(eleni, talk, f"{calls} {number}", urgent=True)
        assert sent.status_code == 201, sent.text
    assert say(eleni, talk, f"{calls} 4", urgent=True).json == sent.json  # again under its nonce
    refused = page.post(
        f"/conversations/{talk}/messages", data={"text": f"{calls} 6", "nonce": "n-6", "urgent": "on"}, headers=PART
    )
    assert (refused.status_code, "You marked 5 messages urgent" in refused.text) == (422, True)
    assert f"{calls} 6" in refused.text
    assert 'name="urgent" value="on" aria-describedby="talk-urgent-says" checked' in refused.text
    assert say(eleni, talk, f"{calls} 6").status_code == 201
    later = page.post(
        f"/conversations/{talk}/later",
        data={"text": calls, "nonce": "n-7", "urgent": "on", "when": "hour"},
        headers=PART,
    )
    assert (later.status_code, "can only be sent now" in later.text) == (422, True)


def test_in_a_direct_talk_the_other_is_meant_and_on_an_item_whoever_is_called(api_of, cast, item, told_at_night, at):
    at(SATURDAY_NIGHT)
    told_at_night("Nikos")
    direct = api_of("Eleni").post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Sofia]}).json["id"]
    assert say(api_of("Eleni"), direct, "Call me", urgent=True).status_code == 201
    api_of("Babis").patch(PREFERENCES, json={"choices": {"called": {"task": "inbox"}}})
    text = f"@[N](party:{cast.Nikos}) @[B](party:{cast.Babis}) it fell"
    body = {"text": text, "nonce": "n-1", "urgent": True}
    assert api_of("Eleni").post(f"{V1}/work-items/PARKS-1/messages", json=body).status_code == 201
    at(SATURDAY_NIGHT + timedelta(minutes=10))
    assert told_at_night("Sofia")[0] == ["(for named people only): Eleni Markou called you urgently"]
    assert [one for one in told_at_night("Nikos")[0] if one.startswith("PARKS-1: Eleni Markou ")]  # in Greek
    assert told_at_night("Babis") == ([], 0)
    assert ["urgent"] in reasons(api_of("Babis"))
