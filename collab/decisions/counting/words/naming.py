"""What options are called where a result is told: under other names, or set apart from the sentence around them."""

from collections.abc import Callable
from dataclasses import replace

from ..firmness import Firmness
from ..result import Result, Round, Tie

Call = Callable[[str], str]


def apart(name: str) -> str:
    """A name that keeps its own direction in a sentence of another (Unicode FSI … PDI, UAX #9)."""
    return f"\u2068{name}\u2069"


def renamed(result: Result, call: Call) -> Result:
    """The same result with every option called otherwise."""

    def many(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(call(name) for name in names)

    def tie(one: Tie) -> Tie:
        return replace(one, between=many(one.between), order=tuple(many(group) for group in one.order))

    def step(one: Round) -> Round:
        votes = tuple((call(name), value) for name, value in one.votes)
        return replace(one, votes=votes, of=many(one.of), elected=many(one.elected), excluded=many(one.excluded))

    return replace(
        result,
        options=many(result.options),
        winners=many(result.winners),
        order=tuple(many(group) for group in result.order),
        ties=tuple(tie(one) for one in result.ties),
        rounds=tuple(step(one) for one in result.rounds),
        locked=tuple(replace(one, winner=call(one.winner), loser=call(one.loser)) for one in result.locked),
        scores={call(name): value for name, value in result.scores.items()},
        shares={of: {call(name): value for name, value in by.items()} for of, by in result.shares.items()},
        dropped=many(result.dropped),
    )


def renamed_firmness(firm: Firmness, call: Call) -> Firmness:
    """How firm it is, with every option called otherwise; yes and no stay what they are."""
    others = tuple(replace(one, winners=tuple(call(name) for name in one.winners)) for one in firm.others)
    short = firm.short
    if short is not None and short.rival not in ("yes", "no"):
        short = replace(short, rival=call(short.rival))
    turns = tuple(
        replace(
            one,
            then_low=call(one.then_low) if one.then_low else one.then_low,
            then_high=call(one.then_high) if one.then_high else one.then_high,
        )
        for one in firm.turns
    )
    return Firmness(others, short, turns)
