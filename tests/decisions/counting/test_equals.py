"""Equals on a ballot share it; however many there are, a count ends."""

from fractions import Fraction

import pytest

from collab.decisions.counting import Ballots, Rule, count

OPTIONS = tuple(f"Option {at:02}" for at in range(24))


@pytest.mark.parametrize("method", ["irv", "stv"])
def test_two_dozen_equals_behind_every_first_choice_are_counted(method: str) -> None:
    """Shares that come back on many ways are laid together; kept apart they would be millions after a few rounds."""
    ballots = {(first, tuple(one for one in OPTIONS if one != first)): 3 + at for at, first in enumerate(OPTIONS)}
    result = count(Rule(method=method), Ballots.ranked(OPTIONS, ballots, seed="1"))
    assert result.winners == (OPTIONS[-1],)
    for each in result.rounds:
        assert sum(Fraction(votes) for _name, votes in each.votes) + each.exhausted == sum(ballots.values())


def test_a_tie_for_going_out_that_changes_nothing_does_not_stop_a_run_off() -> None:
    """As in Newcastle, 2019: the two last are equal from the start, and the leader wins whoever of them goes first."""
    ballots = {("A",): 40, ("B",): 20, ("C", "A"): 7, ("D", "A"): 7, ("E", "D"): 12}
    result = count(Rule(method="irv"), Ballots.ranked("ABCDE", ballots))
    assert (result.outcome, result.winners) == ("decided", ("A",))
    assert result.ties[0].why == "same-either-way"
    matters = {("A",): 6, ("B", "C"): 5, ("C", "B"): 5}
    assert count(Rule(method="irv"), Ballots.ranked("ABC", matters)).outcome == "tie"
