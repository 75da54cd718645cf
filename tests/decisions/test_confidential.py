"""A confidential vote: what is written where, and that nothing leads from a choice to a voter."""

import random
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from collab.core.db import db, writing
from collab.decisions.commands import cast_ballot
from collab.decisions.forms import CastBallot
from collab.decisions.models import Decision, DecisionOption, Roll, SecretBallot
from collab.decisions.sweeps import sweep_votes
from collab.people.models import Membership, Party, Person
from collab.people.recognise import person_as_actor

from .voting import CLOSES, NOW, ballot, drafted, opened

WAYS = 4


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def keys(app):
    """The files of keys of this installation, as they are now."""
    return lambda: sorted(Path(app.config["BALLOT_KEYS_DIR"]).glob("*"))


def crowd(cast, number):
    """So many more clerks of PARKS; their ids."""
    with writing() as session:
        made = []
        for each in range(number):
            party = Party(kind="person", label=f"Clerk {each}", sort_key=f"clerk {each:04}", folded=f"clerk {each}")
            session.add(party)
            session.flush()
            made.append(party.id)
        session.execute(
            insert(Person),
            [{"id": id_, "email": f"c{id_}@city.example", "locale": "en", "time_zone": "UTC"} for id_ in made],
        )
        session.execute(
            insert(Membership),
            [{"person_id": id_, "unit_id": cast.PARKS, "kind": "member", "valid_from": "2020-01-01"} for id_ in made],
        )
    return made


def test_fewer_than_five_entitled_people_have_no_confidential_vote(cast, api_of):
    made = drafted(api_of("Nikos"), cast.PARKS, level="confidential")
    refused = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/opening")
    assert (refused.status_code, "level" in str(refused.get_json())) == (422, True)


def test_what_stands_where_before_and_after_the_close(app, cast, api_of, client_of, at, keys):
    before = keys()
    electorate = {"unit": cast.PARKS, "people": [cast.ROADS]}
    made = opened(api_of("Nikos"), cast.PARKS, level="confidential", electorate=electorate)
    assert len(keys()) == len(before) + 1
    receipts = [
        api_of(name).put(ballot(made), json={"vote": vote}).get_json()["receipt"]
        for name, vote in (("Eleni", "no"), ("Eleni", "yes"), ("Maria", "abstain"), ("Petros", "no"))
    ]
    with app.app_context():
        line = db.session.scalars(select(Roll).where(Roll.person_id == cast.Eleni)).one()
        assert (line.choice, line.receipt.hex()) == (None, receipts[1])
        assert len(set(db.session.scalars(select(func.length(Roll.envelope)).where(Roll.envelope.is_not(None))))) == 1
        db.session.remove()
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").get_data(as_text=True)
    assert receipts[1] in page
    assert "It does not protect from whoever controls the server" in page
    assert 'value="yes" checked' not in page
    at(CLOSES)
    with app.app_context():
        sweep_votes()
        row = db.session.get_one(Decision, made["id"])
        assert (row.public_key, row.sealed_key, row.result["winners"]) == (None, None, ["no"])
        assert db.session.scalar(select(func.count(Roll.envelope) + func.count(Roll.receipt))) == 0
        assert db.session.scalar(select(func.count(Roll.cast_at))) == 3
        assert sorted(str(one) for one in db.session.scalars(select(SecretBallot.choice))) == [
            "{'abstain': True}", "{'vote': 'no'}", "{'vote': 'yes'}",
        ]  # fmt: skip
        db.session.remove()
    assert keys() == before
    published = api_of("Maria").get(f"/api/v1/decisions/{made['reference']}/receipts").get_json()["items"]
    assert [one["receipt"] for one in published] == sorted(receipts[1:])
    check = client_of("Eleni").get(f"/decisions/{made['reference']}/receipts?receipt={receipts[1][:12]}")
    assert "this ballot was counted" in check.get_data(as_text=True)


def place_of(row):
    """Where a row lies on the disk: page and line."""
    return [int(part) for part in row.place.strip("()").split(",")]


@pytest.mark.parametrize("many", [120, pytest.param(1_000, marks=pytest.mark.nightly)])
def test_no_way_of_ordering_rows_links_voters_with_choices(app, cast, api_of, at, many):
    """The attacks that found 200 of 200 voters where choices stood beside a roll: here each is as good as guessing."""
    with app.app_context():
        voters = crowd(cast, many)
        db.session.remove()
    options = [{"title": f"Way {each}"} for each in range(WAYS)]
    made = opened(api_of("Nikos"), cast.PARKS, level="confidential", preset="one", options=options)
    chance = random.Random(5)
    with app.app_context():
        ids = list(db.session.scalars(select(DecisionOption.id).where(DecisionOption.item_id == made["id"])))
        said = {}
        order = chance.sample(voters, len(voters))
        for voter in order:
            said[voter] = chance.choice(ids)
            cast_ballot(person_as_actor(voter), made["id"], CastBallot(option=said[voter]))
        db.session.remove()
    at(CLOSES)
    with app.app_context():
        sweep_votes()
        written = db.session.execute(
            text("select choice->>'option' as option, xmin::text as xid, ctid::text as place from decision_ballot")
        ).all()
        xids = {row.xid for row in written}
        rolled = list(
            db.session.scalars(text("select person_id from decision_roll where cast_at is not null order by ctid"))
        )
        ledger = list(db.session.scalars(text("select actor_id from facts where kind = 'ballot-cast' order by id")))
        rolls = set(db.session.scalars(text("select xmin::text from decision_roll where cast_at is not null")))
        by_place = [int(row.option) for row in sorted(written, key=lambda one: eval(one.place))]
        by_id = [
            int(one) for one in db.session.scalars(text("select choice->>'option' from decision_ballot order by id"))
        ]
        payloads = " ".join(db.session.scalars(text("select payload::text from facts where kind = 'ballot-cast'")))
        db.session.remove()
    assert len(written) == many
    assert (len(xids), xids) == (1, rolls), "every row of choices and of the roll is of the one transaction"
    assert "option" not in payloads
    assert ledger == order
    for voters_in_order in (rolled, ledger, sorted(voters)):
        for choices in (by_place, by_id):
            for shift in range(-3, 4):
                hits = sum(
                    said[voter] == choices[(place + shift) % many] for place, voter in enumerate(voters_in_order)
                )
                # One in four by chance; five standard deviations above it never come by chance in so few looks.
                assert hits < many / WAYS + 5 * (many * 3 / 16) ** 0.5
