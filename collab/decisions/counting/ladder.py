"""What is tried, in turn, when options stand equal; each step only as far as the question needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .ballots import Ballots
from .electorate import Electorate
from .exact import Number
from .lot import draw
from .rule import Rule

Groups = list[list[int]]
History = Sequence[Mapping[int, Number]]
"""Totals of earlier rounds, the newest first."""


class Settled(NamedTuple):
    """`groups`: best first; `broken`: the steps that told some apart; `why`: what the next step waits for."""

    groups: Groups
    broken: tuple[str, ...]
    why: str


class Ladder:
    """The steps of one count. `lot`: the order drawn, once it was needed."""

    def __init__(self, rule: Rule, ballots: Ballots, electorate: Electorate) -> None:
        self.rule = rule
        self.ballots = ballots
        self.electorate = electorate
        self.lot: tuple[str, ...] = ()
        self._ranks: dict[str, list[int]] = {}

    def settle(
        self,
        tied: Iterable[int],
        enough: Callable[[Groups], bool],
        *,
        steps: tuple[str, ...] | None = None,
        history: History = (),
    ) -> Settled:
        """Tell `tied` apart until it is `enough`, by the rule's ladder or by `steps`."""
        groups: Groups = [list(tied)]
        broken: list[str] = []
        for step in self.rule.tie_ladder if steps is None else steps:
            if enough(groups):
                break
            if (step == "lot" and self.ballots.seed is None) or (step == "chair" and not self._chair_spoke(groups)):
                return Settled(groups, tuple(broken), f"awaits-{'seed' if step == 'lot' else 'chair'}")
            for keys in self._keys(step, history):
                finer = [part for group in groups for part in _split(group, keys)]
                if len(finer) > len(groups):
                    groups = finer
                    if step not in broken:
                        broken.append(step)
                if enough(groups):
                    break
        return Settled(groups, tuple(broken), "")

    def _keys(self, step: str, history: History) -> Iterable[Callable[[int], Number]]:
        """For each look that the step takes: a key, the least first."""
        if step == "history":
            return [lambda option, totals=totals: -totals.get(option, 0) for totals in history]  # type: ignore[misc]
        return [self._rank(step).__getitem__]

    def _rank(self, step: str) -> list[int]:
        if step not in self._ranks:
            self._ranks[step] = self._made(step)
        return self._ranks[step]

    def _made(self, step: str) -> list[int]:
        names = self.ballots.options
        if step == "lot":
            self.lot = draw(self.ballots.seed or "", names)
            return [self.lot.index(name) for name in names]
        if step == "chair":
            said = self.ballots.casting
            return [said.index(name) if name in said else len(said) for name in names]
        from .counted import count

        other = replace(self.rule, method=str(self.rule.second), second=None, tie_ladder=(), threshold=None, seats=1)
        other = replace(other, quorum=None, none=None, dots=None, decimals=None)
        order = count(other, self.ballots, self.electorate).order
        rank = {name: at for at, group in enumerate(order) for name in group}
        return [rank.get(name, len(order)) for name in names]

    def _chair_spoke(self, groups: Groups) -> bool:
        names = self.ballots.options
        return any(names[one] in self.ballots.casting for group in groups if len(group) > 1 for one in group)


def _split(group: list[int], key: Callable[[int], Number]) -> Groups:
    if len(group) == 1:
        return [group]
    parts: dict[Number, list[int]] = {}
    for one in group:
        parts.setdefault(key(one), []).append(one)
    return [parts[at] for at in sorted(parts)]
