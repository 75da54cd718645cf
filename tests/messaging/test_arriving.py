"""Whoever comes into a conversation reads on from there: the rest is there to be read, and is not unread."""

from datetime import timedelta

import pytest

from collab.core.actor import SYSTEM
from collab.people.importing.people import bring_in_people
from collab.people.importing.people_plan import PersonRow
from collab.people.importing.sheet import Row

V1 = "/api/v1"


def say(client, where, *texts):
    for text in texts:
        body = {"text": text, "nonce": f"n-{text}"}
        sent = client.post(f"{V1}/{where}/messages", json=body)
        assert sent.status_code == 201, sent.text
    return sent.json["conversation"]


def unread(client, talk):
    return {one["id"]: one["unread"] for one in client.get(f"{V1}/conversations").json["items"]}.get(talk)


@pytest.fixture
def group(api_of, cast):
    talk = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]
    say(api_of("Eleni"), f"conversations/{talk}", "one", "two", "three")
    return talk


def test_whoever_is_let_into_a_group_by_name_reads_on_from_there_and_may_read_it_all(api_of, cast, group):
    eleni, leila = api_of("Eleni"), api_of("Leila")
    assert eleni.post(f"{V1}/conversations/{group}/members", json={"party": cast.Leila}).status_code == 201
    assert (unread(leila, group), unread(api_of("Sofia"), group)) == (0, 3)
    assert len(leila.get(f"{V1}/conversations/{group}/messages").json["items"]) == 3
    say(eleni, f"conversations/{group}", "four")
    assert unread(leila, group) == 1
    assert eleni.delete(f"{V1}/conversations/{group}/members/{cast.Leila}").status_code in (200, 204)
    say(eleni, f"conversations/{group}", "five")
    assert eleni.post(f"{V1}/conversations/{group}/members", json={"party": cast.Leila}).status_code == 201
    assert unread(leila, group) == 0, "what was said while they were out"


def test_a_unit_or_a_post_that_is_let_in_reads_on_and_those_who_were_in_it_keep_their_place(api_of, cast, group):
    eleni = api_of("Eleni")
    for party in (cast.LEGAL, cast.head_posts["ROADS"]):
        assert eleni.post(f"{V1}/conversations/{group}/members", json={"party": party}).status_code == 201
    seen = {name: unread(api_of(name), group) for name in ("Dimitra", "Petros", "Anna", "Sofia")}
    assert seen == {"Dimitra": 0, "Petros": 0, "Anna": 0, "Sofia": 3}, "Sofia had been in it by name"


def test_whoever_comes_into_a_unit_reads_on_in_its_conversation_and_in_the_groups_that_list_it(
    api_of, cast, group, tell
):
    eleni, maria = api_of("Eleni"), api_of("Maria")
    parks = say(api_of("Nikos"), f"units/{cast.PARKS}", "a", "b")
    listed = eleni.post(f"{V1}/conversations", json={"title": "All of Parks", "members": [cast.PARKS]}).json["id"]
    say(eleni, f"conversations/{listed}", "one")
    roads = say(api_of("Petros"), f"units/{cast.ROADS}", "a")
    body = {"unit_id": cast.PARKS, "kind": "member", "valid_from": "2026-01-01"}
    came = api_of("Kostas").post(f"{V1}/people/{cast.Maria}/memberships", json=body)
    assert came.status_code == 201, came.text
    tell()
    assert [unread(maria, talk) for talk in (parks, listed, roads)] == [0, 0, 1]
    assert unread(api_of("Babis"), parks) == 2, "whoever was there before keeps what they have not read"
    body |= {"kind": "head", "unit_id": cast.ROADS, "valid_from": "2026-02-01"}
    assert api_of("Kostas").post(f"{V1}/people/{cast.Maria}/memberships", json=body).status_code in (201, 422)
    tell()
    assert unread(maria, roads) == 1


def test_whoever_comes_to_the_organisation_begins_with_what_is_announced_from_then_on(app, api_of, cast, tell):
    kostas = api_of("Kostas")
    new = {"kind": "announcement", "title": "News", "members": [cast.Kostas]}
    news = kostas.post(f"{V1}/conversations", json=new).json["id"]
    say(kostas, f"conversations/{news}", "one", "two")
    person = {"name": "Nefeli Asteriou", "email": "nefeli@city.example"}
    made = kostas.post(f"{V1}/people", json=person)
    assert made.status_code == 201, made.text
    body = {"unit_id": cast.PARKS, "kind": "member", "valid_from": "2026-01-01"}
    came = kostas.post(f"{V1}/people/{made.json['id']}/memberships", json=body)
    assert came.status_code == 201, came.text
    tell()
    from collab.core.db import db
    from collab.messaging.models import ReadState

    with app.app_context():
        assert db.session.get(ReadState, (news, made.json["id"])).read_seq == 2
    assert unread(api_of("Babis"), news) == 2


def brought_in(app, *rows):
    """A list of people: address, name, code of the unit, post."""
    named = [dict(zip(("email", "name", "unit_code", "post"), row, strict=True)) for row in rows]
    with app.app_context():
        bring_in_people(SYSTEM, [Row(at, PersonRow.model_validate(one)) for at, one in enumerate(named, start=2)])


def test_whoever_comes_into_a_unit_by_a_list_of_people_reads_on_like_one_put_in(app, api_of, cast, group, tell):
    parks = say(api_of("Nikos"), f"units/{cast.PARKS}", "a", "b")
    roads = say(api_of("Petros"), f"units/{cast.ROADS}", "a")
    eleni = api_of("Eleni")
    listed = eleni.post(f"{V1}/conversations", json={"title": "All of Parks", "members": [cast.PARKS]}).json["id"]
    say(eleni, f"conversations/{listed}", "one")
    kostas = api_of("Kostas")
    new = {"kind": "announcement", "title": "News", "members": [cast.Kostas]}
    news = say(kostas, f"conversations/{kostas.post(f'{V1}/conversations', json=new).json['id']}", "one")
    brought_in(
        app,
        ("maria@city.example", "Maria Lekka", "PARKS", "member"),
        ("nefeli@city.example", "Nefeli Asteriou", "PARKS", "member"),
        ("babis@city.example", "Babis Ioannou", "PARKS", "acting"),
    )
    tell()
    maria, babis = api_of("Maria"), api_of("Babis")
    assert [unread(maria, talk) for talk in (parks, listed, roads, news)] == [0, 0, 1, 1]
    assert [unread(babis, talk) for talk in (parks, listed, news)] == [2, 1, 1], "they were there before"
    from sqlalchemy import text

    from collab.core.db import db

    with app.app_context():
        of_new = text(
            "select conversation_id, read_seq from read_state join person on id = person_id where email like 'nefeli%'"
        )
        assert dict(db.session.execute(of_new).all()) == {parks: 2, listed: 1, news: 1}


def test_the_people_of_a_unit_that_is_closed_read_on_in_the_one_that_took_over(api_of, cast, tell):
    roads = say(api_of("Petros"), f"units/{cast.ROADS}", "a", "b")
    kostas = api_of("Kostas")
    closed = kostas.post(f"{V1}/units/{cast.PARKS}/closure", json={"on": "2026-01-02", "into_id": cast.ROADS})
    assert closed.status_code == 201, closed.text
    tell()
    assert [unread(api_of(name), roads) for name in ("Eleni", "Maria")] == [0, 2]


def test_in_announcements_whoever_comes_from_outside_reads_on_and_who_hears_them_keeps_their_place(api_of, cast, tell):
    petros = api_of("Petros")
    new = {"kind": "announcement", "title": "Closed roads", "audience": cast.ROADS}
    made = petros.post(f"{V1}/conversations", json=new)
    assert made.status_code == 201, made.text
    news = say(petros, f"conversations/{made.json['id']}", "one", "two")
    for party in (cast.Eleni, cast.Maria):
        assert petros.post(f"{V1}/conversations/{news}/members", json={"party": party}).status_code == 201
    assert [unread(api_of(name), news) for name in ("Eleni", "Maria")] == [0, 2]
    body = {"unit_id": cast.ROADS, "kind": "member", "valid_from": "2026-01-01"}
    assert api_of("Kostas").post(f"{V1}/people/{cast.Leila}/memberships", json=body).status_code == 201
    tell()
    assert unread(api_of("Leila"), news) == 0


def test_whoever_comes_back_into_a_unit_reads_on_from_there(app, api_of, cast, tell):
    from collab.core import clock
    from collab.people.commands.members import end_membership
    from collab.people.forms.organisation import CloseForm

    from .standing import membership_of

    maria, petros = api_of("Maria"), api_of("Petros")
    roads = say(petros, f"units/{cast.ROADS}", "one")
    assert maria.put(f"{V1}/conversations/{roads}/read-state", json={"seq": 1}).status_code in (200, 204)
    with app.app_context():
        today = clock.today("Europe/Athens")
        end_membership(SYSTEM, membership_of(cast.Maria), CloseForm(on=today - timedelta(days=9)))
    say(petros, f"units/{cast.ROADS}", "two", "three")
    body = {"unit_id": cast.ROADS, "kind": "member", "valid_from": str(today)}
    assert api_of("Kostas").post(f"{V1}/people/{cast.Maria}/memberships", json=body).status_code == 201
    tell()
    assert unread(maria, roads) == 0
