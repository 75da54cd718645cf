"""What is put aside of a long count for its pages: short, in the shape of the whole, and true."""

import random

import pytest

from collab.core.i18n import speaking
from collab.decisions.counting import Ballots, Electorate, Rule, count
from collab.decisions.pictures import duels_of, rounds_of, steps_of
from collab.decisions.shortened import names_in_order, short_of, shortened

NAMES = tuple(f"Square {at}" for at in range(60))


def counted(method, seats=1):
    chance = random.Random(5)
    papers = [[NAMES.index(name) for name in chance.sample(NAMES, len(NAMES))] for _voter in range(20)]
    ballots = Ballots.ranked(NAMES, [tuple(paper) for paper in papers], seed="5")
    ladder, law = ("history", "lot"), {"equal_ranks": "stop", "decimals": 5} if method == "scottish-stv" else {}
    rule = Rule(method=method, seats=seats, tie_ladder=ladder, elimination_ties=ladder, **law)
    return count(rule, ballots, Electorate(entitled=20)).as_json()


@pytest.mark.parametrize(
    ("method", "seats"), [("irv", 1), ("scottish-stv", 3), ("schulze", 1), ("ranked-pairs", 1), ("borda", 1)]
)
def test_pages_draw_and_say_the_same_of_it_as_of_the_whole(method, seats):
    whole = counted(method, seats)
    short = shortened(whole)
    assert short is not None
    assert shortened(short) is None, "it is short"
    assert short["of"] == len(NAMES)
    assert len(str(short)) * 4 < len(str(whole)) or method == "borda"
    with speaking("en"):
        assert rounds_of(short) == rounds_of(whole)
        assert duels_of(short) == duels_of(whole)
        assert steps_of(short, str) == steps_of(whole, str)


def test_rounds_keep_their_numbers_and_what_their_sentences_tell():
    with speaking("en"):
        steps = steps_of(counted("irv"), str)
        shown = rounds_of(counted("irv"))
    assert shown is not None
    assert any("goes out" in said for said in steps)
    assert sum("left out here" in said for said in steps) == 1
    assert shown.rounds[2].title.startswith("Rounds 3 to ")


def test_a_short_count_is_left_whole():
    assert shortened({"order": ["A", "B"], "rounds": [], "pairwise": None, "scores": {"A": 1, "B": 0}}) is None
    assert short_of({"count": {}}) is None


def test_options_come_in_the_order_of_the_result_each_once():
    kept = {"order": ["B", ["A", "C"]], "scores": {"C": "1/2", "D": 3}, "rounds": [], "pairwise": None}
    assert names_in_order(kept) == ["B", "A", "C", "D"]


def test_of_the_last_group_of_equals_it_says_how_many_are_left_out():
    whole = {"order": ["A", [f"B{at}" for at in range(40)], "C"], "rounds": [], "pairwise": None}
    short = shortened(whole)
    assert short is not None
    assert (len(short["order"][1]), short["cut"]) == (23, 17)
    apart = shortened({"order": [f"B{at}" for at in range(40)], "rounds": [], "pairwise": None})
    assert apart is not None
    assert apart["cut"] == 0
