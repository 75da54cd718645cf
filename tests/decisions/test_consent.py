"""Consent: nobody votes yes; an objection stands until the proposal is changed, or it is taken back or overruled."""

from datetime import timedelta

import pytest

from collab.core.db import writing
from collab.decisions.models import Roll
from collab.decisions.sweeps import sweep_votes

from .voting import CLOSES, NOW, ballot, drafted, fields, opened

DONE = (200, 204, 303)


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def closes(app, at):
    def run(instant=CLOSES):
        at(instant)
        with app.app_context():
            sweep_votes()

    return run


def objects(client, made, reason="The roots break the pipes."):
    answer = client.post(f"/api/v1/decisions/{made['reference']}/objections", json={"reason": reason})
    assert answer.status_code == 201, answer.get_json()
    return f"/api/v1/decisions/{made['reference']}/objections/{answer.get_json()['id']}"


def said_of(api_of, made):
    """The rule in English, as Eleni reads it."""
    return " ".join(api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}").get_json()["rule_words"])


def test_silence_is_consent_and_the_rule_says_so_beforehand(cast, api_of, closes):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, preset="consent")
    words = said_of(api_of, made)
    assert "Who says nothing consents." in words
    assert "Nobody can overrule an objection." in words
    closes()
    closed = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (closed["stage"], closed["result"]["outcome"], closed["result"]["winners"]) == ("closed", "decided", ["yes"])


def test_objections_that_were_settled_do_not_stand_and_the_result_names_them(cast, api_of, client_of, closes, tell):
    nikos, eleni, giorgos = api_of("Nikos"), api_of("Eleni"), api_of("Giorgos")
    made = opened(nikos, cast.PARKS, preset="consent")
    page = f"/decisions/{made['reference']}"
    assert "Can you live with it?" in client_of("Eleni").get(page).text
    first, second = objects(eleni, made), objects(giorgos, made, "Too dear.")
    tell()
    assert "νστάσεις" in client_of("Nikos").get("/inbox").text
    assert eleni.put(ballot(made), json={"consent": True}).status_code == 409, "an objection stands first"
    assert eleni.put(f"{first}/integration", json={"text": "Mine"}).status_code == 403
    assert nikos.delete(second).status_code == 403
    how = "Bitter oranges in Harbour Street, planes elsewhere."
    assert nikos.put(f"{first}/integration", json={"text": how}).get_json()["state"] == "integrated"
    assert giorgos.delete(second).status_code == 204
    assert giorgos.delete(second).status_code == 409
    assert api_of("Babis").put(ballot(made), json={"consent": True}).status_code == 200
    assert how in client_of("Babis").get(f"{page}?tab=question").text
    closes()
    closed = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert (closed["outcome"], closed["count"]["sums"]["settled"]) == ("decided", 2)
    assert closed["objections"] == [["Eleni Markou", "integrated", how], ["Giorgos Zervas", "withdrawn", ""]]
    result = client_of("Eleni").get(page).text
    for words in ("Carried by consent", "Eleni Markou", how, "Who voted what"):
        assert words in result
    assert nikos.post(f"/api/v1/decisions/{made['reference']}/bundle").status_code == 202
    late = nikos.post(f"/api/v1/decisions/{made['reference']}/objections", json={"reason": "Late"})
    assert late.status_code == 409


def test_whoever_objected_is_told_what_was_made_of_it_and_may_object_again(app, cast, api_of, client_of, tell, closes):
    nikos, eleni = api_of("Nikos"), api_of("Eleni")
    made = opened(nikos, cast.PARKS, preset="consent")
    first = objects(eleni, made)
    assert nikos.put(f"{first}/integration", json={"text": "Smaller trees."}).status_code == 200
    tell()
    assert "the proposal was changed for your objection" in client_of("Eleni").get("/inbox").text
    assert "You may object again" in client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
    second = objects(eleni, made, "They are still trees.")
    with app.app_context(), writing() as session:  # whoever stood aside before this was refused still has one standing
        row = session.get(Roll, (made["id"], cast.Eleni))
        row.recused_at, row.cast_at, row.cast_by, row.choice = NOW, None, None, None
    assert "Take it back" in client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
    assert eleni.delete(second).status_code == 204
    closes()
    assert nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]["outcome"] == "decided"


def test_one_standing_objection_and_nothing_is_decided(cast, api_of, client_of, closes):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, preset="consent")
    objection = objects(api_of("Eleni"), made)
    refused = nikos.put(f"{objection}/overruling", json={"text": "No."})
    assert refused.status_code == 409
    shown = client_of("Eleni").get(f"/decisions/{made['reference']}").text
    assert "1 objection stands." in shown
    closes()
    closed = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert (closed["outcome"], closed["winners"]) == ("rejected", ["no"])
    assert nikos.put(f"{objection}/integration", json={"text": "Late"}).status_code == 409
    assert "Not carried: 1 objection stands." in client_of("Eleni").get(f"/decisions/{made['reference']}").text


def test_the_chair_overrules_only_by_the_rule_with_reasons_and_never_an_own_objection(cast, api_of, closes):
    nikos = api_of("Nikos")
    rule = {"preset": "consent", "overruling": True}
    unchaired = drafted(nikos, cast.PARKS, **rule)
    refused = nikos.put(f"/api/v1/decisions/{unchaired['reference']}/opening")
    assert "chair" in fields(refused)
    made = opened(nikos, cast.PARKS, **rule, chair=cast.Eleni)
    assert "The chair may overrule an objection" in said_of(api_of, made)
    own, others = objects(api_of("Eleni"), made), objects(api_of("Giorgos"), made)
    chair = api_of("Eleni")
    assert nikos.put(f"{others}/overruling", json={"text": "No."}).status_code == 403
    assert chair.put(f"{own}/overruling", json={"text": "No."}).status_code == 403
    assert chair.put(f"{others}/overruling", json={"text": " "}).status_code == 422
    assert chair.put(f"{others}/overruling", json={"text": "The pipes are new."}).status_code == 200
    assert chair.delete(own).status_code == 204
    closes()
    closed = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert closed["outcome"] == "decided"
    assert ["Giorgos Zervas", "overruled", "The pipes are new."] in closed["objections"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"preset": "consent", "level": "confidential"}, "level"),
        ({"preset": "consent", "quorum": "half"}, "quorum"),
        ({"preset": "consent", "proxies": 1}, "proxies"),
        ({"preset": "simple", "overruling": True}, "overruling"),
        ({"preset": "simple", "extension": 2}, "extension"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused_at_its_field(cast, api_of, sent, field):
    body = {"title": "Shall we?", "unit": cast.PARKS} | sent
    refused = api_of("Nikos").post("/api/v1/decisions", json=body)
    assert (refused.status_code, fields(refused)) == (422, [field])


def test_only_those_entitled_object_and_only_where_it_is_by_consent(cast, api_of, client_of):
    nikos = api_of("Nikos")
    made = opened(nikos, cast.PARKS, preset="consent", reach="all")
    address = f"/api/v1/decisions/{made['reference']}/objections"
    assert api_of("Maria").post(address, json={"reason": "No"}).status_code == 403
    assert (
        api_of("Eleni").put(f"/api/v1/decisions/{made['reference']}/recusal", json={"reason": "My garden"}).status_code
        == 204
    )
    assert api_of("Eleni").post(address, json={"reason": "No"}).status_code == 403
    kept = client_of("Giorgos").post(f"/decisions/{made['reference']}/objections", data={"reason": "x" * 3_000})
    assert (kept.status_code, "x" * 3_000 in kept.text) == (422, True), "what was typed is kept"
    voted = opened(nikos, cast.PARKS)
    refused = nikos.post(f"/api/v1/decisions/{voted['reference']}/objections", json={"reason": "No"})
    assert refused.status_code == 409


def test_a_vote_without_its_quorum_stays_open_once_where_the_rule_said_so(cast, api_of, closes, tell, client_of):
    nikos = api_of("Nikos")
    rule = {"quorum": "half", "extension": 2}
    made = opened(nikos, cast.PARKS, **rule)
    assert "it stays open 2 days longer, once" in said_of(api_of, made)
    assert nikos.put(ballot(made), json={"vote": "yes"}).status_code == 200
    closes()
    tell()
    more = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (more["stage"], more["closes_at"]) == ("open", (CLOSES + timedelta(days=2)).isoformat())
    assert "the vote stays open" in client_of("Eleni").get("/inbox").text
    assert "the vote stays open" not in client_of("Nikos").get("/inbox").text, "whoever has voted is not reminded"
    closes(CLOSES + timedelta(days=2))
    over = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (over["stage"], over["result"]["outcome"]) == ("closed", "no-quorum")
