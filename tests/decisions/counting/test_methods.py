"""Each method against cases worked out by others, and what each does with ties, scales and money."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from collab.core.i18n import speaking
from collab.decisions.counting import (
    BadBallots,
    BadRule,
    Ballots,
    Criterion,
    Electorate,
    Objection,
    Result,
    Rule,
    count,
)
from collab.decisions.counting.ahp import weigh
from collab.decisions.counting.words import result_in_words
from collab.decisions.pictures import rounds_of

TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
SCHULZE = {"acdb": 8, "badc": 2, "cdba": 4, "dbac": 4, "dcba": 3}
"""Example 1 of arXiv 1804.02973."""
ALASKA = {
    "Bap": 27053,
    "Bpa": 15467,
    "B": 11290,
    "aBp": 34049,
    "apB": 3652,
    "a": 21272,
    "pBa": 47407,
    "paB": 4645,
    "p": 23747,
}
"""The by-election of August 2022: Begich, Palin (a), Peltola (p)."""
FOOD = {"O": 4, "PO": 2, "CS": 8, "CW": 4, "S": 1, "W": 1}
BLOC = {"ACBD": 51, "CBDA": 5, "BCDA": 23, "DCBA": 21}
CIRCLE = {"ABC": 1, "BCA": 1, "CAB": 1}


def ranked(rows: Mapping[str, int], **also: Any) -> Ballots:
    return Ballots.ranked(sorted(set("".join(rows))), {tuple(row): n for row, n in rows.items()}, **also)


def counted(method: str, rows: Mapping[str, int], **card: Any) -> Result:
    return count(Rule(method=method, **card), ranked(rows))


@pytest.mark.parametrize(
    ("rows", "winners"),
    [
        (TENNESSEE, {"plurality": "M", "irv": "K", "borda": "N", "copeland": "N", "schulze": "N", "ranked-pairs": "N"}),
        (SCHULZE, {"schulze": "d"}),
        (ALASKA, {"plurality": "p", "irv": "p", "schulze": "B", "ranked-pairs": "B", "copeland": "B"}),
        (BLOC, {"plurality": "A", "irv": "A", "borda": "C", "schulze": "A"}),
    ],
)
def test_textbook_cases(rows: Mapping[str, int], winners: Mapping[str, str]) -> None:
    assert {method: "".join(counted(method, rows).winners) for method in winners} == winners


def test_the_numbers_behind_the_textbook_are_shown() -> None:
    assert counted("borda", TENNESSEE).scores == {"M": 126, "N": 194, "C": 173, "K": 107}
    rounds = counted("irv", ALASKA).rounds
    assert dict(rounds[0].votes) == {"B": 53810, "a": 58973, "p": 75799}
    assert dict(rounds[1].votes) == {"B": 0, "a": 86026, "p": 91266}
    assert (rounds[1].of, rounds[1].exhausted, rounds[1].elected) == (("B",), 11290, ("p",))
    assert counted("schulze", SCHULZE).paths == ((0, 14, 14, 12), (13, 0, 13, 12), (13, 15, 0, 12), (13, 19, 13, 0))


@pytest.mark.parametrize("method", ["plurality", "borda", "copeland", "schulze", "ranked-pairs", "irv"])
def test_a_perfect_circle_is_a_tie_that_is_shown_and_drawn_only_with_a_seed(method: str) -> None:
    left_open = counted(method, CIRCLE)
    assert (left_open.outcome, left_open.winners) == ("tie", ())
    assert left_open.ties[-1].between == ("A", "B", "C")
    assert left_open.ties[-1].open
    drawn = count(Rule(method=method), ranked(CIRCLE, seed="7./"))
    assert drawn.outcome == "decided"
    assert any("lot" in tie.broken for tie in drawn.ties)


def test_a_second_method_breaks_a_tie_before_the_lot() -> None:
    rows = {"AB": 3, "BA": 3, "CB": 1}
    rule = Rule(method="plurality", tie_ladder=("second", "lot"), second="borda")
    result = count(rule, ranked(rows))
    assert result.winners == ("B",)
    assert result.ties[0].broken == ("second",)


def test_a_run_off_puts_nobody_out_in_a_bunch_and_says_when_the_order_changes_nothing() -> None:
    result = counted("irv", {"AB": 4, "BC": 3, "CA": 3})
    assert result.outcome == "tie"
    assert result.ties[0].between == ("B", "C")
    either_way = counted("irv", {"A": 9, "B": 4, "E": 7, "CA": 1, "DB": 1})
    assert [round_.excluded for round_ in either_way.rounds[:2]] == [("C",), ("D",)]
    assert either_way.ties[0].why == "same-either-way"


def test_equal_ranks_share_a_vote_or_stop_it() -> None:
    both = Ballots.ranked("ABC", {(("A", "B"), "C"): 2, ("C",): 1, ("A",): 1})
    assert dict(count(Rule(method="irv"), both).rounds[0].votes) == {"A": 2, "B": 1, "C": 1}
    assert dict(count(Rule(method="irv", equal_ranks="stop"), both).rounds[0].votes) == {"A": 1, "B": 0, "C": 1}


def test_food_for_twenty_guests() -> None:
    """The worked example of the encyclopaedia: quota 6, three kinds."""
    for card in ({"method": "stv"}, {"method": "scottish-stv", "decimals": 5, "equal_ranks": "stop"}):
        result = count(Rule(seats=3, **card), ranked(FOOD))
        assert set(result.winners) == {"C", "O", "S"}
        assert result.quota == 6


def test_scottish_transfers_are_cut_after_five_decimals_and_nothing_is_lost_unsaid() -> None:
    rows = {"AB": 5, "AC": 4, "AD": 3, "B": 6, "C": 6, "D": 4}
    result = count(Rule(method="scottish-stv", seats=2, decimals=5, equal_ranks="stop"), ranked(rows, seed="1./"))
    second = result.as_json()["rounds"][1]  # type: ignore[index]
    # Quota 10, surplus 2 of 12: each paper goes on at 0.16666, where rounding would make 0.16667 of it.
    assert second["votes"] == {"A": "10.00000", "B": "6.83330", "C": "6.66664", "D": "4.49998"}
    assert (second["exhausted"], second["lost"]) == ("0.00000", "0.00008")
    for round_ in result.rounds:
        assert sum(value for _, value in round_.votes) + round_.exhausted + round_.lost == 28


def test_none_of_these_must_be_beaten_by_as_much_as_the_card_says() -> None:
    rows = {"ANB": 6, "NBA": 3, "BNA": 2}
    assert counted("schulze", rows, none="N").winners == ("A",)
    strong = counted("schulze", rows, none="N", none_ratio=Fraction(2))
    assert (strong.outcome, strong.winners, set(strong.dropped)) == ("rejected", (), {"A", "B"})
    approved = Ballots.approving(("A", "Nobody"), [(0,), (0,), (1,)])
    assert count(Rule(method="approval", none="Nobody"), approved).winners == ("A",)
    assert count(Rule(method="approval", none="Nobody", none_ratio=Fraction(2)), approved).outcome == "rejected"


def test_approval_may_need_a_share_of_those_who_voted() -> None:
    ballots = Ballots.approving("ABC", [(0, 1), (0,), (2,), (1,), (0, 2), ()])
    assert count(Rule(method="approval"), ballots).scores == {"A": 3, "B": 2, "C": 2}
    half = Rule(method="approval", base="cast", threshold=Fraction(1, 2))
    assert count(half, ballots).outcome == "rejected"
    assert count(half, ballots).sums["needed"] == 4


def test_scores_keep_to_their_scale_and_missing_ones_are_what_the_card_says() -> None:
    ballots = Ballots.scored("AB", [(9, 4), (None, 6), (8, None)])
    assert count(Rule(method="score"), ballots).scores == {"A": 17, "B": 10}
    assert count(Rule(method="score", unranked="no-opinion"), ballots).scores == {"A": Fraction(17, 2), "B": 5}
    with pytest.raises(BadBallots) as refused:
        count(Rule(method="score", high=5), ballots)
    assert (refused.value.field, refused.value.row) == ("scores", 1)


def test_nobody_has_more_dots_than_the_card_gives() -> None:
    rule = Rule(method="dots", dots=5)
    assert count(rule, Ballots.scored("AB", [(4, 1), (0, 5), (None, 2)])).winners == ("B",)
    for row in ((3, 3), (-1, 1), (Fraction(1, 2), 1)):
        with pytest.raises(BadBallots):
            count(rule, Ballots.scored("AB", [row]))


def test_a_budget_takes_what_fits_and_asks_about_equals_only_where_it_matters() -> None:
    votes: Sequence[tuple[int, ...]] = [(0, 1), (0, 2), (0, 1, 3), (2,)]
    ballots = Ballots.approving("ABCD", votes, costs=(60, 50, 30, 10))
    result = count(Rule(method="budget", budget=Fraction(100)), ballots)
    assert (result.outcome, result.winners, result.ties) == ("decided", ("A", "C", "D"), ())
    assert result.sums["left"] == 0
    tight = count(Rule(method="budget", budget=Fraction(130)), ballots)
    assert (tight.outcome, tight.winners, tight.ties[0].between) == ("tie", ("A",), ("B", "C"))
    with pytest.raises(BadBallots):
        count(Rule(method="budget", budget=Fraction(9)), Ballots.approving("A", [(0,)]))


def test_what_nobody_votes_for_is_not_paid_for_though_it_fits() -> None:
    ballots = Ballots.approving("ABCD", [(0,), (0,)], costs=(60, 10, 90, 0))
    result = count(Rule(method="budget", budget=Fraction(100)), ballots)
    assert (result.outcome, result.winners, result.ties, result.sums["left"]) == ("decided", ("A",), (), 40)
    assert [each.action for each in result.rounds] == ["take", "pass-over", "pass-over", "pass-over"]
    with speaking("en"):
        assert any("Nobody voted for" in said for said in result_in_words(result))
        assert "Nobody voted for" in rounds_of(result.as_json()).rounds[1].title


def test_criteria_are_weighed_between_their_anchors() -> None:
    cost = Criterion("Cost", Fraction(3), worst=Fraction(200), best=Fraction(100))
    reach = Criterion("Reach", Fraction(1), worst=Fraction(0), best=Fraction(10))
    sheets = [((100, 150), (0, 10)), ((120, 150), (2, 8))]
    result = count(Rule(method="weighted-sum", criteria=(cost, reach)), Ballots.judged("AB", sheets))
    assert result.scores == {"A": Fraction(7, 10), "B": Fraction(3, 5)}
    assert result.shares["Reach"] == {"A": Fraction(1, 40), "B": Fraction(9, 40)}
    with pytest.raises(BadBallots):
        count(Rule(method="weighted-sum", criteria=(cost, reach)), Ballots.judged("AB", [((99, 150), (0, 10))]))


def test_weights_from_comparisons_are_saatys_and_contradictory_ones_are_refused() -> None:
    """The worked example "choosing a leader": experience, education, charisma, age."""
    found = weigh(((4, 3, 7), (Fraction(1, 3), 3), (5,)))
    assert [f"{float(weight):.3f}" for weight in found.weights] == ["0.548", "0.127", "0.270", "0.056"]
    assert f"{float(found.ratio):.3f}" == "0.044"
    assert sum(found.weights) == 1
    three = tuple(Criterion(name) for name in "XYZ")
    with pytest.raises(BadRule) as refused:
        Rule(method="ahp", criteria=three, comparisons=((Fraction(9), Fraction(1, 9)), (Fraction(9),)))
    assert refused.value.field == "comparisons"


def test_consent_stands_until_no_objection_does() -> None:
    def with_objection(state: str, **card: Any) -> str:
        one = Objection("Unit of parks", state, "The trees were counted twice")
        ballots = Ballots.question(yes=5, no=1, abstained=1, objections=(one,))
        return count(Rule(method="consent", **card), ballots, Electorate(entitled=9)).outcome

    assert with_objection("open") == "rejected"
    assert with_objection("integrated") == with_objection("withdrawn") == "decided"
    assert with_objection("overruled") == "rejected"
    assert with_objection("overruled", overruling=True) == "decided"


def test_equally_strong_pairs_are_treated_as_the_card_says() -> None:
    together = counted("ranked-pairs", {"AB": 2, "BC": 2, "CA": 2, "AD": 1})
    assert together.outcome == "tie"
    by_lot = Rule(method="ranked-pairs", pair_ties="lot")
    assert count(by_lot, ranked({"AB": 2, "BC": 2, "CA": 2})).ties[0].why == "awaits-seed"
    drawn = count(by_lot, ranked({"AB": 2, "BC": 2, "CA": 2}, seed="5./"))
    assert (drawn.outcome, drawn.ties[0].step, drawn.ties[0].broken) == ("decided", "pairs", ("lot",))


@pytest.mark.parametrize("method", ["borda", "copeland", "schulze", "ranked-pairs", "irv", "stv", "plurality"])
def test_one_option_wins_and_two_hundred_can_be_counted(method: str) -> None:
    alone = count(Rule(method=method), Ballots.ranked(("Only",), [(0,)]))
    assert (alone.outcome, alone.winners) == ("decided", ("Only",))
    names = [f"Option {at}" for at in range(200)]
    rows = [
        tuple((start + step) % 200 for step in range(0, 200, 3)) for start in range(200) for _ in range(start % 3 + 1)
    ]
    many = count(
        Rule(method=method), Ballots.ranked(names, [row for row in rows if len(set(row)) == len(row)], seed="2./")
    )
    assert many.outcome == "decided"
    assert sum(map(len, many.order)) == 200


def test_ballots_of_another_kind_are_refused() -> None:
    with pytest.raises(BadBallots) as refused:
        count(Rule(method="approval"), Ballots.ranked("AB", [(0,)]))
    assert refused.value.field == "ballots"
