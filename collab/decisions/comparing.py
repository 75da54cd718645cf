"""Weights of criteria from comparing each two of them in words. The arithmetic is `counting.ahp`; pure."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from collab.core.forms import Form, wrong
from collab.core.i18n import N_, _

from .counting.ahp import weigh
from .rule_forms import Whole

Value = Literal["9", "7", "5", "3", "1", "1/3", "1/5", "1/7", "1/9"]
PARTS: Final = 1_000
MOST_RATIO: Final = Fraction(1, 10)
"""Saaty's limit: above it the comparisons contradict each other too much to be relied on."""
EVERY_TWO: Final = N_("Compare every two criteria.")
PAIRED: Final = N_("A criterion is compared with those that come after it, each once.")


class ComparedPair(Form):
    """How much more important the first criterion is than the second, by their places: 9 extremely, 1 equally, 1/9 the
    second extremely."""

    first: Annotated[Whole, Field(ge=1, le=15)]
    second: Annotated[Whole, Field(ge=1, le=15)]
    value: Value


class Comparisons(Form):
    """Each two criteria compared."""

    pairs: Annotated[list[ComparedPair], Field(max_length=105)]


@dataclass(frozen=True, slots=True)
class Weighing:
    """`weights` in thousandths, in the order of the criteria; `rows` the comparisons, of each with those after it."""

    weights: tuple[int, ...]
    ratio: Fraction
    rows: tuple[tuple[str, ...], ...]

    @property
    def contradicts(self) -> bool:
        return self.ratio > MOST_RATIO


def weighing(number: int, form: Comparisons) -> Weighing:
    """The weights of so many criteria. Raises Invalid where a pair is missing, twice, or of no criteria."""
    said = {(one.first, one.second): one.value for one in form.pairs}
    wanted = [(first, second) for first in range(1, number) for second in range(first + 1, number + 1)]
    if len(said) != len(form.pairs) or set(said) - set(wanted):
        raise wrong("pairs", _(PAIRED))
    if len(said) != len(wanted):
        raise wrong("pairs", _(EVERY_TWO))
    rows = tuple(tuple(said[first, second] for second in range(first + 1, number + 1)) for first in range(1, number))
    found = weigh([[Fraction(value) for value in row] for row in rows])
    return Weighing(tuple(max(1, round(one * PARTS)) for one in found.weights), found.ratio, rows)


def weighed(card: dict[str, Any], found: Weighing) -> dict[str, Any]:
    """The card with these weights, and with the comparisons they come from."""
    pairs = zip(card["criteria"], found.weights, strict=True)
    trace = {"rows": [list(row) for row in found.rows], "ratio": str(found.ratio)}
    return card | {"criteria": [one | {"weight": weight} for one, weight in pairs], "compared": trace}


def kept(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The trace stays with the card while criteria and weights are those that it led to."""
    if "compared" not in before:
        return after
    alike = [[(one["name"], one["weight"]) for one in card.get("criteria", ())] for card in (before, after)]
    return after | {"compared": before["compared"]} if alike[0] == alike[1] else after
