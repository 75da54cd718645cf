"""How firm a result is: other rules, votes short of a change, weights that turn it."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from collab.decisions.counting import Ballots, Criterion, Electorate, Rule, count
from collab.decisions.counting.firmness import Firmness, firmness
from collab.decisions.counting.words.firm import firmness_in_words

TENNESSEE = {tuple("MNCK"): 42, tuple("NCKM"): 26, tuple("CKNM"): 15, tuple("KCNM"): 17}


def firm(ballots: Ballots, **card: Any) -> Firmness:
    return firmness(Rule(**card), ballots)


def test_it_says_which_other_rules_would_have_chosen_another() -> None:
    found = firm(Ballots.ranked("CKMN", TENNESSEE), method="schulze")
    assert {one.method: (one.winners, one.same) for one in found.others} == {
        "plurality": (("M",), False),
        "irv": (("K",), False),
        "borda": (("N",), True),
        "copeland": (("N",), True),
        "ranked-pairs": (("N",), True),
    }


def test_votes_short_of_a_change_are_what_the_count_itself_says() -> None:
    for yes, no in ((10, 8), (8, 10), (12, 6), (9, 9)):
        for threshold, strict in ((Fraction(1, 2), True), (Fraction(2, 3), False)):
            rule = Rule(method="yes-no", threshold=threshold, strict=strict, tie_ladder=())
            before = count(rule, Ballots.question(yes=yes, no=no)).winners
            found = firmness(rule, Ballots.question(yes=yes, no=no)).short
            assert found is not None
            step = found.votes if before == ("no",) else -found.votes
            assert count(rule, Ballots.question(yes=yes + step, no=no - step)).winners != before
            step -= 1 if step > 0 else -1
            assert count(rule, Ballots.question(yes=yes + step, no=no - step)).winners == before


@pytest.mark.parametrize("base", ["yes+no", "cast", "present", "entitled"])
@pytest.mark.parametrize("ladder", [(), ("chair",)])
@pytest.mark.parametrize("word", ["yes", "no"])
def test_a_question_hung_on_as_many_votes_as_turn_it(base: str, ladder: tuple[str, ...], word: str) -> None:
    said = 0
    for yes, no, abstained, away in product(range(6), range(6), range(3), range(3)):
        if not yes + no:
            continue
        here = yes + no + abstained
        people = Electorate(entitled=here + away, present=here + (away > 1))
        rule = Rule(method="yes-no", base=base, threshold=Fraction(1, 2), tie_ladder=ladder)

        def outcome(turned: int, casting: tuple[str, ...] = (), told: Any = (yes, no, abstained, people, rule)) -> str:
            for_, against, apart, among, card = told
            votes = Ballots.question(yes=for_ + turned, no=against - turned, abstained=apart, casting=casting)
            return count(card, votes, among).outcome

        casting = (word,) if outcome(0) == "tie" else ()
        now = outcome(0, casting)
        ballots = Ballots.question(yes=yes, no=no, abstained=abstained, casting=casting)
        found = firmness(rule, ballots, people).short
        way = range(1, no + 1) if now == "rejected" else range(-1, -yes - 1, -1)
        least = next((abs(turned) for turned in way if outcome(turned) != now), None)
        assert (found.votes if found else None) == least, (yes, no, abstained, away)
        said += found is not None
    assert said


def test_a_winner_of_duels_is_safe_until_its_closest_one_is_drawn() -> None:
    found = firm(Ballots.ranked("CKMN", TENNESSEE), method="schulze").short
    assert found is not None
    # Nashville beats Memphis by 58 to 42.
    assert (found.votes, found.rival, found.sure) == (8, "M", "at-least")
    run_off = firm(Ballots.ranked("CKMN", TENNESSEE), method="irv").short
    assert run_off is not None
    assert (run_off.votes, run_off.rival, run_off.sure) == (1, "C", "at-most")


def test_points_cannot_be_made_up_by_fewer_ballots_than_it_says() -> None:
    found = firm(Ballots.scored("AB", [(9, 0)] * 6 + [(0, 2)] * 5), method="score")
    assert found.short is not None
    # 54 to 10: a ballot turned from 10 and 0 to 0 and 10 makes up for 20 points at the most.
    assert (found.short.votes, found.short.sure) == (3, "at-least")
    assert [(one.method, one.same) for one in found.others if one.method == "plurality"] == [("plurality", True)]


def test_a_blank_sheet_is_a_blank_ballot_to_the_other_rules() -> None:
    sheets = [(9, 0)] * 3 + [(0, 9)] * 2 + [(None, None)] * 4
    for quorum in (None, Fraction(1, 2)):
        rule = Rule(method="score", quorum=quorum, quorum_abstentions=False)
        ballots = Ballots.scored("AB", sheets)
        found = firmness(rule, ballots, Electorate(entitled=9))
        assert {one.same for one in found.others} == {True}, found.others


def test_the_weight_at_which_the_winner_changes_is_exact() -> None:
    card = {"method": "weighted-sum", "criteria": (Criterion("Cost", Fraction(3)), Criterion("Reach", Fraction(1)))}
    ballots = Ballots.judged("AB", [((8, 5), (2, 6))])
    found = firm(ballots, **card)
    assert [(one.criterion, one.low, one.then_low, one.high) for one in found.turns] == [
        ("Cost", Fraction(4, 7), "B", None),
        ("Reach", None, None, Fraction(3, 7)),
    ]
    for cost, winner in ((Fraction(56, 99), "B"), (Fraction(58, 99), "A")):
        criteria = (Criterion("Cost", cost), Criterion("Reach", 1 - cost))
        assert count(Rule(method="weighted-sum", criteria=criteria), ballots).winners == (winner,)
    assert [one.method for one in found.others] == ["equal-weights"]
    assert not found.others[0].same


def test_whoever_is_level_is_first_with_any_change_of_a_weight_to_their_side() -> None:
    criteria = (Criterion("Cost", Fraction(1)), Criterion("Reach", Fraction(1)))
    found = firm(Ballots.judged("AB", [((8, 5), (2, 5))], seed="1"), method="weighted-sum", criteria=criteria)
    half = Fraction(1, 2)
    assert [(one.low, one.then_low, one.high, one.then_high) for one in found.turns] in (
        [(half, "B", None, None), (None, None, half, "B")],
        [(None, None, half, "A"), (half, "A", None, None)],
    )
    assert not [said for said in firmness_in_words(found) if said.startswith("No weight")]


def test_what_one_ballot_might_turn_is_not_said_to_be_safe() -> None:
    found = firm(Ballots.scored("AB", [(9, 7), (6, 7)]), method="score")
    assert found.short is not None
    assert (found.short.votes, found.short.sure) == (1, "at-least")
    (said,) = [one for one in firmness_in_words(found) if "ballot" in one]
    assert said == "One ballot otherwise might already have changed it; the closest is B."
