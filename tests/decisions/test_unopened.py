"""Confidential votes whose ballots nobody opens: too few to hide among each other, or the key is gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.core.i18n import _, speaking
from collab.decisions.models import Decision, Receipt, Roll, SecretBallot
from collab.decisions.sweeps import sweep_votes
from collab.decisions.words import UNOPENED, UNOPENED_SHORT

from .voting import CLOSES, NOW, ballot, drafted, fields, opened

FIVE = ("Eleni", "Nikos", "Giorgos", "Babis", "Maria")


@pytest.fixture(autouse=True)
def morning(app, at):
    at(NOW)
    for key in Path(app.config["BALLOT_KEYS_DIR"]).glob("*-*"):
        key.unlink()  # of another test, whose decision had the same number


@pytest.fixture
def five(cast, api_of):
    """A confidential vote of exactly five people."""
    people = [getattr(cast, name) for name in FIVE]
    made = opened(api_of("Nikos"), cast.PARKS, level="confidential", electorate={"people": people})
    assert made["turnout"]["entitled"] == 5
    return made


def votes(api_of, made, *names, vote="no"):
    for name in names:
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200


def stand_aside(api_of, made, *names):
    for name in names:
        said = api_of(name).put(f"/api/v1/decisions/{made['reference']}/recusal", json={"reason": "It is my tree"})
        assert said.status_code == 204, said.get_json()


def ended(app, api_of, made):
    """Why it ended; no ballot, no receipt, no key is left, and nothing of a result."""
    with app.app_context():
        row = db.session.get_one(Decision, made["id"])
        assert (row.public_key, row.sealed_key, row.result, row.stage) == (None, None, None, "cancelled")
        left = func.count(Roll.envelope) + func.count(Roll.receipt)
        assert db.session.scalar(select(left).where(Roll.item_id == made["id"])) == 0
        for kept in (SecretBallot, Receipt):
            assert db.session.scalar(select(func.count()).select_from(kept)) == 0
        db.session.remove()
        assert not list(Path(app.config["BALLOT_KEYS_DIR"]).glob(f"{made['id']}-*"))
    return api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["unopened"]


def test_who_is_left_when_others_stand_aside_is_not_told_on(app, api_of, client_of, tell, five):
    votes(api_of, five, "Eleni")
    stand_aside(api_of, five, "Nikos")
    tell()
    assert ended(app, api_of, five) == "few-entitled"
    assert api_of("Babis").put(ballot(five), json={"vote": "yes"}).status_code == 409
    page = client_of("Eleni").get(f"/decisions/{five['reference']}").text
    assert "Fewer than five entitled people were left" in page
    assert "?tab=result" not in page
    assert "without an outcome" in client_of("Eleni").get("/inbox").text


def test_nor_does_closing_early_tell(app, api_of, five):
    stand_aside(api_of, five, "Nikos", "Giorgos", "Babis", "Maria")
    votes(api_of, five, "Eleni")
    assert api_of("Nikos").put(f"/api/v1/decisions/{five['reference']}/closing").status_code == 200
    assert ended(app, api_of, five) == "few-entitled"


def test_nor_does_the_close_at_its_hour(app, api_of, close, five):
    votes(api_of, five, "Eleni", "Giorgos", "Babis")
    stand_aside(api_of, five, "Nikos")
    close()
    assert ended(app, api_of, five) == "few-entitled"


def test_where_nobody_voted_there_was_nothing_to_open_and_the_vote_closes_like_any_other(
    app, api_of, client_of, close, five
):
    for key in Path(app.config["BALLOT_KEYS_DIR"]).glob(f"{five['id']}-*"):
        key.unlink()  # nor is a key missed of which nobody has need
    close()
    made = api_of("Nikos").get(f"/api/v1/decisions/{five['reference']}").get_json()
    assert (made["stage"], made["unopened"], made["result"]["outcome"]) == ("closed", None, "no-valid-votes")
    pages = [client_of("Eleni").get(f"/decisions/{five['reference']}?tab={tab}").text for tab in ("result", "vote")]
    assert "Nobody voted for anything. Nothing is decided." in pages[0]
    for page in pages:
        assert "would have told" not in page
        assert f"{five['reference']}/receipts" not in page, "there are none"


def test_two_ballots_would_tell_each_voter_the_others(app, api_of, close, five):
    votes(api_of, five, "Eleni", "Babis")
    close()
    assert ended(app, api_of, five) == "few-ballots"


def test_three_ballots_that_two_people_cast_would_tell_them_too(app, cast, api_of, client_of, close):
    """Maria votes for Eleni as well: of three ballots she would know two, and so the third."""
    people = [getattr(cast, name) for name in FIVE]
    made = opened(api_of("Nikos"), cast.PARKS, level="confidential", electorate={"people": people}, proxies=1)
    base, maria = f"/api/v1/decisions/{made['reference']}", api_of("Maria")
    assert api_of("Eleni").put(f"{base}/proxy", json={"holder": cast.Maria}).status_code == 204
    assert maria.put(f"{base}/proxies/{cast.Eleni}").status_code == 204
    votes(api_of, made, "Maria", "Giorgos")
    assert maria.put(ballot(made), json={"vote": "yes", "principal": cast.Eleni}).status_code == 200
    close()
    assert ended(app, api_of, made) == "few-ballots"
    assert "Fewer than three people cast ballots" in client_of("Eleni").get(f"/decisions/{made['reference']}").text


def test_three_ballots_of_five_are_counted(api_of, closed, five):
    votes(api_of, five, "Eleni", "Babis", "Maria")
    assert closed(five)["winners"] == ["no"]


def test_a_vote_whose_key_is_lost_ends_with_the_reason(app, api_of, client_of, at, close, five, caplog):
    votes(api_of, five, *FIVE)
    (key,) = Path(app.config["BALLOT_KEYS_DIR"]).glob(f"{five['id']}-*")
    key.unlink()
    early = api_of("Nikos").put(f"/api/v1/decisions/{five['reference']}/closing")
    assert (early.status_code, "κλειδί" in early.get_json()["detail"]) == (409, True)
    close()
    assert api_of("Nikos").get(f"/api/v1/decisions/{five['reference']}").get_json()["stage"] == "open", (
        "its folder may come back"
    )
    at(CLOSES + timedelta(minutes=10))
    with app.app_context():
        sweep_votes()
        db.session.remove()
    assert ended(app, api_of, five) == "key-lost"
    assert "could not be seen to" not in caplog.text
    assert "no longer on the server" in client_of("Eleni").get(f"/decisions/{five['reference']}").text


def test_a_key_that_comes_back_in_time_opens_the_ballots(app, api_of, at, close, five):
    votes(api_of, five, *FIVE)
    (key,) = Path(app.config["BALLOT_KEYS_DIR"]).glob(f"{five['id']}-*")
    away = key.rename(key.with_name("away"))
    close()
    away.rename(key)
    with app.app_context():
        sweep_votes()
        assert db.session.get_one(Decision, five["id"]).result["winners"] == ["no"]
        db.session.remove()


@pytest.mark.parametrize("why", list(UNOPENED))
def test_the_reason_is_said_in_three_languages(why):
    said = set()
    for locale in ("en", "el", "fa"):
        with speaking(locale):
            said |= {_(UNOPENED[why]), _(UNOPENED_SHORT[why])}
    assert len(said) == 6


def test_it_says_how_it_ended_stands_among_closed_votes_and_is_put_to_the_vote_again(api_of, client_of, close, five):
    votes(api_of, five, "Eleni", "Babis")
    close()
    nikos, eleni = client_of("Nikos"), client_of("Eleni")
    page, listed = eleni.get(f"/decisions/{five['reference']}").text, eleni.get("/decisions?whose=decided").text
    assert ("ended without an outcome" in page, ">Closes<" in page, ">Closed<" in page) == (True, False, True)
    assert (five["reference"] in listed, "ended without an outcome" in listed) == (True, True)
    assert ">cancelled<" not in listed
    again = f"/decisions/new?again={five['reference']}"
    assert (again in nikos.get(f"/decisions/{five['reference']}").text, again in page) == (True, False)
    form = nikos.get(again).text
    assert ('value="Shall we plant plane trees?"' in form, 'name="revises"' in form) == (True, False)
    assert f'name="again" value="{five["reference"]}"' in form


def test_what_is_put_to_the_vote_again_for_named_people_stays_with_them(cast, api_of, client_of):
    nikos = api_of("Nikos")
    secret = drafted(nikos, cast.PARKS, reach="named", body="Whom it concerns")
    body = {"title": "Once more?", "unit": cast.PARKS, "closes_on": "2026-11-25", "again": secret["reference"]}
    refused = nikos.post("/api/v1/decisions", json=body | {"reach": "unit"})
    assert (refused.status_code, fields(refused)) == (422, ["reach"])
    page = client_of("Nikos").post("/decisions", data=body | {"reach": "unit", "unit": str(cast.PARKS)})
    assert page.status_code == 422
    assert f'name="again" value="{secret["reference"]}"' in page.text
    assert nikos.post("/api/v1/decisions", json=body | {"reach": "named"}).status_code == 201


def test_the_opening_page_says_beforehand_when_ballots_are_not_opened(cast, api_of, client_of):
    for level, warned in (("confidential", True), ("open", False)):
        made = drafted(api_of("Eleni"), cast.PARKS, level=level)
        assert ('id="fewest"' in client_of("Nikos").get(f"/decisions/{made['reference']}/opening").text) == warned


def test_nobody_looks_for_a_receipt_of_ballots_that_were_not_opened(api_of, client_of, close, five):
    votes(api_of, five, "Eleni", "Babis")
    close()
    assert "/receipts" not in client_of("Eleni").get(f"/decisions/{five['reference']}?tab=vote").text
    late = api_of("Maria").put(ballot(five), json={"vote": "no"})
    assert (late.status_code, late.get_json()["detail"]) == (409, "The vote ended without an outcome.")
