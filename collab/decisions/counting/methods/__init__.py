"""The methods, one small module each, all alike: `count(rule, ballots, electorate) -> Result`."""

from collections.abc import Callable
from typing import Final

from ..ballots import Ballots
from ..electorate import Electorate
from ..result import Result
from ..rule import Rule
from . import (
    approval,
    borda,
    budget,
    consent,
    copeland,
    irv,
    plurality,
    ranked_pairs,
    schulze,
    score,
    stv,
    weighted_sum,
    yes_no,
)

METHODS: Final[dict[str, Callable[[Rule, Ballots, Electorate], Result]]] = {
    "yes-no": yes_no.count,
    "show-of-hands": yes_no.count,
    "consent": consent.count,
    "plurality": plurality.count,
    "approval": approval.count,
    "score": score.count,
    "dots": score.dots,
    "weighted-sum": weighted_sum.count,
    "ahp": weighted_sum.count,
    "copeland": copeland.count,
    "schulze": schulze.count,
    "ranked-pairs": ranked_pairs.count,
    "borda": borda.count,
    "irv": irv.count,
    "stv": stv.count,
    "scottish-stv": stv.count,
    "budget": budget.count,
}
