"""Yes, no and abstentions against every base; quorum and recusal; the chair's vote."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from collab.core.i18n import speaking
from collab.decisions.counting import BadBallots, Ballots, Electorate, Result, Rule, count
from collab.decisions.counting.lot import commitment, draw
from collab.decisions.counting.methods.yes_no import chair_may_settle
from collab.decisions.counting.words import outcome_in_words, rule_in_words, tie_in_words

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
    assert said == {"simple": True, "absolute": True, "two-thirds": False, "at least half": False}
    with speaking("en"):
        absolute = replace(chaired, base="entitled", threshold=Fraction(1, 2))
        assert "As many yes as no, and one yes short of the majority: the chair's casting vote decides." in (
            rule_in_words(absolute)
        )
        assert not any("casting vote" in one for one in rule_in_words(replace(absolute, version=1)))


@pytest.mark.parametrize("base", ["cast", "present", "entitled"])
def test_five_to_five_of_ten_comes_to_the_chair_whatever_the_majority_is_of(base: str) -> None:
    ten = Electorate(entitled=10, present=10)
    card = {"base": base, "threshold": Fraction(1, 2), "tie_ladder": ("history", "chair")}
    waiting = voted(5, 5, hall=ten, **card)
    assert (waiting.outcome, waiting.ties[0].why) == ("tie", "awaits-chair")
    for word, outcome in (("yes", "decided"), ("no", "rejected")):
        rule, said = Rule(method="yes-no", **card), Ballots.question(yes=5, no=5, casting=(word,))
        found = count(rule, said, ten)
        assert (found.outcome, found.ties[0].broken) == (outcome, ("chair",))
    far = voted(4, 4, 2, hall=ten, **card)
    assert (far.outcome, far.ties[0].open, far.ties[0].why) == ("rejected", False, "beyond-chair")
    with speaking("en"):
        assert "could not make it pass" in tie_in_words(far.ties[0])[-1]
    before = voted(5, 5, hall=ten, version=1, **card)
    assert (before.outcome, before.ties) == ("rejected", ()), "a card of its day is counted as it was then"
    alone = voted(5, 5, hall=ten, base=base, threshold=Fraction(1, 2))
    assert (alone.outcome, alone.ties[0].between) == ("rejected", ("yes", "no")), "a tie is told of all the same"


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("base", ["yes+no", "cast", "present", "entitled"])
@pytest.mark.parametrize("threshold", [Fraction(1, 2), Fraction(3, 5), Fraction(2, 3)])
def test_the_chair_is_asked_exactly_where_one_more_yes_passes_what_is_even(
    base: str, threshold: Fraction, strict: bool
) -> None:
    card: dict[str, Any] = {"base": base, "threshold": threshold, "strict": strict, "tie_ladder": ("chair",)}
    asked = False
    for yes, abstained, present, absent in product(range(1, 5), range(4), range(3), range(3)):
        here = 2 * yes + abstained + present
        found = voted(yes, yes, abstained, hall=Electorate(entitled=here + absent, present=here), **card)
        # One voter fewer against, and the chair's one for, leave every base as it is.
        enough = threshold == Fraction(1, 2) and yes + 1 >= found.sums["needed"] > yes
        assert (found.outcome == "tie") is enough, (yes, abstained, present, absent)
        asked = asked or enough
    assert asked is chair_may_settle(Rule(method="yes-no", **card))


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
