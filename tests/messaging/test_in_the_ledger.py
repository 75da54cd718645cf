"""What is decided over conversations stands in the ledger: who did it, to what, and what with."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from collab.core.db import db
from collab.core.facts import FactRow, FactText

V1 = "/api/v1"


@pytest.fixture
def facts(app):
    """The facts of a kind, the oldest first: who, what about, and the payload with its prose."""

    def found(kind):
        with app.app_context():
            rows = db.session.execute(select(FactRow).where(FactRow.kind == kind).order_by(FactRow.id)).scalars().all()
            told = []
            for row in rows:
                prose = db.session.execute(select(FactText.name, FactText.text).where(FactText.fact_id == row.id))
                told.append((row.actor_id, (row.subject_kind, row.subject_id), row.payload | dict(prose.all())))
            db.session.rollback()
        return told

    return found


@pytest.fixture
def group(api_of, cast):
    """A group of Eleni's, of Sofia and open to all."""
    form = {"title": "Storm", "members": [cast.Sofia], "open": True}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def say(client, where, text):
    sent = client.post(f"{V1}/{where}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})
    assert sent.status_code == 201, sent.text
    return sent.json


def test_a_hold_that_is_placed_on_a_conversation_and_on_a_unit(api_of, cast, group, facts):
    kostas = api_of("Kostas")
    first = kostas.post(f"{V1}/legal-holds", json={"conversation": group, "reason": "Court order 12"}).json["id"]
    second = kostas.post(f"{V1}/legal-holds", json={"unit": cast.PARKS, "reason": "An inquiry"}).json["id"]
    held = {"hold": first, "reason": "Court order 12"}
    assert facts("conversation-held") == [(cast.Kostas, ("conversation", group), held)]
    assert facts("unit-held") == [(cast.Kostas, ("unit", cast.PARKS), {"hold": second, "reason": "An inquiry"})]
    for hold in (first, second):
        lifted = kostas.put(f"{V1}/legal-holds/{hold}/lifting", json={"reason": "The case is closed"})
        assert lifted.status_code == 204
    why = {"reason": "The case is closed"}
    assert facts("conversation-hold-lifted") == [(cast.Kostas, ("conversation", group), {"hold": first} | why)]
    assert facts("unit-hold-lifted") == [(cast.Kostas, ("unit", cast.PARKS), {"hold": second} | why)]


def test_a_rule_of_retention_that_is_set_changed_and_lifted(api_of, cast, at, facts):
    at(datetime(2026, 3, 4, 9, tzinfo=UTC))
    kostas = api_of("Kostas")
    for months in (24, 24, 12, None):
        assert kostas.put(f"{V1}/retention-rules/direct", json={"months": months}).status_code == 200
    organisation = ("organisation", 1)
    assert facts("retention-rule-set") == [
        (cast.Kostas, organisation, {"talk": "direct", "months": 24, "was": None, "begins": "2026-03-11"}),
        (cast.Kostas, organisation, {"talk": "direct", "months": 12, "was": 24, "begins": "2026-03-11"}),
    ]
    assert facts("retention-rule-lifted") == [(cast.Kostas, organisation, {"talk": "direct", "was": 12})]


def test_a_message_that_is_changed_deleted_hidden_and_shown_again(api_of, cast, facts):
    said = say(api_of("Eleni"), f"units/{cast.PARKS}", "Two trees are down")
    about = {"message": said["id"], "seq": 1, "owner_kind": "unit", "owner": cast.PARKS}
    talk = ("conversation", said["conversation"])
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    assert eleni.patch(f"{V1}/messages/{said['id']}", json={"text": "Three trees"}).status_code == 200
    assert facts("message-edited") == [(cast.Eleni, talk, about | {"called": [], "text": "Three trees"})]
    assert nikos.put(f"{V1}/messages/{said['id']}/hiding", json={"reason": "Wrong place"}).status_code == 200
    hidden = about | {"author": cast.Eleni}
    assert facts("message-hidden") == [(cast.Nikos, talk, hidden | {"reason": "Wrong place"})]
    for _again in range(2):
        assert nikos.delete(f"{V1}/messages/{said['id']}/hiding").status_code in (200, 204)
    assert facts("message-shown-again") == [(cast.Nikos, talk, hidden)]
    assert eleni.delete(f"{V1}/messages/{said['id']}").status_code == 204
    assert facts("message-deleted") == [(cast.Eleni, talk, about)]


def test_a_group_that_is_joined_left_closed_and_opened_again(api_of, cast, group, facts):
    eleni, leila, talk = api_of("Eleni"), api_of("Leila"), ("conversation", group)
    begun = (cast.Eleni, talk, {"member": cast.Sofia})
    assert facts("member-joined") == [begun]
    assert leila.post(f"{V1}/conversations/{group}/joining").status_code in (200, 201)
    assert eleni.post(f"{V1}/conversations/{group}/members", json={"party": cast.ROADS}).status_code == 201
    joined = [begun, (cast.Leila, talk, {"member": cast.Leila}), (cast.Eleni, talk, {"member": cast.ROADS})]
    assert facts("member-joined") == joined
    assert leila.delete(f"{V1}/conversations/{group}/members/{cast.Leila}").status_code == 204
    assert eleni.delete(f"{V1}/conversations/{group}/members/{cast.Sofia}").status_code == 204
    assert facts("member-left") == [
        (cast.Leila, talk, {"member": cast.Leila}), (cast.Eleni, talk, {"member": cast.Sofia}),
    ]  # fmt: skip
    assert eleni.post(f"{V1}/conversations/{group}/closure").status_code == 201
    assert facts("conversation-archived") == [(cast.Eleni, talk, {"into": None})]
    assert eleni.delete(f"{V1}/conversations/{group}/closure").status_code == 200
    assert facts("conversation-reopened") == [(cast.Eleni, talk, {})]


def test_an_auditor_reads_what_was_decided_and_the_ledger_holds(app, api_of, cast, group):
    from pathlib import Path

    from collab.core.sealing import hold

    kostas = api_of("Kostas")
    assert kostas.put(f"{V1}/retention-rules/direct", json={"months": 24}).status_code == 200
    assert kostas.post(f"{V1}/legal-holds", json={"unit": cast.FINANCE, "reason": "An inquiry"}).status_code == 201
    assert kostas.post(f"{V1}/legal-holds", json={"conversation": group, "reason": "Order"}).status_code == 201
    found = api_of("Reza").get(f"{V1}/facts?limit=100").json["items"]
    said = {one["kind"]: one["sentence"] for one in found if not one["closed"]}
    assert "Kostas Fotiou" in said["retention-rule-set"]
    assert "An inquiry" in said["unit-held"]
    assert "conversation-held" not in said, (
        "of a talk that is not theirs to read an auditor learns that there is a fact"
    )
    assert any(one["closed"] for one in found)
    with app.app_context():
        assert hold(Path(app.config["COLLAB_DATA_DIR"]), []).holds
