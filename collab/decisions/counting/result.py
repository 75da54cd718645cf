"""What a count came to, and every step of the way there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .exact import Number, canonical, decimal, plain
from .pairs import Pairs

OUTCOMES: Final = ("decided", "rejected", "tie", "no-quorum", "no-valid-votes")


@dataclass(frozen=True, slots=True)
class Tie:
    """`between`: the options that stood equal; `step`: what they stood equal for: "seat", "exclusion", "surplus",
    "pairs", "money", "question"; `round`: in which, from 1, 0 where there are none.

    `broken`: each step of the ladder that told some apart, in turn; `order`: what came of it, groups still equal
    together; `open`: whether the rule had no more to try, so that people must decide. `why`: "awaits-seed" or
    "awaits-chair" where a step of the ladder could not be taken for want of it, "beyond-chair" where the chair's
    yes would not have been enough, "same-either-way" where the tie did not matter to who was elected.
    """

    between: tuple[str, ...]
    step: str
    round: int = 0
    broken: tuple[str, ...] = ()
    order: tuple[tuple[str, ...], ...] = ()
    open: bool = False
    why: str = ""

    def as_json(self) -> dict[str, object]:
        """For pages, the API and the command line."""
        return {
            "between": list(self.between),
            "step": self.step,
            "round": self.round,
            "broken": list(self.broken),
            "order": groups(self.order),
            "open": self.open,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Round:
    """One step of a count: what was done (`action`) to whom (`of`), and how all stood afterwards.

    Actions: "count", "surplus", "exclude", "fill" (those who remain take the seats), "take", "pass-over" (of a budget).
    `votes` in the order of the options. `exhausted`: ballots that name nobody any more; `lost`: cut off with decimals.
    """

    action: str
    votes: tuple[tuple[str, Number], ...]
    of: tuple[str, ...] = ()
    elected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    exhausted: Number = 0
    lost: Number = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """One victory in ranked pairs: `winner` over `loser` by `strength`; `locked` unless it closed a circle."""

    winner: str
    loser: str
    strength: int
    locked: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """`winners` in order; `order` of all, equals together; `sums`: the numbers behind it (cast, base, needed …).

    `scores`: the points of each option where the method gives points; `shares`: by criterion; `paths`: the strongest
    paths of Schulze; `table`: the pairwise table. `quota` of STV; `decimals` in which its numbers are written.
    """

    method: str
    seats: int
    outcome: str
    options: tuple[str, ...]
    winners: tuple[str, ...] = ()
    order: tuple[tuple[str, ...], ...] = ()
    ties: tuple[Tie, ...] = ()
    rounds: tuple[Round, ...] = ()
    quota: Number | None = None
    table: Pairs | None = None
    paths: Pairs | None = None
    locked: tuple[Pair, ...] = ()
    scores: Mapping[str, Number] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, Number]] = field(default_factory=dict)
    sums: Mapping[str, Number] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    lot: tuple[str, ...] = ()
    decimals: int | None = None

    def as_json(self) -> dict[str, object]:
        """The result as JSON values: numbers whole, else exact fractions, else cut to the rule's decimals."""
        return {
            "method": self.method,
            "seats": self.seats,
            "outcome": self.outcome,
            "winners": list(self.winners),
            "order": groups(self.order),
            "ties": [one.as_json() for one in self.ties],
            "quota": None if self.quota is None else plain(self.quota),
            "rounds": [self._round(one) for one in self.rounds],
            "pairwise": self._named(self.table),
            "paths": self._named(self.paths),
            "locked": [[one.winner, one.loser, one.strength, one.locked] for one in self.locked],
            "scores": {name: plain(value) for name, value in self.scores.items()},
            "shares": {of: {name: plain(v) for name, v in by.items()} for of, by in self.shares.items()},
            "sums": {name: plain(value) for name, value in self.sums.items()},
            "dropped": list(self.dropped),
            "lot": list(self.lot),
        }

    def to_json(self) -> str:
        """The result in its one spelling; the same ballots under the same rule give the same bytes."""
        return canonical(self.as_json())

    def written(self, value: Number) -> int | str:
        """A number of votes as this count writes it."""
        return plain(value) if self.decimals is None else decimal(value, self.decimals)

    def _round(self, one: Round) -> dict[str, object]:
        return {
            "action": one.action,
            "of": list(one.of),
            "votes": {name: self.written(value) for name, value in one.votes},
            "elected": list(one.elected),
            "excluded": list(one.excluded),
            "exhausted": self.written(one.exhausted),
            "lost": self.written(one.lost),
        }

    def _named(self, table: Pairs | None) -> dict[str, dict[str, int]] | None:
        if table is None:
            return None
        return {a: {b: table[i][j] for j, b in enumerate(self.options) if i != j} for i, a in enumerate(self.options)}


def groups(order: tuple[tuple[str, ...], ...]) -> list[str | list[str]]:
    """An order for JSON: a name alone, or a list of names that stand equal."""
    return [group[0] if len(group) == 1 else list(group) for group in order]
