"""Ballots taken in: what cannot be is refused with its row, equals stay equal, and a bundle reads itself again."""

from typing import Any

import pytest

from collab.decisions.counting import BadBallots, Ballots

ABC = ("Aegina", "Βόλος", "چابهار")


@pytest.mark.parametrize(
    "rankings",
    [[("Aegina", "Aegina")], [("Nowhere",)], [(3,)], [(-1,)], [((0, 1), 1)], [(None,)], [5], {(0,): -1}, [(0.5,)]],
)
def test_a_ballot_that_cannot_be_is_refused(rankings: Any) -> None:
    with pytest.raises(BadBallots):
        Ballots.ranked(ABC, rankings)


def test_the_refusal_says_which_ballot() -> None:
    with pytest.raises(BadBallots) as refused:
        Ballots.ranked(ABC, [(0, 1), (1, 0), (2, 2)])
    assert refused.value.row == 3


@pytest.mark.parametrize("options", [(), ("",), ("A", "A"), ("A", "\ud800"), ("A\0",), tuple(map(str, range(1001)))])
def test_options_are_some_and_each_has_a_name_of_its_own(options: tuple[str, ...]) -> None:
    with pytest.raises(BadBallots):
        Ballots.ranked(options, [])


def test_names_indices_and_ranks_say_the_same_and_equal_ones_lie_together() -> None:
    named = Ballots.ranked(ABC, [("چابهار", "Aegina"), ("چابهار", "Aegina")])
    assert named == Ballots.ranked(ABC, {(2, 0): 2}) == Ballots.ranks(ABC, [(7, None, 1)] * 2)


def test_equal_ranks_stay_equal() -> None:
    tied = Ballots.ranks(ABC, [(1, 1, 2)])
    assert tied.weak == {((0, 1), (2,)): 1}
    assert tied.below == ((0, 0, 1), (0, 0, 1), (0, 0, 0))


def test_the_unranked_stand_below_all_or_are_no_opinion() -> None:
    short = Ballots.ranked(ABC, {(1,): 3, (0, 2): 2})
    assert short.below == ((0, 2, 2), (3, 0, 3), (0, 2, 0))
    assert short.opinions == ((0, 0, 2), (0, 0, 0), (0, 0, 0))


def test_a_bundle_reads_itself_again() -> None:
    for ballots in (
        Ballots.ranked(ABC, [(0, (1, 2)), (2,), ()], seed="4./", casting=("Aegina",)),
        Ballots.approving(ABC, [(2, 0), (0, 2), ()]),
        Ballots.scored(ABC, [(1, None, 3)], costs=(5, 6, 7)),
        Ballots.question(yes=4, no=3, abstained=2, spoilt=1),
    ):
        again = Ballots.from_json(ballots.to_json())
        assert again == ballots
        assert again.to_json() == ballots.to_json()
    for broken in (
        "",
        "[]",
        "{}",
        '{"options": ["A"], "rankings": [[["A"]]]}',
        '{"options": "A", "yes": -1}',
        '{"options": ["A"], "seed": [3]}',
    ):
        with pytest.raises(BadBallots):
            Ballots.from_json(broken)
