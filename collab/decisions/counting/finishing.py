"""A result put together from places: what most methods end with."""

from collections.abc import Sequence
from typing import Any

from .ladder import Ladder
from .placing import Placed
from .result import Result
from .rule import Rule


def finished(
    rule: Rule, ladder: Ladder, placed: Placed, *, behind: Sequence[Sequence[int]] = (), **also: Any
) -> Result:
    """The result of `placed`, in names. `behind`: groups that stand behind all others, as those a rule dropped.

    Decided with winners, a tie where one was left open, rejected where nobody could win.
    """
    names = ladder.ballots.options
    order = [*placed.order, *(group for group in behind if group)]
    outcome = "tie" if any(tie.open for tie in placed.ties) else "decided" if placed.winners else "rejected"
    return Result(
        method=rule.method,
        seats=rule.seats,
        outcome=outcome,
        options=names,
        winners=tuple(names[one] for one in placed.winners),
        order=tuple(tuple(names[one] for one in group) for group in order),
        ties=placed.ties,
        lot=ladder.lot,
        **also,
    )


def named(options: tuple[str, ...], values: Sequence[Any]) -> tuple[tuple[str, Any], ...]:
    """Names with their values, in the order of the options."""
    return tuple(zip(options, values, strict=True))
