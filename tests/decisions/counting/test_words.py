"""The rule and the result in words, in three languages, with the arithmetic."""

from fractions import Fraction
from typing import Any

import pytest

from collab.core.i18n import speaking
from collab.decisions.counting import BadRule, Ballots, Criterion, Electorate, Rule, count
from collab.decisions.counting.firmness import firmness
from collab.decisions.counting.methods import METHODS
from collab.decisions.counting.words import (
    arithmetic,
    firmness_in_words,
    method_sentence,
    outcome_in_words,
    refused,
    result_in_words,
    rule_in_words,
    tie_in_words,
)
from collab.decisions.counting.words.methods import METHODS as NAMES

HALL = Electorate(entitled=31, recused=2)
QUORATE = Rule(method="yes-no", threshold=Fraction(1, 2), quorum=Fraction(1, 2))
FOOD = {("O",): 4, ("P", "O"): 2, ("C", "S"): 8, ("C", "W"): 4, ("S",): 1, ("W",): 1}


def test_the_arithmetic_stands_in_one_sentence_before_anybody_votes() -> None:
    assert arithmetic(QUORATE, HALL, 18) == "31 entitled, 2 recused, quorum 15 of 29, passes with 10 yes if 18 vote."
    with speaking("el"):
        said = "31 με δικαίωμα ψήφου, 2 εξαιρούνται, απαρτία 15 από 29, περνά με 10 ναι αν ψηφίσουν 18."
        assert arithmetic(QUORATE, HALL, 18) == said
    with speaking("fa"):
        assert "۳۱ نفر دارای حق رأی، " in arithmetic(QUORATE, HALL, 18)
    assert arithmetic(QUORATE, Electorate()) == ""
    absolute = Rule(method="yes-no", threshold=Fraction(1, 2), base="entitled")
    assert arithmetic(absolute, HALL, 14) == "31 entitled, 2 recused, cannot pass if only 14 vote."


def test_the_arithmetic_is_what_the_count_then_does() -> None:
    for base in ("yes+no", "cast", "present", "entitled"):
        rule = Rule(method="yes-no", threshold=Fraction(2, 3), base=base, strict=False)
        needed = int(arithmetic(rule, HALL, 24).split("passes with ")[1].split()[0])
        assert count(rule, Ballots.question(yes=needed, no=24 - needed), HALL).outcome == "decided"
        assert count(rule, Ballots.question(yes=needed - 1, no=25 - needed), HALL).outcome == "rejected"


def test_every_method_can_be_said_before_anybody_votes() -> None:
    criteria = (Criterion("Cost", Fraction(3)), Criterion("Reach"))
    needed: dict[str, dict[str, Any]] = {
        "weighted-sum": {"criteria": criteria},
        "ahp": {"criteria": criteria, "comparisons": ((Fraction(3),),)},
        "budget": {"budget": Fraction(1000)},
        "dots": {"dots": 5},
        "stv": {"seats": 3},
        "scottish-stv": {"seats": 3, "decimals": 5, "equal_ranks": "stop"},
    }
    assert set(NAMES) == set(METHODS)
    for method in METHODS:
        rule = Rule(method=method, quorum=Fraction(1, 2), **needed.get(method, {}))
        sentences = {code: _said(rule, code) for code in ("en", "el", "fa")}
        assert all(sentence and "%(" not in sentence for said in sentences.values() for sentence in said)
        assert not set(sentences["en"]) & set(sentences["el"])


def _said(rule: Rule, code: str) -> list[str]:
    with speaking(code):
        return rule_in_words(rule)


def test_a_transfer_is_told_stage_by_stage() -> None:
    rule = Rule(method="scottish-stv", seats=3, decimals=5, equal_ranks="stop")
    said = result_in_words(count(rule, Ballots.ranked("COPSW", FOOD)))
    assert said[0] == "Chosen, in this order: C, O, S."
    assert "C reaches the quota of 6 and is elected." in said
    assert "C has 6.00000 votes more than the quota; they go on to the next choices of those who gave them." in said


def test_a_circle_a_tie_and_a_missing_quorum_are_told() -> None:
    circle = count(Rule(method="schulze"), Ballots.ranked("ABC", {(0, 1, 2): 4, (1, 2, 0): 3, (2, 0, 1): 2}))
    said = " ".join(result_in_words(circle))
    assert "Against C alone A has 4 to 5. Nobody is preferred to all others; the strongest paths decide." in said
    tied = count(Rule(method="plurality"), Ballots.ranked("AB", [(0,), (1,)]))
    assert outcome_in_words(tied) == "A tie is open between: A, B."
    assert tie_in_words(tied.ties[0])[-1] == "The rule draws a lot, and its seed is not known yet."
    few = count(QUORATE, Ballots.question(yes=9, no=2), HALL)
    assert outcome_in_words(few) == "No quorum: 11 took part, and 15 had to."


def test_how_firm_it_is_is_told_in_every_language() -> None:
    rule = Rule(method="weighted-sum", criteria=(Criterion("Cost", Fraction(3)), Criterion("Reach", Fraction(1))))
    firm = firmness(rule, Ballots.judged("AB", [((8, 5), (2, 6))]))
    assert firmness_in_words(firm) == [
        "With equal weights it would be: B.",
        "If “Cost” weighed less than 57.1%, and not 75%, B would be first.",
        "If “Reach” weighed more than 42.9%, and not 25%, B would be first.",
    ]
    ranked = firmness(Rule(method="irv"), Ballots.ranked("COPSW", FOOD))
    for code in ("en", "el", "fa"):
        with speaking(code):
            assert all("%(" not in sentence for sentence in firmness_in_words(ranked))


def test_a_refusal_is_said_in_the_language_of_who_wrote_the_card() -> None:
    with pytest.raises(BadRule) as caught:
        Rule(method="yes-no", seats=2)
    with speaking("el"):
        assert refused(caught.value).startswith("Η μέθοδος αυτή αποφασίζει ένα πράγμα")
        assert method_sentence("consent").startswith("Περνά")
