"""A result that was kept is read again whole, whatever became of the order of its keys."""

import json
from fractions import Fraction
from typing import Any

import pytest

from collab.decisions.counting import Ballots, Criterion, Rule, count
from collab.decisions.counting.firmness import firmness
from collab.decisions.counting.reading_results import read_firmness, read_result
from collab.decisions.counting.words import firmness_in_words, result_in_words

FOOD = Ballots.ranked("OPCSW", {(0,): 4, (1, 0): 2, (2, 3): 8, (2, 4): 4, (3,): 1, (4, (0, 1)): 1}, seed="1./")
MATRIX = (Criterion("Cost", Fraction(3)), Criterion("Reach"))


@pytest.mark.parametrize(
    ("card", "ballots"),
    [
        *(
            ({"method": method}, FOOD)
            for method in ("plurality", "borda", "copeland", "schulze", "ranked-pairs", "irv")
        ),
        ({"method": "stv", "seats": 3}, FOOD),
        ({"method": "scottish-stv", "seats": 3, "decimals": 5, "equal_ranks": "stop"}, FOOD),
        ({"method": "yes-no"}, Ballots.question(yes=3, no=3)),
        ({"method": "yes-no", "quorum": Fraction(9)}, Ballots.question(yes=3, no=3)),
        ({"method": "weighted-sum", "criteria": MATRIX}, Ballots.judged("AB", [((8, 5), (2, 6))])),
        ({"method": "budget", "budget": Fraction(9)}, Ballots.approving("AB", [(0,), (0, 1)], costs=(5, 6))),
    ],
)
def test_it_says_the_same_from_what_was_kept(card: dict[str, Any], ballots: Ballots) -> None:
    result = count(Rule(**card), ballots)
    # As the database gives it back: keys in another order.
    kept = json.loads(result.to_json())
    again = read_result(kept)
    assert again.to_json() == result.to_json()
    assert sorted(result_in_words(again)) == sorted(result_in_words(result))
    firm = firmness(Rule(**card), ballots, result=result)
    assert firmness_in_words(read_firmness(json.loads(json.dumps(firm.as_json())))) == firmness_in_words(firm)
