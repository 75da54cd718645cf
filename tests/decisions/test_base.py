"""Who stands aside leaves the base, and what the opening froze is what was hashed: both worked out by hand."""

import hashlib
import json

import pytest

from collab.core.db import db
from collab.decisions.models import Decision

from .test_papers import minutes
from .voting import NOW, ballot, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_who_stands_aside_counts_neither_in_the_base_nor_in_the_quorum_nor_in_the_minutes(app, cast, api_of, closed):
    """Of four two stand aside. Two yes are more than half of two and two thirds of two; of four they are neither."""
    made = opened(api_of("Nikos"), cast.PARKS, preset="absolute", quorum="two-thirds")
    assert made["turnout"]["entitled"] == 4
    for name in ("Babis", "Giorgos"):
        path = f"/api/v1/decisions/{made['reference']}/recusal"
        assert api_of(name).put(path, json={"reason": "My garden"}).status_code == 204
    for name in ("Eleni", "Nikos"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    result = closed(made)
    assert (result["outcome"], result["winners"]) == ("decided", ["yes"])
    assert (result["entitled"], result["recused"], result["cast"]) == (2, 2, 2)
    with app.app_context():
        paper = minutes(api_of("Nikos"), made, {"language": "en"})
    assert "It took 2 yes." in paper, "of four it would have taken three"


def test_the_published_fingerprint_is_of_all_that_is_settled_at_the_opening(app, cast, api_of):
    options = [{"title": "Planes", "body": "They grow fast"}, {"title": "Limes"}]
    made = opened(
        api_of("Nikos"), cast.PARKS, title="Which trees?", body="Along the *canal*", preset="one", options=options
    )
    with app.app_context():
        rule = db.session.get_one(Decision, made["id"]).rule
        db.session.remove()
    roll = json.dumps([[person, 1] for person in sorted((cast.Eleni, cast.Nikos, cast.Babis, cast.Giorgos))])
    frozen = {
        "chair": None,
        "closes_at": "2026-11-25T14:00:00+00:00",
        "electorate": {
            "people": 4, "roll": hashlib.sha256(roll.replace(" ", "").encode()).hexdigest(), "votes": 4,
        },
        "evidence": [],
        "explanation": "Along the *canal*",
        "for_others": {"proxies": 0, "substitutes": "nobody"},
        "level": "open",
        "options": [
            {"body": "They grow fast", "cost": None, "id": made["options"][0]["id"], "title": "Planes"},
            {"body": "", "cost": None, "id": made["options"][1]["id"], "title": "Limes"},
        ],
        "question": "Which trees?",
        "rule": rule,
        "version": 4,
    }  # fmt: skip
    spelt = json.dumps(frozen, sort_keys=True, ensure_ascii=False)
    assert hashlib.sha256(spelt.encode()).hexdigest() == made["rule_hash"]
