"""Some have more than one vote: in every count a vote of weight three is three equal ballots."""

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.db import db
from collab.decisions.counted import ballots_from
from collab.decisions.presets import PRESETS, card_of
from collab.decisions.sweeps import sweep_votes
from collab.decisions.weights import repeated

from .bundle.test_bundle import recount
from .test_papers import bundle_of  # noqa: F401 a fixture
from .voting import CLOSES, NOW, ballot, drafted, fields, opened


@pytest.fixture
def heavy(at, cast, api_of):
    """An open vote of PARKS in which Eleni has three votes and Giorgos two."""
    at(NOW)
    weights = [{"person": cast.Eleni, "weight": 3}, {"person": cast.Giorgos, "weight": 2}]
    return opened(api_of("Nikos"), cast.PARKS, weights=weights, quorum="half")


@pytest.fixture
def closed(app, at):
    def run(made):
        at(CLOSES)
        with app.app_context():
            sweep_votes()
            db.session.remove()
        return made["reference"]

    return run


def test_three_votes_of_one_outweigh_two_of_others(heavy, closed, cast, api_of, client_of):
    nikos = api_of("Nikos")
    address = f"/api/v1/decisions/{heavy['reference']}"
    people = nikos.get(f"{address}/electorate").get_json()["items"]
    assert {one["person"]: one["weight"] for one in people}[cast.Eleni] == 3
    able = heavy["turnout"]["entitled"]
    assert able == sum(one["weight"] for one in people if one["left_out"] is None)
    assert "You have 3 votes here." in client_of("Eleni").get(f"/decisions/{heavy['reference']}").text
    for name, vote in (("Eleni", "yes"), ("Nikos", "no"), ("Babis", "no")):
        assert api_of(name).put(ballot(heavy), json={"vote": vote}).status_code == 200
    assert nikos.get(address).get_json()["turnout"]["cast"] == 5, "votes, not people"
    closed(heavy)
    found = nikos.get(address).get_json()
    assert (found["result"]["winners"], found["result"]["cast"], found["result"]["entitled"]) == (["yes"], 5, able)
    page = client_of("Eleni").get(f"/decisions/{heavy['reference']}").text
    assert "(3 votes)" in page
    assert "2 people have more than one vote. Votes are counted, not people." in page


def test_the_bundle_says_the_weights_and_counts_the_same(heavy, closed, cast, bundle_of, tmp_path, api_of):  # noqa: F811
    for name, vote in (("Eleni", "yes"), ("Nikos", "no")):
        api_of(name).put(ballot(heavy), json={"vote": vote})
    closed(heavy)
    data = bundle_of(api_of("Nikos"), heavy)
    code, told = recount(data, tmp_path / "whole")
    assert code == 0, told
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        names = ("roll.json", "ballots.json", "opened.json", "rule.json")
        files = {name: json.loads(held.read(name)) for name in names}
    assert files["rule.json"]["weighted"] is True
    assert {one["person"]: one.get("weight", 1) for one in files["roll.json"]}[cast.Eleni] == 3
    assert (files["ballots.json"]["yes"], files["ballots.json"]["no"]) == (3, 1)
    assert files["opened.json"]["rule"]["weights"][0]["weight"] in (2, 3), "hashed with the rule at opening"


def test_a_tie_is_broken_over_the_same_votes(at, cast, api_of, closed):
    """Two votes of one against two people: even; the chair's word decides over weighed ballots."""
    at(NOW)
    made = opened(
        api_of("Nikos"), cast.PARKS, weights=[{"person": cast.Eleni, "weight": 2}], ties="chair", chair=cast.Nikos
    )
    for name, vote in (("Eleni", "yes"), ("Giorgos", "no"), ("Babis", "no")):
        api_of(name).put(ballot(made), json={"vote": vote})
    closed(made)
    address = f"/api/v1/decisions/{made['reference']}"
    assert api_of("Nikos").get(address).get_json()["result"]["tied"], "even"
    answer = api_of("Nikos").put(f"{address}/tie", json={"choice": "yes", "reason": "Trees grow"})
    assert answer.status_code == 200, answer.get_json()
    found = answer.get_json()["result"]
    assert (found["winners"], found["cast"]) == (["yes"], 4)


def test_the_form_keeps_who_has_more_than_one_vote(at, cast, client_of, api_of):
    at(NOW)
    sent = {
        "title": "Shall we?", "unit": str(cast.PARKS), "preset": "simple", "closes_on": "2026-11-25",
        "weighed_person[]": [str(cast.Eleni), "", ""], "weighed_name[]": ["Eleni Markou", "", ""],
        "weighed_weight[]": ["3", "", ""],
    }  # fmt: skip
    answer = client_of("Nikos").post("/decisions", data=sent)
    assert answer.status_code == 303, answer.text
    reference = answer.headers["Location"].split("/")[-1].split("?")[0]
    made = api_of("Nikos").get(f"/api/v1/decisions/{reference}").get_json()
    assert made["weights"] == [{"person": cast.Eleni, "weight": 3}]
    page = client_of("Nikos").get(f"/decisions/{reference}/editing").text
    assert f'name="weighed_person[]" value="{cast.Eleni}"' in page
    assert "1 person has more than one vote" in client_of("Eleni").get(f"/decisions/{reference}?tab=question").text


def test_a_name_that_was_not_chosen_and_a_number_alone_are_said_at_the_field(at, cast, client_of):
    at(NOW)
    for person, name, weight in (("", "Somebody", "3"), (str(cast.Eleni), "", "0"), ("", "", "2")):
        sent = {"title": "Shall we?", "unit": str(cast.PARKS), "preset": "simple", "closes_on": "2026-11-25",
                "weighed_person[]": [person], "weighed_name[]": [name], "weighed_weight[]": [weight]}  # fmt: skip
        answer = client_of("Nikos").post("/decisions", data=sent)
        assert answer.status_code == 422
        assert 'id="f-weights-error"' in answer.text


@pytest.mark.parametrize(
    ("weights", "more"),
    [
        ([("Eleni", 0)], {}),
        ([("Eleni", 1001)], {}),
        ([("Eleni", 10**30)], {}),
        ([("Eleni", "three")], {}),
        ([("Eleni", 2), ("Eleni", 3)], {}),
        ([("Eleni", 2)], {"level": "confidential"}),
        ([("Eleni", 2)], {"preset": "consent"}),
    ],
)
def test_what_nobody_can_have_is_refused(at, cast, api_of, weights, more):
    at(NOW)
    body = {"title": "Shall we?", "unit": cast.PARKS, "closes_on": "2026-11-25"} | more
    body["weights"] = [{"person": getattr(cast, name), "weight": weight} for name, weight in weights]
    answer = api_of("Nikos").post("/api/v1/decisions", json=body)
    assert answer.status_code == 422, answer.get_json()
    assert all(field.startswith("weights") for field in fields(answer)), fields(answer)


def test_whoever_has_more_than_one_vote_must_be_entitled(at, cast, api_of):
    at(NOW)
    made = drafted(api_of("Nikos"), cast.PARKS, weights=[{"person": cast.Dimitra, "weight": 2}])
    answer = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/opening")
    assert answer.status_code == 422
    assert fields(answer) == ["weights"]


FORMS = {
    "simple": {"vote": st.sampled_from(["yes", "no"])},
    "rank": {"ranks": st.dictionaries(st.sampled_from(["1", "2", "3"]), st.integers(1, 3), min_size=1)},
    "score": {"scores": st.dictionaries(st.sampled_from(["1", "2", "3"]), st.integers(0, 10), min_size=1)},
    "approve": {"options": st.lists(st.sampled_from([1, 2, 3]), unique=True, min_size=1)},
}


@given(
    st.sampled_from(sorted(FORMS)).flatmap(
        lambda code: st.tuples(
            st.just(code), st.lists(st.tuples(st.fixed_dictionaries(FORMS[code]), st.integers(1, 4)), min_size=1)
        )
    )
)
def test_a_vote_of_weight_n_is_n_ballots(said):
    """The law: weighed ballots are, to the counting, as many equal ones, in whatever order they come."""
    code, cast_ = said
    card = card_of(PRESETS[code], "none", "open", 1)
    options = {} if code == "simple" else {1: "Elm", 2: "Lime", 3: "Oak"}
    each = [choice for choice, weight in cast_ for _one in range(weight)]
    weighed = ballots_from(card, options, repeated(reversed(cast_)))
    assert weighed.to_json() == ballots_from(card, options, each).to_json()
    assert weighed.cast == sum(weight for _choice, weight in cast_)
