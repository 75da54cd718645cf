"""Reasons for voting otherwise: from those alone who did, and only for a week."""

from datetime import timedelta

import pytest

from .test_papers import OPTIONS, minutes, ranks, said
from .voting import CLOSES, NOW, ballot, opened

ASKED = "I voted otherwise and want my reasons in the minutes"


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def dissent(client, made, text="Roots lift the pavement"):
    return client.put(f"/api/v1/decisions/{made['reference']}/dissent", json={"text": text})


def result(client, made):
    return client.get(f"/decisions/{made['reference']}?tab=result").text


@pytest.fixture
def passed(cast, api_of, close):
    """An open vote that passed: Nikos and Babis for it, Eleni against; Giorgos abstained, Parisa stayed away."""
    made = opened(api_of("Nikos"), cast.PARKS)
    for name, choice in (("Nikos", "yes"), ("Babis", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": choice}).status_code == 200
    assert api_of("Giorgos").put(ballot(made), json={"abstain": True}).status_code == 200
    close()
    return made


def test_only_whoever_was_outvoted_gives_reasons(app, passed, api_of, client_of, cast):
    for name in ("Nikos", "Giorgos"):
        answer = dissent(api_of(name), passed)
        assert (name, answer.status_code) == (name, 409)
    assert dissent(api_of("Babis"), passed).status_code == 409
    assert dissent(api_of("Maria"), passed).status_code in (403, 404)
    assert ASKED in result(client_of("Eleni"), passed)
    assert "Ψήφισα διαφορετικά" not in result(client_of("Nikos"), passed)
    assert dissent(api_of("Eleni"), passed).status_code == 204
    assert "Reasons of those who voted otherwise" in result(client_of("Eleni"), passed)
    with app.app_context():
        text = minutes(api_of("Eleni"), passed, {})
    assert "Reasons of those who voted otherwise Name Reason Eleni Markou" in text


def test_they_are_taken_back_by_an_empty_text(passed, api_of, client_of):
    assert dissent(api_of("Eleni"), passed).status_code == 204
    assert "Roots lift" in result(client_of("Nikos"), passed)
    emptied = client_of("Eleni").put(f"/decisions/{passed['reference']}/dissent", data={"text": ""})
    assert emptied.status_code == 303, emptied.text
    assert "Roots lift" not in result(client_of("Nikos"), passed)
    history = api_of("Eleni").get(f"/api/v1/work-items/{passed['reference']}/history").text
    assert "took back the reasons for voting otherwise" in history


def test_a_week_after_the_close_the_minutes_stand(passed, api_of, client_of, at):
    at(CLOSES + timedelta(days=7))
    assert dissent(api_of("Eleni"), passed).status_code == 204
    at(CLOSES + timedelta(days=7, minutes=1))
    late = dissent(api_of("Eleni"), passed, "")
    assert (late.status_code, late.get_json()["detail"]) == (409, "Reasons could be given until 2 Dec 2026.")
    assert ASKED not in result(client_of("Eleni"), passed)
    assert "Roots lift" in result(client_of("Eleni"), passed)


def test_where_nothing_was_decided_nobody_voted_otherwise(cast, api_of, close):
    made = opened(api_of("Nikos"), cast.PARKS, quorum="two-thirds")
    for name, choice in (("Nikos", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": choice}).status_code == 200
    close()
    assert [dissent(api_of(name), made).status_code for name in ("Nikos", "Eleni")] == [409, 409]


@pytest.mark.parametrize(
    ("preset", "winning", "losing"),
    [
        ("one", lambda made: said(made, 0), lambda made: said(made, 1)),
        ("approve", lambda made: {"options": _of(made, 0)}, lambda made: {"options": _of(made, 2)}),
        ("rank", lambda made: ranks(made, 0, 1), lambda made: ranks(made, 1, 0)),
        ("score", lambda made: _points(made, 5, 1), lambda made: _points(made, 1, 5)),
    ],
)
def test_of_a_ballot_counts_what_one_was_most_for(cast, api_of, close, preset, winning, losing):
    made = opened(api_of("Nikos"), cast.PARKS, preset=preset, options=OPTIONS)
    for name, how in (("Nikos", winning), ("Babis", winning), ("Giorgos", winning), ("Eleni", losing)):
        answer = api_of(name).put(ballot(made), json=how(made))
        assert answer.status_code == 200, answer.get_json()
    close()
    assert [dissent(api_of(name), made).status_code for name in ("Nikos", "Eleni")] == [409, 204]


def _of(made, *places):
    return [made["options"][place]["id"] for place in places]


def _points(made, *points):
    ids = _of(made, 0, 1)
    return {"scores": [{"option": id_, "points": each} for id_, each in zip(ids, points, strict=True)]}


def test_after_a_confidential_vote_it_is_their_own_word_and_only_of_those_who_voted(
    app, cast, api_of, client_of, close
):
    electorate = {"unit": cast.PARKS, "people": [cast.ROADS]}
    made = opened(api_of("Nikos"), cast.PARKS, level="confidential", electorate=electorate, reach="all")
    for name, choice in (("Nikos", "yes"), ("Babis", "yes"), ("Eleni", "yes"), ("Giorgos", "no")):
        assert api_of(name).put(ballot(made), json={"vote": choice}).status_code == 200
    close()
    assert dissent(api_of("Maria"), made).status_code == 409, "she did not vote"
    assert dissent(api_of("Eleni"), made).status_code == 204
    assert "Reasons of those who say that they voted otherwise" in result(client_of("Eleni"), made)
    with app.app_context():
        assert "Reasons of those who say that they voted otherwise" in minutes(api_of("Eleni"), made, {})


@pytest.mark.parametrize("preset", ["one", "approve", "rank", "score", "borda", "runoff"])
def test_where_none_of_these_came_out_its_voters_were_not_outvoted(cast, api_of, close, preset):
    made = opened(api_of("Nikos"), cast.PARKS, preset=preset, options=OPTIONS, none_of_these="None of these")
    for name, place in (("Nikos", -1), ("Eleni", -1), ("Babis", -1), ("Giorgos", 0)):
        chosen = _of(made, place)[0]
        ways = (
            {"option": chosen}, {"options": [chosen]}, {"ranks": [{"option": chosen, "rank": 1}]},
            {"scores": [{"option": chosen, "points": 5}]},
        )  # fmt: skip
        assert 200 in [api_of(name).put(ballot(made), json=way).status_code for way in ways]
    close()
    assert [dissent(api_of(name), made).status_code for name in ("Eleni", "Giorgos")] == [409, 204]


def test_where_nothing_changes_nothing_is_told_of_anybody(passed, api_of):
    assert dissent(api_of("Nikos"), passed, "").status_code == 204
    for _twice in range(2):
        assert dissent(api_of("Eleni"), passed).status_code == 204
    left_out = api_of("Eleni").put(f"/api/v1/decisions/{passed['reference']}/dissent", json={})
    assert left_out.status_code == 422, "what was left out is not an empty text"
    history = api_of("Eleni").get(f"/api/v1/work-items/{passed['reference']}/history").text
    assert "took back" not in history
    assert history.count("reasons for voting otherwise") == 1


def test_the_week_runs_from_the_word_of_the_chair_where_one_broke_a_tie(cast, api_of, close, at):
    made = opened(api_of("Nikos"), cast.PARKS, ties="chair", chair=cast.Nikos)
    for name, choice in (("Nikos", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": choice}).status_code == 200
    close()
    at(CLOSES + timedelta(days=8))
    broken = {"choice": "yes", "reason": "We have waited long enough"}
    assert api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/tie", json=broken).status_code == 200
    assert dissent(api_of("Eleni"), made).status_code == 204
    at(CLOSES + timedelta(days=15, minutes=1))
    assert dissent(api_of("Eleni"), made, "").status_code == 409
