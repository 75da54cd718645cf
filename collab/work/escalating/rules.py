"""Which rule holds for an item: of the nearest unit with one, and there rather the one for its kind. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Rule(NamedTuple):
    """Reminders: every so many working days, at most so often. Lapses: the first so many working days after the day
    has passed, then every so many, up to so many levels (0: none)."""

    unit: int | None
    kind: str | None
    nudge_every: int
    nudge_most: int
    first_after: int
    then_every: int
    levels: int


QUIET = Rule(None, None, 1, 0, 1, 1, 0)
"""Where no rule holds: nobody is reminded by itself and nothing goes up."""


def rule_for(rules: Iterable[Rule], way: Sequence[int], kind: str | None) -> Rule:
    """The rule for an item of `kind` in the unit with which `way` begins; the units above follow, to the top."""
    near: dict[int | None, int] = {unit: place for place, unit in enumerate(way)}
    near[None] = len(way)
    fitting = [rule for rule in rules if rule.unit in near and rule.kind in (None, kind)]
    return min(fitting, key=lambda rule: (near[rule.unit], rule.kind is None), default=QUIET)
