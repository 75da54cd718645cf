"""Who has most: the end of every method that gives each option one number."""

from collections.abc import Sequence
from typing import Any

from ..ballots import Ballots
from ..electorate import Electorate
from ..exact import Number
from ..finishing import finished, named
from ..ladder import Ladder
from ..placing import by_points, place
from ..result import Result, Round
from ..rule import Rule
from ..standing import majority, standing


def most(
    rule: Rule,
    ballots: Ballots,
    electorate: Electorate,
    points: Sequence[Number],
    *,
    stands: Sequence[bool] | None = None,
    **also: Any,
) -> Result:
    """Seats to those with most `points`, of those who reach the rule's majority and beat its "none of these".

    `stands`: which options may win at all, where the method has settled that by itself; else "none of these" is
    beaten by more than its points, `none_ratio` times over.
    """
    now = standing(rule, ballots, electorate)
    names = ballots.options
    base, needed = majority(rule, now, now.valid) if rule.threshold is not None else (0, 0)
    none = names.index(rule.none) if rule.none is not None else None
    asked = rule.none_ratio * points[none] if none is not None else None
    able = []
    for one, has in enumerate(points):
        beats = stands[one] if stands is not None else asked is None or has > asked
        if one != none and beats and has >= needed:
            able.append(one)
    ladder = Ladder(rule, ballots, electorate)
    placed = place(by_points(able, points), rule.seats, ladder)
    others = place(by_points([one for one in range(len(names)) if one not in able], points), 0, ladder)
    sums = now.sums() | ({"base": base, "needed": needed} if needed else {})
    return finished(
        rule,
        ladder,
        placed,
        behind=others.order,
        dropped=tuple(name for one, name in enumerate(names) if one not in able and one != none),
        **{
            "rounds": (Round("count", named(names, points), exhausted=now.cast - now.valid),),
            "scores": dict(named(names, points)),
            "sums": sums,
        }
        | also,
    )
