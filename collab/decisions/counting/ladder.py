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
    """The steps of one count. `lot`: the order drawn, once it was needed.

    `heard`: how many words of the chair were taken. They are taken in the order in which they were given, each for the
    tie about which the chair was asked; none of them settles a later one.
    """

    def __init__(self, rule: Rule, ballots: Ballots, electorate: Electorate) -> None:
        self.rule = rule
        self.ballots = ballots
        self.electorate = electorate
        self.lot: tuple[str, ...] = ()
        self.heard = 0
        self._ranks: dict[str, list[int]] = {}

    def settle(
        self,
        tied: Iterable[int],
        enough: Callable[[Groups], bool],
        *,
        steps: tuple[str, ...] | None = None,
        history: History = (),
        spare: Callable[[Groups], bool] = lambda _groups: False,
    ) -> Settled:
        """Tell `tied` apart until it is `enough`, by the rule's ladder or by `steps`.

        `spare`, looked at before each word of the chair: whether it would change nothing, so that none is taken.
        """
        groups: Groups = [list(tied)]
        broken: list[str] = []
        for step in self.rule.tie_ladder if steps is None else steps:
            if enough(groups):
                break
            if step == "lot" and self.ballots.seed is None:
                return Settled(groups, tuple(broken), "awaits-seed")
            before = len(groups)
            if step == "chair":
                while not (spared := enough(groups) or spare(groups)) and (key := self._word(groups)) is not None:
                    groups = _finer(groups, key)
            else:
                for key in self._keys(step, history):
                    groups = _finer(groups, key)
                    if enough(groups):
                        break
            if len(groups) > before and step not in broken:
                broken.append(step)
            if step == "chair":
                return Settled(groups, tuple(broken), "" if spared else "awaits-chair")
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
        from .counted import count

        other = replace(self.rule, method=str(self.rule.second), second=None, tie_ladder=(), threshold=None, seats=1)
        other = replace(other, quorum=None, none=None, dots=None, decimals=None)
        order = count(other, replace(self.ballots, casting=()), self.electorate).order
        rank = {name: at for at, group in enumerate(order) for name in group}
        return [rank.get(name, len(order)) for name in names]

    def _word(self, groups: Groups) -> Callable[[int], Number] | None:
        """The next word of the chair, taken; None where none was given that tells any of these apart."""
        names, words = self.ballots.options, self.ballots.words
        order = words[self.heard] if self.heard < len(words) else ()
        if not any(names[one] in order for group in groups if len(group) > 1 for one in group):
            return None
        self.heard += 1
        return lambda one: order.index(names[one]) if names[one] in order else len(order)


def _finer(groups: Groups, key: Callable[[int], Number]) -> Groups:
    return [part for group in groups for part in _split(group, key)]


def _split(group: list[int], key: Callable[[int], Number]) -> Groups:
    if len(group) == 1:
        return [group]
    parts: dict[Number, list[int]] = {}
    for one in group:
        parts.setdefault(key(one), []).append(one)
    return [parts[at] for at in sorted(parts)]
