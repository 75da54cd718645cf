"""Yes, no and abstentions against every base; quorum and recusal; the chair's vote."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from collab.core.i18n import speaking
from collab.decisions.counting import BadBallots, Ballots, Electorate, Result, Rule, count
from collab.decisions.counting.lot import commitment, draw
from collab.decisions.counting.words import outcome_in_words, rule_in_words

HALL = Electorate(entitled=31, recused=2, present=24)


def voted(yes: int, no: int, abstained: int = 0, *, hall: Electorate = HALL, **card: Any) -> Result:
    return count(Rule(method="yes-no", **card), Ballots.question(yes=yes, no=no, abstained=abstained), hall)


def test_a_simple_majority_counts_yes_against_no_and_abstentions_on_neither_side() -> None:
    result = voted(10, 8)
    assert (result.outcome, result.sums["base"], result.sums["needed"]) == ("decided", 18, 10)
    assert voted(6, 5, 7).outcome == "decided"
    assert voted(9, 9).outcome == "rejected"
    assert voted(0, 0, 18).outcome == "no-valid-votes"


@pytest.mark.parametrize(
    ("base", "needed"),
    [("yes+no", 10), ("cast", 12), ("present", 13), ("entitled", 15)],
)
def test_each_base_asks_for_its_own_number(base: str, needed: int) -> None:
    assert voted(10, 8, 5, base=base, threshold=Fraction(1, 2)).sums["needed"] == needed


def test_two_thirds_may_be_reached_or_must_be_exceeded() -> None:
    assert voted(12, 6, threshold=Fraction(2, 3), strict=False).outcome == "decided"
    assert voted(12, 6, threshold=Fraction(2, 3), strict=True).outcome == "rejected"


def test_the_recused_leave_base_and_quorum_unless_the_rule_keeps_them() -> None:
    half = {"quorum": Fraction(1, 2)}
    assert voted(8, 7, **half).sums["quorum"] == 15
    assert voted(8, 6, **half).outcome == "no-quorum"
    assert voted(8, 7, **half, recused_in_base=True).sums["quorum"] == 16


def test_abstentions_count_towards_the_quorum_only_where_the_rule_says_so() -> None:
    assert voted(8, 2, 5, quorum=Fraction(15)).outcome == "decided"
    assert voted(8, 2, 5, quorum=Fraction(15), quorum_abstentions=False).outcome == "no-quorum"
    assert voted(8, 2, 0, quorum=Fraction(20), quorum_counts="present").outcome == "decided"


def test_the_chair_decides_a_tie_only_where_the_rule_says_so_and_only_once_asked() -> None:
    chaired = Rule(method="show-of-hands", tie_ladder=("chair",))
    waiting = count(chaired, Ballots.question(yes=9, no=9), HALL)
    assert (waiting.outcome, waiting.ties[0].why) == ("tie", "awaits-chair")
    cast = count(chaired, Ballots.question(yes=9, no=9, casting=("yes",)), HALL)
    assert (cast.outcome, cast.ties[0].broken) == ("decided", ("chair",))
    assert outcome_in_words(cast) == "Passed: 9 yes, 9 no.", "ten were not needed"
    assert voted(9, 9).ties[0].between == ("yes", "no")


def test_where_half_is_enough_as_many_yes_as_no_passes_and_no_chair_is_asked() -> None:
    half = Rule(method="yes-no", threshold=Fraction(1, 2), strict=False, tie_ladder=("history", "chair"))
    found = count(half, Ballots.question(yes=9, no=9), HALL)
    assert (found.outcome, found.winners, found.ties[0].open) == ("decided", ("yes",), False)


def test_the_chair_is_named_before_the_vote_only_where_they_may_be_asked_after_it() -> None:
    chaired = Rule(method="yes-no", tie_ladder=("chair",))
    with speaking("en"):
        said = {
            name: any("casting vote" in sentence for sentence in rule_in_words(rule))
            for name, rule in {
                "simple": chaired,
                "absolute": replace(chaired, base="entitled", threshold=Fraction(1, 2)),
                "two-thirds": replace(chaired, threshold=Fraction(2, 3), strict=False),
                "at least half": replace(chaired, threshold=Fraction(1, 2), strict=False),
            }.items()
        }
    assert said == {"simple": True, "absolute": False, "two-thirds": False, "at least half": False}


def test_more_votes_than_people_are_refused() -> None:
    for hall in (Electorate(entitled=19, recused=2), Electorate(entitled=30, present=17)):
        with pytest.raises(BadBallots) as refused:
            voted(10, 8, hall=hall)
        assert refused.value.field == "cast"
    with pytest.raises(BadBallots):
        voted(1, 0, hall=Electorate(), base="entitled", threshold=Fraction(1, 2))


def test_the_lot_is_the_one_of_rfc_3797() -> None:
    """The worked example of the RFC, section 6."""
    drawn = draw("9319./2.5.8.10.12./9.18.26.34.41.45./", [f"{one:02}" for one in range(1, 26)])
    assert drawn[:10] == ("17", "07", "02", "16", "25", "23", "08", "24", "19", "13")


def test_a_tie_for_the_seat_is_drawn_by_the_seed_that_was_committed_to() -> None:
    rule = Rule(method="plurality", seed_digest=commitment("3.11./"))
    votes = {"options": ("Aegina", "Hydra", "Spetses"), "rankings": [("Aegina",), ("Hydra",)]}
    left_open = count(rule, Ballots.ranked(**votes))
    assert (left_open.outcome, left_open.winners, left_open.ties[0].why) == ("tie", (), "awaits-seed")
    drawn = count(rule, Ballots.ranked(**votes, seed="3.11./"))
    assert drawn.ties[0].broken == ("lot",)
    assert drawn.winners == (next(name for name in drawn.lot if name != "Spetses"),)
    with pytest.raises(BadBallots):
        count(rule, Ballots.ranked(**votes, seed="another"))
