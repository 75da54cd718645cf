"""A card of version 1 is counted as it was in its day, faults too: who holds its result finds the same again."""

from typing import Any

import pytest

from collab.decisions.counting import Ballots, Result, Rule, Tie, count

OPEN: dict[str, Any] = {"tie_ladder": ("history",), "elimination_ties": ("history",)}


def both(ballots: Ballots, **card: Any) -> tuple[Result, Result]:
    """By a card of then, and by one of today."""
    then, now = (count(Rule(**OPEN | card, version=version), ballots) for version in (1, 2))
    return then, now


def exclusions(result: Result) -> list[tuple[tuple[str, ...], str, bool]]:
    return [(tie.between, tie.why, tie.open) for tie in result.ties if tie.step == "exclusion"]


@pytest.mark.parametrize(("names", "winner"), [("ABXYZ", "X"), ("BAXYZ", "Y")])
def test_the_rounds_between_equals_who_both_go_out_tell_nobody_apart(names: str, winner: str) -> None:
    """A's paper goes to X and B's to Y: in the round between, X or Y is ahead by who of A and B was called first."""
    a, b, x, y, z = names
    ballots = Ballots.ranked(tuple(names), {(a, x): 1, (b, y): 1, (x, y): 3, (y, x): 3, (z,): 5})
    then, now = both(ballots, method="irv")
    assert (then.outcome, then.winners) == ("decided", (winner,))
    assert (now.outcome, now.winners) == ("tie", ())
    assert exclusions(now) == [((a, b), "same-either-way", False), ((x, y), "", True)]
    assert now.order == (("Z",), ("X", "Y"), tuple(sorted("AB", key=names.index)))
    asked = count(
        Rule(method="irv", elimination_ties=("history", "chair")),
        Ballots.ranked(ballots.options, ballots.strict, casting=("Y",)),
    )
    assert asked.winners == ("Y",)


def test_equals_who_go_out_stand_beside_each_other_where_a_run_off_is_asked_second() -> None:
    """A and B have one vote each and are equal in everything but their names."""
    ballots = Ballots.ranked("ABC", {("C", "A", "B"): 3, ("C", "B", "A"): 3, ("A", "C"): 1, ("B", "C"): 1})
    then, now = both(ballots, method="irv")
    assert then.order == now.order == (("C",), ("A", "B")), "more than half at once: nobody went out"
    ballots = Ballots.ranked("ABCD", {("C", "D"): 4, ("D", "C"): 4, ("A", "C"): 1, ("B", "C"): 1})
    then, now = both(ballots, method="irv")
    assert (then.winners, then.order[-2:]) == (("C",), (("B",), ("A",)))
    assert (now.winners, now.order) == (("C",), (("C",), ("D",), ("A", "B")))
    card = {"method": "plurality", "seats": 3, "tie_ladder": ("history", "second"), "second": "irv"}
    then, now = both(ballots, **card)
    assert (then.outcome, then.winners[-1]) == ("decided", "B"), "the alphabet gave the last seat"
    assert (now.outcome, now.ties[0].order) == ("tie", (("A", "B"),))


def test_every_way_from_a_tie_is_followed_once() -> None:
    """Four times two are equal, and W wins whoever goes; each tie on the way is one of those already followed."""
    pairs = {(f"{one}{n}",): 100 + n for n in range(4) for one in "AB"}
    ballots = Ballots.ranked(("W", *(name for (name,) in pairs)), {("W",): 120, **pairs})
    then, now = both(ballots, method="irv")
    assert (then.outcome, now.outcome, now.winners) == ("tie", "decided", ("W",))
    assert [tie.why for tie in now.ties] == ["same-either-way"] * 4
    assert now.order == (("W",), tuple(name for name in now.options if name != "W")), "in which order, nobody chose"


@pytest.mark.parametrize(
    ("card", "then_elected", "now_elected", "quotas"),
    [
        ({"quota": "hare", "seats": 4}, "abcde", "", (2, 3)),
        ({"quota": "exact-droop", "seats": 4}, "", "", (2, 3)),
    ],
)
def test_a_quota_is_rounded_up_so_that_no_more_reach_it_than_there_are_seats(
    card: dict[str, Any], then_elected: str, now_elected: str, quotas: tuple[int, int]
) -> None:
    ballots = Ballots.ranked("abcdef", {(name,): n for name, n in zip("abcdef", (2, 2, 2, 2, 2, 1), strict=True)})
    then, now = both(ballots, method="stv", decimals=0, **card)
    assert ("".join(then.winners), "".join(now.winners)) == (then_elected, now_elected)
    assert (then.quota, now.quota) == quotas


FIRST = {
    (0, 4, 1, 2, 3): 1, (2, 1, 0, 3, 4): 1, (1, 0, 3, 2): 1, (3,): 1, (4, 2, 1): 1, (4, 3): 1,
    (2, 1, 0, 4, 3): 1, (3, 4): 1, (1,): 2, (4, 3, 2): 1, (0,): 1,
}  # fmt: skip


def test_whose_surplus_goes_first_of_two_who_reach_the_quota_together_is_no_question_of_names() -> None:
    card = {"method": "stv", "seats": 4, "quota": "exact-droop", "surplus_order": "first-elected"}
    elected = set()
    for names in (("A", "B", "C", "D", "E"), ("A", "Z", "C", "D", "B")):
        ballots = Ballots.ranked(names, {tuple(names[one] for one in row): n for row, n in FIRST.items()})
        then, now = both(ballots, **card)
        elected.add(frozenset(names.index(name) for name in then.winners))
        assert (now.outcome, set(now.winners)) == ("tie", {names[1], names[4]})
        (tie,) = now.ties
        assert (set(tie.between), tie.step, tie.open) == ({names[1], names[4]}, "surplus", True)
        asked = Rule(**card, elimination_ties=("history", "chair"))
        said = count(asked, Ballots.ranked(names, ballots.strict, casting=(names[4],)))
        assert said.ties[0] == Tie(tie.between, "surplus", 2, ("chair",), ((names[4],), (names[1],)))
        assert said.rounds[1].of == (names[4],)
    assert len(elected) == 2, "by a card of version 1 their names decided"
