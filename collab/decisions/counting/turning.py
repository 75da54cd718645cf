"""At which weight of a criterion another option would win, the other weights keeping their proportions."""

from dataclasses import dataclass
from fractions import Fraction

from .ballots import Ballots
from .exact import plain
from .methods.weighted_sum import means, weights_of
from .result import Result
from .rule import Rule


@dataclass(frozen=True, slots=True)
class Turn:
    """Of `criterion`, whose share is `weight`: below `low` the winner is `then_low`, above `high` it is `then_high`.

    None: no weight on that side, down to 0 or up to 1, changes the winner.
    """

    criterion: str
    weight: Fraction
    low: Fraction | None = None
    then_low: str | None = None
    high: Fraction | None = None
    then_high: str | None = None

    def as_json(self) -> dict[str, object]:
        """For pages and the API."""
        low, high = (None if at is None else plain(at) for at in (self.low, self.high))
        return {
            "criterion": self.criterion,
            "weight": plain(self.weight),
            "low": low,
            "then_low": self.then_low,
            "high": high,
            "then_high": self.then_high,
        }


def turns(rule: Rule, ballots: Ballots, result: Result) -> tuple[Turn, ...]:
    """For each criterion the nearest weights, below and above its own, at which the first option loses its place."""
    if not result.winners or len(rule.criteria) < 2:
        return ()
    worths, weights = means(rule, ballots), weights_of(rule)
    first = result.options.index(result.winners[0])
    return tuple(
        _turn(criterion.name, at, first, worths, weights, result.options) for at, criterion in enumerate(rule.criteria)
    )


def _turn(
    name: str,
    at: int,
    first: int,
    worths: list[list[Fraction]],
    weights: tuple[Fraction, ...],
    options: tuple[str, ...],
) -> Turn:
    weight = weights[at]
    others = 1 - weight
    if not others:
        return Turn(name, weight)
    # With share w of this criterion an option has w·here + (1 − w)·elsewhere, a straight line.
    elsewhere = [
        sum((weights[c] / others * worths[c][one] for c in range(len(weights)) if c != at), Fraction(0))
        for one in range(len(options))
    ]
    here = worths[at]
    low: tuple[Fraction, str] | None = None
    high: tuple[Fraction, str] | None = None
    for one in range(len(options)):
        lead_here, lead_there = here[first] - here[one], elsewhere[first] - elsewhere[one]
        if one == first or lead_here == lead_there:
            continue
        turn = lead_there / (lead_there - lead_here)
        if not 0 <= turn <= 1:
            continue
        # Who is level at the weight as it is goes ahead with any change to their side.
        if turn <= weight and (low is None or turn > low[0]) and lead_there < 0:
            low = turn, options[one]
        if turn >= weight and (high is None or turn < high[0]) and lead_here < 0:
            high = turn, options[one]
    return Turn(name, weight, *(low or (None, None)), *(high or (None, None)))
