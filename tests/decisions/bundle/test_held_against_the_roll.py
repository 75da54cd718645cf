"""A bundle of an open vote says by name who voted what: the ballots are held against it, and hands and costs too."""

import json
from collections.abc import Callable

import pytest

from collab.decisions.counting import Ballots

from ..test_papers import bundle_of  # noqa: F401 a fixture
from ..voting import NOW, ballot, opened
from .test_bundle import forged, recount

OPTIONS = [{"title": title, "cost": cost} for title, cost in (("Benches", 40), ("Νερό", 30), ("درخت", 50))]
Files = dict[str, str]
KINDS = {
    "simple": lambda _ids: ({"vote": "yes"}, {"vote": "no"}, {"abstain": True}),
    "one": lambda ids: ({"option": ids[0]}, {"option": ids[1]}, {"option": ids[1]}),
    "budget": lambda ids: ({"options": ids[:2]}, {"options": ids[2:]}, {"options": ids[1:]}),
    "rank": lambda ids: (
        {"ranks": [{"option": ids[0], "rank": 1}, {"option": ids[2], "rank": 1}]},
        {"ranks": [{"option": one, "rank": at} for at, one in enumerate(ids, 1)]},
        {"abstain": True},
    ),
    "score": lambda ids: ({"scores": [{"option": ids[0], "points": 7}]}, {"scores": [{"option": ids[1], "points": 9}]}),
    "criteria": lambda ids: ({"sheet": [{"criterion": 2, "option": ids[0], "points": 7}]}, {"abstain": True}),
}
MORE = {
    "budget": {"budget": 80},
    "criteria": {"criteria": [{"name": "Shade"}, {"name": "Price", "worst": 100, "best": 0}]},
}


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def voted(cast, api_of, close, bundle_of):  # noqa: F811
    """The bundle of an open vote of this kind, in which Eleni has three votes and Babis stands aside."""

    def run(kind: str) -> bytes:
        more = MORE.get(kind, {}) | ({} if kind == "simple" else {"options": OPTIONS})
        if kind != "budget" and "options" in more:
            more["options"] = [{"title": one["title"]} for one in OPTIONS]
        made = opened(
            api_of("Nikos"), cast.PARKS, preset=kind, weights=[{"person": cast.Eleni, "weight": 3}], reach="all", **more
        )
        said = KINDS[kind]([one["id"] for one in made["options"]])
        for name, choice in zip(("Eleni", "Giorgos", "Nikos"), said, strict=False):
            answer = api_of(name).put(ballot(made), json=choice)
            assert answer.status_code == 200, answer.get_json()
        aside = api_of("Babis").put(f"/api/v1/decisions/{made['reference']}/recusal", json={"reason": "My street"})
        assert aside.status_code == 204
        close()
        return bundle_of(api_of("Eleni"), made)

    return run


@pytest.mark.parametrize("kind", KINDS)
def test_of_every_form_the_ballots_are_those_of_the_roll(kind: str, voted, tmp_path) -> None:
    code, said = recount(voted(kind), tmp_path)
    assert (code, "byte for byte" in said) == (0, True), said


def other_ballots(files: Files) -> None:
    files["ballots.json"] = Ballots.question(yes=1, no=3, seed=json.loads(files["ballots.json"])["seed"]).to_json()


def another_name(files: Files) -> None:
    roll = json.loads(files["roll.json"])
    next(line for line in roll if line["choice"] == {"vote": "no"})["choice"] = {"vote": "yes"}
    files["roll.json"] = json.dumps(roll)


def what_is_no_number(files: Files) -> None:
    """What was said by name is nothing that this vote could have asked for."""
    roll = json.loads(files["roll.json"])
    option = json.loads(files["opened.json"])["options"][0]["id"]
    line = next(line for line in roll if line["choice"])
    line["choice"] = {"scores": [{"option": option, "points": "seven"}]}
    files["roll.json"] = json.dumps(roll)


def nothing_of_the_form(files: Files) -> None:
    roll = json.loads(files["roll.json"])
    next(line for line in roll if line["choice"])["choice"] = {"scores": {"1": "x"}}
    files["roll.json"] = json.dumps(roll)


@pytest.mark.parametrize("change", [what_is_no_number, nothing_of_the_form])
def test_a_line_of_the_roll_that_cannot_be_counted_differs(change: Callable[[Files], None], voted, tmp_path) -> None:
    code, said = forged(voted("score"), tmp_path, change)
    assert (code, "DIFFERS   the ballots are not those of roll.json" in said) == (1, True), said


def nobody_aside(files: Files) -> None:
    files["electorate.json"] = files["electorate.json"].replace('"recused":1', '"recused":0')


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (other_ballots, "DIFFERS   the ballots are not those of roll.json"),
        (another_name, "DIFFERS   the ballots are not those of roll.json"),
        (nobody_aside, "DIFFERS   the votes of those who stood aside are not those of roll.json"),
    ],
)
def test_ballots_of_others_are_told(change: Callable[[Files], None], told: str, voted, tmp_path) -> None:
    code, said = forged(voted("simple"), tmp_path, change)
    assert (code, told in said) == (1, True), said


def cheaper(files: Files) -> None:
    files["ballots.json"] = files["ballots.json"].replace('"costs":[40,30,50]', '"costs":[40,30,10]')


def test_other_costs_than_those_of_the_opening_are_told(voted, tmp_path) -> None:
    code, said = forged(voted("budget"), tmp_path, cheaper)
    assert (code, "DIFFERS   the costs are not those of the opening" in said) == (1, True), said


@pytest.fixture
def shown(cast, api_of, close, bundle_of):  # noqa: F811
    """The bundle of a show of hands, with these numbers or with none."""

    def run(numbers: dict[str, int] | None) -> bytes:
        made = opened(api_of("Nikos"), cast.PARKS, hands=True, reach="all")
        if numbers:
            answer = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/hands", json=numbers)
            assert answer.status_code == 200, answer.get_json()
        else:
            close()
        return bundle_of(api_of("Eleni"), made)

    return run


def another_number(files: Files) -> None:
    files["hands.json"] = files["hands.json"].replace('"yes":2', '"yes":1')


def test_a_show_of_hands_is_held_against_the_numbers_typed_in(shown, tmp_path) -> None:
    code, said = forged(shown({"yes": 2, "no": 1, "abstained": 0}), tmp_path, another_number)
    assert (code, "DIFFERS   the ballots are not the numbers of hands.json" in said) == (1, True), said


def test_where_nobody_typed_numbers_in_none_are_missed(shown, tmp_path) -> None:
    code, said = recount(shown(None), tmp_path)
    assert (code, "MISSING" in said) == (0, False), said
