"""What a card settles about the count beyond its method, each by a case worked out by hand, down to the recount."""

import json
from datetime import timedelta
from fractions import Fraction

import pytest

from collab.core.db import db
from collab.decisions.sweeps import sweep_votes

from .bundle.test_bundle import forged, recount
from .test_papers import bundle_of, minutes, names_in  # noqa: F401 a fixture among them
from .voting import CLOSES, NOW, ballot, fields, opened, rule_in

THREE = [{"title": "A"}, {"title": "B"}, {"title": "C"}]


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def ranked(made, order):
    places = {one["title"]: one["id"] for one in made["options"]}
    return {"ranks": [{"option": places[title], "rank": rank} for rank, title in enumerate(order, 1)]}


def heavy(cast, *weights):
    people = zip(("Eleni", "Giorgos", "Babis"), weights, strict=False)
    return [{"person": getattr(cast, name), "weight": weight} for name, weight in people]


def voted(api_of, made, *orders):
    for name, order in zip(("Eleni", "Giorgos", "Babis", "Nikos"), orders, strict=False):
        assert api_of(name).put(ballot(made), json=ranked(made, order)).status_code == 200


@pytest.mark.parametrize(
    ("said", "level", "outcome"),
    [({}, "open", "decided"), ({"abstentions": "apart"}, "open", "no-quorum")],
)
def test_of_four_three_take_part_or_two_as_one_abstains(
    app, cast, api_of, client_of, closed, bundle_of, tmp_path, said, level, outcome  # noqa: F811
):  # fmt: skip
    """More than half of four are three."""
    made = opened(api_of("Nikos"), cast.PARKS, quorum="half", level=level, **said)
    apart = bool(said)
    assert ("Abstaining is not taking part." in rule_in(api_of("Eleni"), made)) == apart
    for name, vote in (("Eleni", "yes"), ("Giorgos", "yes"), ("Babis", "abstain")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
    assert ("Quorum reached" in page, "Quorum: 3 without abstentions" in page) == (not apart, apart), "nothing leaks"
    result = closed(made)
    assert (result["outcome"], result["cast"], result["abstained"]) == (outcome, 3, 1)
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
    assert "Quorum reached" in page or "Quorum: 3 without abstentions" not in page
    said_so = "No quorum: 2 of 4 voted without abstaining, 3 were needed." in client_of("Eleni").get(
        f"/decisions/{made['reference']}?tab=result").text  # fmt: skip
    assert said_so == apart
    with app.app_context():
        paper = minutes(api_of("Nikos"), made, {"language": "en"})
    assert ("3 (not reached)" in paper, "3 (reached)" in paper) == (apart, not apart)
    code, told = recount(bundle_of(api_of("Eleni"), made), tmp_path / "whole")
    assert (code, "byte for byte" in told) == (0, True), told


def test_an_open_vote_is_extended_for_a_quorum_without_abstentions_and_a_confidential_one_never(
    app, at, cast, api_of, bundle_of, tmp_path  # noqa: F811
):  # fmt: skip
    nikos, rule = api_of("Nikos"), {"quorum": "half", "extension": 2, "abstentions": "apart"}
    body = {"title": "Shall we?", "unit": cast.PARKS, "level": "confidential"} | rule
    assert fields(nikos.post("/api/v1/decisions", json=body)) == ["abstentions"]
    made = opened(nikos, cast.PARKS, **rule)
    for name, vote in (("Eleni", "yes"), ("Giorgos", "yes"), ("Babis", "abstain")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    at(CLOSES)
    with app.app_context():
        sweep_votes()
        db.session.remove()
    now = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert (now["stage"], now["closes_on"]) == ("open", "2026-11-27")
    assert api_of("Nikos").put(ballot(made), json={"vote": "no"}).status_code == 200
    at(CLOSES + timedelta(days=2))
    with app.app_context():
        sweep_votes()
        db.session.remove()
    code, told = recount(bundle_of(api_of("Eleni"), made), tmp_path)
    assert (code, "byte for byte" in told) == (0, True), told


def test_who_may_vote_for_others_stands_fast_at_the_opening_and_the_recount_holds_the_roll_against_it(
    cast, api_of, close, bundle_of, tmp_path  # noqa: F811
):  # fmt: skip
    made = opened(api_of("Nikos"), cast.PARKS, proxies=1, chair=cast.Giorgos)
    base = f"/api/v1/decisions/{made['reference']}"
    assert api_of("Eleni").put(f"{base}/proxy", json={"holder": cast.Giorgos}).status_code == 204
    assert api_of("Giorgos").put(f"{base}/proxies/{cast.Eleni}").status_code in (200, 204)
    for said in ({"vote": "yes"}, {"vote": "yes", "principal": cast.Eleni}):
        assert api_of("Giorgos").put(ballot(made), json=said).status_code == 200
    assert api_of("Babis").put(ballot(made), json={"vote": "no"}).status_code == 200
    close()
    data = bundle_of(api_of("Babis"), made)
    stood = json.loads(names_in(data)["opened.json"])
    assert (stood["for_others"], stood["chair"]) == ({"substitutes": "nobody", "proxies": 1}, cast.Giorgos)
    code, told = recount(data, tmp_path / "whole")
    assert (code, "byte for byte" in told) == (0, True), told

    def another_voter(files):
        roll = json.loads(files["roll.json"])
        next(line for line in roll if line["person"] == cast.Babis)["cast_by_id"] = cast.Giorgos
        files["roll.json"] = json.dumps(roll)

    (tmp_path / "forged").mkdir()
    code, told = forged(data, tmp_path / "forged", another_voter)
    assert (code, "somebody who was not allowed to voted for" in told) == (1, True), told


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"preset": "absolute"}, "decided"),
        ({"preset": "absolute", "recused": "count"}, "rejected"),
        ({"quorum": "half"}, "decided"),
        ({"quorum": "half", "recused": "count"}, "no-quorum"),
    ],
)
def test_two_of_four_stand_aside_and_stay_in_the_base_or_leave_it(
    app, cast, api_of, client_of, closed, bundle_of, tmp_path, said, outcome  # noqa: F811
):  # fmt: skip
    """Two yes of two are more than half; of four three are asked for."""
    made = opened(api_of("Nikos"), cast.PARKS, **said)
    for name in ("Babis", "Giorgos"):
        path = f"/api/v1/decisions/{made['reference']}/recusal"
        assert api_of(name).put(path, json={"reason": "My garden"}).status_code == 204
    words, stay = rule_in(api_of("Eleni"), made), "recused" in said
    assert ("The recused count among the entitled." in words) == stay
    assert ("The recused do not count among the entitled." in words) != stay
    if "quorum" in said:
        assert f"quorum {3 if stay else 2} of {4 if stay else 2}" in words
        page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
        assert f"Quorum: {3 if stay else 2}" in page
    for name in ("Eleni", "Nikos"):
        assert api_of(name).put(ballot(made), json={"vote": "yes"}).status_code == 200
    assert closed(made)["outcome"] == outcome
    code, told = recount(bundle_of(api_of("Eleni"), made), tmp_path / "whole")
    assert (code, "byte for byte" in told) == (0, True), told
    with app.app_context():
        paper = minutes(api_of("Nikos"), made, {"language": "en"})
    if "quorum" in said:
        assert ("3 (not reached)" if stay else "2 (reached)") in paper


@pytest.mark.parametrize(
    ("votes", "borda", "winner"),
    [
        ((5, 4), "average", "B"), ((5, 4), "zero", "A"), ((5, 4), "modified", "B"),
        ((6, 4), "average", "A"), ((6, 4), "modified", "B"),
    ],
)  # fmt: skip
def test_points_by_place_of_ballots_that_leave_options_out(
    cast, api_of, closed, bundle_of, tmp_path, votes, borda, winner  # noqa: F811
):  # fmt: skip
    """Some say A alone, others B before C. Sharing the rest, A has 2 from each of the first and B a half; B has 2 of
    the others: 10 to 10½ with five and four, 12 to 11 with six and four. Of nothing for the rest, 10 to 8. Where one
    ranked counts 1 and the first of two 2: 5 to 8, and 6 to 8."""
    made = opened(api_of("Nikos"), cast.PARKS, preset="borda", borda=borda, options=THREE, weights=heavy(cast, *votes))
    voted(api_of, made, "A", "BC")
    said = {
        "average": "Options left out stand below all others, equal to each other.",
        "zero": "Options left out get no points.", "modified": "those left out get none.",
    }  # fmt: skip
    assert said[borda] in rule_in(api_of("Eleni"), made)
    assert closed(made)["winners"] == [winner]
    code, told = recount(bundle_of(api_of("Eleni"), made), tmp_path / "whole")
    assert (code, "byte for byte" in told) == (0, True), told


@pytest.mark.parametrize(("second", "winner"), [("none", None), ("plurality", "A"), ("borda", "B")])
def test_a_second_way_to_count_is_asked_on_a_tie(
    cast, api_of, client_of, closed, bundle_of, tmp_path, second, winner  # noqa: F811
):  # fmt: skip
    """A is level with B and with C, and B beats C: A and B tie. A has two first places and B one; points by place
    are 4 for A, 1 + 1 + 2 + 1 = 5 for B."""
    made = opened(api_of("Nikos"), cast.PARKS, preset="rank", second=second, options=THREE)
    voted(api_of, made, "ABC", "ABC", "BCA", "CBA")
    result = closed(made)
    if winner is None:
        assert (result["outcome"], result["tied"]) == ("tie", ["A", "B"])
        return
    name = {"plurality": "who has more first places", "borda": "Borda points"}[second]
    assert f"A tie is settled by: {name}. What that does not settle is left open." in rule_in(api_of("Eleni"), made)
    assert (result["outcome"], result["winners"]) == ("decided", [winner])
    assert result["count"]["ties"][0]["broken"] == ["second"]
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert "another method" in page or name in page
    code, told = recount(bundle_of(api_of("Eleni"), made), tmp_path / "whole")
    assert (code, "byte for byte" in told) == (0, True), told


@pytest.mark.parametrize(
    ("said", "method", "quota", "winners", "lost"),
    [
        ({}, "scottish-stv", "4", ["A", "B"], 0),
        ({"quota": "hare"}, "stv", "11/2", ["A", "C"], 0),
        ({"quota": "exact-droop", "fractions": True}, "stv", "11/3", ["A", "B"], 0),
        ({"decimals": 0}, "stv", "4", ["A", "C"], 4),
        ({"fractions": True, "surplus": "first-elected"}, "stv", "4", ["A", "B"], 0),
    ],
)
def test_quota_and_decimals_of_two_places(
    cast, api_of, closed, bundle_of, tmp_path, said, method, quota, winners, lost  # noqa: F811
):  # fmt: skip
    """Eight say A before B, three say C. Droop: ⌊11/3⌋ + 1 = 4, so each of A's papers goes on to B at a half and B has
    4. Hare: 5½, the surplus is 2½, less than C's 3, and B goes out. Without decimals a half is cut to nothing."""
    draft = {"preset": "seats", "seats": 2, "options": THREE, "weights": heavy(cast, 8, 3)}
    made = opened(api_of("Nikos"), cast.PARKS, **draft, **said)
    voted(api_of, made, "AB", "C")
    result = closed(made)
    count = result["count"]
    assert (count["method"], str(count["quota"]), result["winners"]) == (method, quota, winners)
    assert Fraction(str(count["rounds"][1]["lost"])) == lost
    code, told = recount(bundle_of(api_of("Eleni"), made), tmp_path / "whole")
    assert (code, "byte for byte" in told) == (0, True), told


def test_what_was_said_comes_back_from_the_api_and_stands_in_the_form(cast, api_of, client_of):
    nikos, page = api_of("Nikos"), client_of("Nikos")
    said = {
        "title": "Whom?", "unit": cast.PARKS, "preset": "seats", "seats": 2, "quota": "hare", "decimals": 3,
        "surplus": "first-elected", "quorum": "third", "abstentions": "apart", "recused": "count",
    }  # fmt: skip
    made = nikos.post("/api/v1/decisions", json=said).get_json()
    whole = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    assert {name: whole[name] for name in said} == said
    form = page.get(f"/decisions/{made['reference']}/editing").text
    for value in ("hare", "first-elected", "apart"):
        assert f'value="{value}" selected' in form
    typed = {
        "title": "Whom?", "preset": "seats", "seats": "2", "fractions": "on", "quorum": "none",
        "abstentions": "apart", "recused": "count", "second": "none", "version": str(whole["version"]),
    }  # fmt: skip
    assert page.put(f"/decisions/{made['reference']}", data=typed).status_code in (200, 204, 303)
    whole = nikos.get(f"/api/v1/decisions/{made['reference']}").get_json()
    told = ("quota", "decimals", "fractions", "abstentions", "recused")
    assert [whole[name] for name in told] == ["droop", 5, True, "count", "apart"], "without a quorum nothing is asked"
    assert whole["rule"]["method"] == "stv"
    assert 'name="fractions" value="on" checked' in page.get(f"/decisions/{made['reference']}/editing").text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"abstentions": "apart"}, "abstentions"),
        ({"recused": "count"}, "recused"),
        ({"preset": "borda", "second": "borda"}, "second"),
        ({"preset": "seats", "fractions": True, "decimals": 2}, "decimals"),
        ({"preset": "seats", "decimals": 13}, "decimals"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(cast, api_of, said, field):
    answer = api_of("Nikos").post("/api/v1/decisions", json={"title": "Whom?", "unit": cast.PARKS} | said)
    assert (answer.status_code, fields(answer)) == (422, [field])
