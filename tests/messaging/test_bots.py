"""Programs with an account: made by administrators, marked everywhere, let in by those who take part, ended at once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from collab.core import clock
from collab.core.db import db
from collab.people.models import AccessToken, Person

V1 = "/api/v1"


@pytest.fixture
def bot(api_of):
    """`bot(unit_id=…)`: a bot that Kostas made, and an API client with its token."""
    kostas = api_of("Kostas")

    def make(scopes=("read", "write"), **more):
        made = kostas.post(f"{V1}/bots", json={"name": "Pumping station", **more})
        assert made.status_code == 201, made.text
        token = kostas.post(
            f"{V1}/bots/{made.json['id']}/tokens", json={"name": "x", "scopes": list(scopes), "days": 7}
        )
        client = api_of(None)
        client.token = token.json["token"]
        return made.json["id"], client

    return make


@pytest.fixture
def group(api_of, cast):
    body = {"title": "Flood", "members": [cast.Maria], "open": True}
    return api_of("Eleni").post(f"{V1}/conversations", json=body).json["id"]


def say(client, talk, text="Pump 3 has stopped", nonce="a"):
    return client.post(f"{V1}/conversations/{talk}/messages", json={"text": text, "nonce": nonce})


def test_it_speaks_where_it_was_let_in_and_is_marked_as_a_bot(bot, group, api_of, client_of):
    id_, program = bot()
    assert say(program, group).status_code == 404  # nobody let it in
    assert program.post(f"{V1}/conversations/{group}/joining").status_code == 404  # open to the staff, not to programs
    assert program.post(f"{V1}/conversations", json={"title": "Mine", "members": []}).status_code == 403
    api_of("Eleni").post(f"{V1}/conversations/{group}/members", json={"party": id_})
    assert say(program, group).status_code == 201
    [said] = api_of("Maria").get(f"{V1}/conversations/{group}/messages").json["items"]
    assert said["author"] == {"id": id_, "name": "Pumping station", "bot": True}
    maria = client_of("Maria")
    assert '<span class="label label-small">bot</span>' in maria.get(f"/conversations/{group}").text
    assert '<span class="label">bot</span>' in maria.get(f"/conversations/{group}/about").text
    assert '<span class="label">bot</span>' in maria.get(f"/people/{id_}").text
    assert "bots.invalid" not in maria.get(f"/people/{id_}").text
    assert "Pumping station" not in maria.get("/people").text  # the directory is of people
    [choice] = maria.get("/parties?q=pumping").json["items"]
    assert choice["hint"] == "bot"


def test_the_administrator_sees_its_last_use_and_ends_it_at_once(app, bot, group, api_of, client_of):
    id_, program = bot()
    kostas = client_of("Kostas")
    assert "never used" in kostas.get("/administration/bots").text
    assert program.get(f"{V1}/me").json["name"] == "Pumping station"
    assert re.search(r"last used (?!.*never)", kostas.get("/administration/bots").text)
    shown = kostas.post(f"/administration/bots/{id_}/tokens", data={"name": "Second", "scopes[]": "read", "days": "30"})
    secret = re.search(r'<code dir="ltr">(\S+)</code>', shown.text)[1]
    assert secret not in kostas.get(f"/administration/bots/{id_}").text  # shown once
    second = api_of(None)
    second.token = secret
    assert second.get(f"{V1}/me").status_code == 200
    assert second.patch(f"{V1}/me", json={"theme": "dark"}).status_code == 403  # only reads
    assert kostas.delete(f"/administration/bots/{id_}").status_code == 303
    assert program.get(f"{V1}/me").status_code == second.get(f"{V1}/me").status_code == 401
    assert "Pumping station" in kostas.get("/administration/bots?closed=1").text
    again = api_of("Kostas").post(f"{V1}/bots/{id_}/tokens", json={"name": "x", "scopes": ["read"], "days": 7})
    assert again.status_code == 422


def test_a_token_opens_nothing_after_its_day_nor_once_revoked(app, bot, api_of):
    id_, program = bot()
    with app.app_context():
        [token] = db.session.scalars(select(AccessToken.id).where(AccessToken.person_id == id_))
    until = api_of("Kostas").get(f"{V1}/bots/{id_}/tokens").json["items"][0]["expires_at"]
    assert until[:10] == (clock.now() + timedelta(days=7)).date().isoformat()
    assert api_of("Kostas").delete(f"{V1}/bots/{id_}/tokens/{token}").status_code == 204
    assert program.get(f"{V1}/me").status_code == 401


def test_it_has_no_password_no_roles_and_heads_nothing(app, bot, api_of, client_of, cast):
    id_, _program = bot()
    kostas = api_of("Kostas")
    with app.app_context():
        address = db.session.scalar(select(Person.email).where(Person.id == id_))
    assert kostas.post(f"{V1}/people/{id_}/invitations").status_code == 422
    assert kostas.put(f"{V1}/people/{id_}/roles", json={"roles": ["administrator"]}).status_code == 422
    head = {"unit_id": cast.PARKS, "kind": "head", "valid_from": "2026-11-23"}
    assert kostas.post(f"{V1}/people/{id_}/memberships", json=head).status_code == 422
    client_of(None).post("/password-reset", data={"email": address})
    with app.app_context():
        assert db.session.execute(select(Person.password_hash).where(Person.id == id_)).scalar() is None
        assert not db.session.connection().exec_driver_sql("select 1 from email_code").first()


def test_it_holds_nothing_unless_allowed_and_nothing_is_awaited_from_it(bot, api_of, cast):
    id_, _program = bot(unit_id=cast.PARKS)
    nikos = api_of("Nikos")
    task = {"title": "Read the meter", "unit": cast.PARKS, "holder": id_}
    refused = nikos.post(f"{V1}/tasks", json=task)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json["errors"]] == ["holder"]
    item = nikos.post(f"{V1}/tasks", json=task | {"holder": cast.Eleni}).json["reference"]
    ask = {"of": id_, "what": "The level today"}
    assert nikos.post(f"{V1}/work-items/{item}/waits", json=ask).status_code == 422
    api_of("Kostas").put(f"{V1}/bots/{id_}", json={"name": "Pumping station", "holds": True})
    assert nikos.post(f"{V1}/tasks", json=task).status_code == 201
    assert nikos.post(f"{V1}/work-items/{item}/waits", json=ask).status_code == 201


def test_nobody_misses_its_confirmation_and_it_reads_as_its_unit_does(bot, api_of, cast):
    _id, program = bot(unit_id=cast.PARKS)
    nikos = api_of("Nikos")
    place = nikos.post(f"{V1}/conversations", json={"kind": "announcement", "title": "Hours", "audience": cast.PARKS})
    body = {"text": "Winter hours", "nonce": "a", "asks_receipt": True}
    said = nikos.post(f"{V1}/conversations/{place.json['id']}/messages", json=body).json
    missing = nikos.get(f"{V1}/messages/{said['id']}/receipts").json["missing"]
    assert missing
    assert "Pumping station" not in missing
    assert (
        program.get(f"{V1}/conversations/{place.json['id']}/messages").status_code == 200
    )  # it reads as its unit does


@pytest.mark.parametrize("name", ["Eleni", "Nikos", "Reza"])
def test_bots_are_the_business_of_administrators(bot, api_of, client_of, name):
    id_, _program = bot()
    assert client_of(name).get("/administration/bots").status_code == 404
    assert api_of(name).get(f"{V1}/bots").status_code == 404
    assert api_of(name).delete(f"{V1}/bots/{id_}").status_code == 404


def test_a_bot_stands_in_for_nobody_and_is_invited_to_no_meeting(bot, api_of, cast):
    id_, _program = bot()
    away = {"first_day": "2030-01-07", "last_day": "2030-01-08", "substitute_id": id_}
    refused = api_of("Eleni").post(f"{V1}/people/{cast.Eleni}/absences", json=away)
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "substitute_id")
    meeting = {"title": "Week", "on": "2030-01-07", "clock": "10:00", "unit": cast.PARKS}
    for asked in ({"people": [id_]}, {"chair": id_}, {"secretary": id_}):
        assert api_of("Nikos").post(f"{V1}/meetings", json=meeting | asked).status_code == 422, asked


def test_a_token_gives_a_bot_no_more_than_it_may_itself_and_takes_it_along(bot, api_of, cast):
    id_, _program = bot()
    writer = api_of("Kostas", ("write",))
    wider = {"name": "y", "scopes": ["read"], "days": 7}
    assert writer.post(f"{V1}/bots/{id_}/tokens", json=wider).status_code in (403, 422)
    kostas = api_of("Kostas")
    own = kostas.post(f"{V1}/tokens", json={"name": "own", "scopes": ["read", "write"], "days": 7}).json
    middle = api_of(None)
    middle.token = own["token"]
    made = middle.post(f"{V1}/bots/{id_}/tokens", json={"name": "z", "scopes": ["read"], "days": 300}).json
    child = api_of(None)
    child.token = made["token"]
    assert child.get(f"{V1}/me").status_code == 200
    assert kostas.delete(f"{V1}/tokens/{own['id']}").status_code == 204
    assert child.get(f"{V1}/me").status_code == 401
