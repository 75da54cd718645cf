"""The map of disagreement as a picture: where people differ most stands first. Plain values for its template."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from collab.core.i18n import N_, _

from .counting.words.speaking import number

ALIKE, SOME, MUCH = N_("nearly alike"), N_("some way apart"), N_("far apart")
FAR, NEAR = Fraction(1, 4), Fraction(1, 10)
SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Differing:
    """`scores` from the least to the most, `mean`; `width` in per cent, 100 when as far apart as can be; `word`."""

    option: str
    criterion: str
    mean: str
    scores: str
    width: str
    word: str


def differ_of(result: Mapping[str, Any]) -> list[Differing]:
    """Of a result by criteria, the most disputed first; empty for others."""
    return [_line(one) for one in (result.get("spread") or ())[:SHOWN]]


def _line(one: Mapping[str, Any]) -> Differing:
    away = Fraction(one["apart"])
    word = MUCH if away >= FAR else SOME if away >= NEAR else ALIKE
    least, most, mean = (Fraction(one[name]) for name in ("least", "most", "mean"))
    scores = number(least) if least == most else f"{number(least)}–{number(most)}"
    return Differing(
        one["option"], one["criterion"], number(mean, None if mean.denominator == 1 else 1), scores,
        f"{float(away * 200):.0f}", _(word),
    )  # fmt: skip
