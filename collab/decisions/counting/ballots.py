"""What was voted: options and ballots, equal ones counted once with their number."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

from . import gathering
from .exact import canonical, plain
from .gathering import Ranking, Score, Weak
from .objection import Objection
from .pairs import Pairs, pairs
from .refusals import N_, BadBallots


@dataclass(frozen=True, kw_only=True)
class Ballots:
    """One question's ballots; options are named, ballots speak of them by their index. Build it by the methods below.

    `strict`: rankings without equal ranks, the empty one being blank; `weak`: rankings of groups of equals, which stay
    equal; `scores`: a row of scores for each criterion (one row where there are none), None where nothing was said;
    `approvals`: what was approved. Of a yes/no question: `yes`, `no`. `abstained`: said so; `spoilt`: not to be read;
    both were cast. `costs` of the options of a budget, `objections` to a consent. Given after the close: `casting`, the
    chair's words in turn, one for each time the chair was asked (the option that stands before the others, or several
    in their order), and at it `seed` of the lot.
    """

    options: tuple[str, ...]
    strict: Mapping[tuple[int, ...], int] = field(default_factory=dict)
    weak: Mapping[Weak, int] = field(default_factory=dict)
    approvals: Mapping[tuple[int, ...], int] = field(default_factory=dict)
    scores: Mapping[tuple[tuple[Score, ...], ...], int] = field(default_factory=dict)
    yes: int = 0
    no: int = 0
    abstained: int = 0
    spoilt: int = 0
    costs: tuple[int, ...] = ()
    objections: tuple[Objection, ...] = ()
    casting: tuple[str | tuple[str, ...], ...] = ()
    seed: str | None = None

    def __post_init__(self) -> None:
        gathering.check_options(self.options)
        for name in ("yes", "no", "abstained", "spoilt"):
            gathering.check_number(name, getattr(self, name))
        if self.seed is not None and not isinstance(self.seed, str):
            raise BadBallots("seed", N_("This is a short text"))
        for text in (self.seed or "", *(part for one in self.objections for part in (one.by, one.reason))):
            gathering.check_text("seed" if text == self.seed else "objections", text)
        if self.costs and len(self.costs) != len(self.options):
            raise BadBallots("costs", N_("Every option has one cost"))
        for cost in self.costs:
            gathering.check_number("costs", cost)
        if unknown := {name for order in self.words for name in order or ("",)} - set(self.options):
            raise BadBallots("casting", N_("There is no option “%(name)s”"), name=min(unknown))

    @classmethod
    def question(cls, *, yes: int = 0, no: int = 0, abstained: int = 0, spoilt: int = 0, **also: Any) -> Self:
        """Yes, no and abstentions, counted ballots or a show of hands."""
        return cls(options=("yes", "no"), yes=yes, no=no, abstained=abstained, spoilt=spoilt, **also)

    @classmethod
    def ranked(cls, options: Iterable[str], rankings: Iterable[Ranking] | Mapping[Ranking, int], **also: Any) -> Self:
        """Rankings, best first: each entry an option (its name or index) or a tuple of equally good ones.

        A mapping gives the number of each. What is not named is unranked. Raises BadBallots.
        """
        named = tuple(options)
        strict, weak = gathering.rankings(named, rankings)
        return cls(options=named, strict=strict, weak=weak, **also)

    @classmethod
    def ranks(cls, options: Iterable[str], rows: Iterable[Sequence[int | None]], **also: Any) -> Self:
        """One row a voter: the rank of each option, 1 best; equal ranks and gaps are allowed, None is unranked."""
        named = tuple(options)
        return cls.ranked(named, gathering.from_ranks(named, rows), **also)

    @classmethod
    def scored(
        cls, options: Iterable[str], rows: Iterable[Sequence[Score]] | Mapping[Sequence[Score], int], **also: Any
    ) -> Self:
        """One row a voter: the score, points or dots of each option, None where nothing was said."""
        named = tuple(options)
        return cls(options=named, scores=gathering.scores(named, rows), **also)

    @classmethod
    def judged(cls, options: Iterable[str], sheets: Iterable[Sequence[Sequence[Score]]], **also: Any) -> Self:
        """One sheet a voter: for each criterion, in the order of the card, the score of each option."""
        named = tuple(options)
        return cls(options=named, scores=gathering.sheets(named, sheets), **also)

    @classmethod
    def approving(cls, options: Iterable[str], sets: Iterable[Ranking] | Mapping[Ranking, int], **also: Any) -> Self:
        """What each voter approves, names or indices in any order; nothing is a blank ballot."""
        named = tuple(options)
        strict, _ = gathering.rankings(named, sets)
        return cls(options=named, approvals=gathering.as_sets(strict), **also)

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """What the chair said, in turn, each an order of the options named."""
        return tuple((word,) if isinstance(word, str) else word for word in self.casting)

    @cached_property
    def valid(self) -> int:
        """Ballots that say something."""
        blank = self.strict.get((), 0) + self.approvals.get((), 0)
        return self.yes + self.no + self._papers - blank - gathering.silent(self.scores)

    @cached_property
    def cast(self) -> int:
        """All that were handed in: valid, blank, abstaining and spoilt."""
        return self.yes + self.no + self.abstained + self.spoilt + self._papers

    @cached_property
    def _papers(self) -> int:
        return sum(sum(of.values()) for of in (self.strict, self.weak, self.approvals, self.scores))

    @cached_property
    def below(self) -> Pairs:
        """How many prefer each option to each other, the unranked below all."""
        return pairs(len(self.options), self.strict, self.weak, unranked_below=True)

    @cached_property
    def opinions(self) -> Pairs:
        """The same where the unranked are no opinion: only pairs that were both ranked count."""
        return pairs(len(self.options), self.strict, self.weak, unranked_below=False)

    def as_json(self) -> dict[str, object]:
        """As it stands in a bundle: sorted, so that it tells nothing of the order in which people voted."""
        return {
            "options": list(self.options),
            "rankings": [[list(map(list, r)), n] for r, n in sorted(self.weak.items())]
            + [[list(r), n] for r, n in sorted(self.strict.items())],
            "approvals": [[list(r), n] for r, n in sorted(self.approvals.items())],
            "scores": sorted(
                (
                    [[[None if s is None else plain(s) for s in row] for row in sheet], n]
                    for sheet, n in self.scores.items()
                ),
                key=canonical,
            ),
            **{name: getattr(self, name) for name in ("yes", "no", "abstained", "spoilt", "seed")},
            "costs": list(self.costs),
            "casting": [word if isinstance(word, str) else list(word) for word in self.casting],
            "objections": [one.as_json() for one in self.objections],
        }

    def to_json(self) -> str:
        """The ballots in their one spelling."""
        return canonical(self.as_json())

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Ballots out of a bundle. Raises BadBallots."""
        try:
            said = json.loads(text, parse_float=str)
            return cls(**gathering.read(said))
        except BadBallots:
            raise
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise BadBallots("ballots", N_("These are no ballots as a bundle holds them")) from None
