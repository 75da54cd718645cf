"""What a card says of victories, of equal ones and of surpluses elects another: each a case worked out by hand."""

import pytest

from collab.decisions.counting import BadRule, Ballots, Rule, count

from .test_counted_so import heavy, voted
from .voting import NOW, opened


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def options(letters):
    return [{"title": letter} for letter in letters]


@pytest.mark.parametrize("preset", ["rank", "pairs"])
@pytest.mark.parametrize(("strength", "winner"), [("winning-votes", "A"), ("margins", "C")])
def test_a_circle_breaks_at_the_fewest_votes_or_at_the_smallest_lead(cast, api_of, closed, preset, strength, winner):
    """Three say B, four C before A, two A before B before C: A beats B with 6 to 3, B beats C with 5 to 4, C beats A
    with 4 to 2. The fewest votes are those of C, the smallest lead is that of B."""
    said = {"preset": preset, "strength": strength, "options": options("ABC"), "weights": heavy(cast, 4, 3, 2)}
    made = opened(api_of("Nikos"), cast.PARKS, **said)
    voted(api_of, made, "CA", "B", "ABC")
    result = closed(made)
    assert (result["outcome"], result["winners"]) == ("decided", [winner])


@pytest.mark.parametrize(("pair_ties", "outcome"), [("together", []), ("opposition", ["C"])])
def test_of_equally_strong_victories_the_one_with_fewer_against_it_stands_first(
    cast, api_of, closed, pair_ties, outcome
):
    """C beats A with 5 to 2, A beats B with 4 to 2, B beats C with 4 to 3. Locked in together the last two would close
    a circle; by the votes against them A stands before B, and B no more before C."""
    said = {"preset": "pairs", "pair_ties": pair_ties, "options": options("ABC"), "weights": heavy(cast, 2, 2, 2)}
    made = opened(api_of("Nikos"), cast.PARKS, **said)
    voted(api_of, made, "CA", "AB", "BCA", "C")
    assert closed(made)["winners"] == outcome


@pytest.mark.parametrize(("pair_ties", "outcome"), [("together", ()), ("opposition", ("C",))])
def test_a_path_is_as_strong_as_its_weakest_victory_and_the_votes_against_it(pair_ties, outcome):
    """A beats B with 5 to 2, B beats C with 4 to 3, C beats A with 4 to 2: the path from A to C is as strong as the
    victory of C, but for the three against it."""
    ballots = Ballots.ranked("ABC", {("B",): 1, ("C", "A", "B"): 3, ("A", "B"): 2, ("B", "C", "A"): 1})
    assert count(Rule(method="schulze", pair_ties=pair_ties, tie_ladder=()), ballots).winners == outcome


@pytest.mark.parametrize(("surplus", "last"), [("largest", "B"), ("first-elected", "A")])
def test_the_surplus_that_goes_first_decides_who_gets_the_last_place(cast, api_of, closed, surplus, last):
    """Four places of five; ten say C, D, B, five E, D, C, A, one A: 4 are needed. Of C's 10 go 6 on to D, so D has 2
    over, and E 1 since the start. Either way A and B end with 2 each, and whoever had less a stage before goes out:
    if the 2 go first, B has 2 while A still has 1; if the 1 goes first, A has 2 while B has none."""
    said = {"preset": "seats", "seats": 4, "fractions": True, "surplus": surplus, "options": options("ABCDE")}
    made = opened(api_of("Nikos"), cast.PARKS, **said, weights=heavy(cast, 10, 5))
    voted(api_of, made, "CDB", "EDCA", "A")
    result = closed(made)
    assert result["winners"] == ["C", "E", "D", last]


def test_a_card_of_a_version_that_nobody_knows_is_refused_and_one_without_is_of_the_newest():
    card = {"method": "irv"}
    assert Rule.from_json(card) == Rule.from_json(card | {"version": 2})
    assert Rule.from_json(card | {"version": 1}).as_json()["version"] == 1
    for version in (0, 3, 10):
        with pytest.raises(BadRule) as refused:
            Rule.from_json(card | {"version": version})
        assert refused.value.field == "version"
