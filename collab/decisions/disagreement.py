"""Where people differ: of every option on every criterion the mean of the scores and how far they lie apart. Pure."""

from fractions import Fraction
from typing import Any

from .counting import Ballots, Rule
from .counting.exact import plain


def spread_of(rule: Rule, ballots: Ballots) -> list[dict[str, Any]]:
    """For each criterion and option: how many scored, `mean`, `least` and `most`, and `apart`, the mean distance from
    the mean as a share of the scale (0: all alike, 1/2: as far apart as can be). Where people differ most comes first.
    """
    found = []
    for place, criterion in enumerate(rule.criteria):
        for option, name in enumerate(ballots.options):
            given = [
                (Fraction(score), n)
                for sheet, n in ballots.scores.items()
                if (score := sheet[place][option]) is not None
            ]
            many = sum(n for _score, n in given)
            if not many:
                continue
            mean = sum((score * n for score, n in given), Fraction(0)) / many
            away = sum((abs(score - mean) * n for score, n in given), Fraction(0)) / many
            found.append(
                (
                    away / (criterion.high - criterion.low),
                    {
                        "criterion": criterion.name, "option": name, "scored": many, "mean": plain(mean),
                        "least": plain(min(score for score, _n in given)),
                        "most": plain(max(score for score, _n in given)),
                    },
                )
            )  # fmt: skip
    found.sort(key=lambda one: -one[0])
    return [said | {"apart": plain(apart)} for apart, said in found]
