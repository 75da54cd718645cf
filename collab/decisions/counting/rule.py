"""The rule card: everything that decides how votes become a result, settled and frozen before anybody votes."""

import hashlib
import json
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Self

from .contradictions import VERSIONS, check
from .criterion import Criterion
from .exact import canonical, plain
from .reading_cards import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One card. Raises BadRule, naming the field, where it contradicts itself.

    Of all methods: `version`, of what the words below mean; `seats` to fill; `weighted`, whether votes may weigh
    differently; `none`, the option that stands for "none of these", and `none_ratio`, by how many times an option must
    beat it; `tie_ladder`, what is tried in turn on a tie for a seat: "history", "second" (another method named in
    `second`), "chair", "lot";
    `elimination_ties`, the same without "second" between those who might be excluded; `seed_digest`, SHA-256 of the
    lot's seed.

    Majority: `threshold` of `base`, reached or, when `strict`, exceeded. `recused_in_base`: whether the recused stay
    among the entitled. Quorum: `quorum` of `quorum_base`, a fraction up to 1 or a number above; `quorum_counts`
    those who cast a vote or all present, `quorum_abstentions` whether abstaining counts as taking part.

    Ranks: `strength` of a pairwise victory; `unranked` options stand below all or are no opinion; `borda` points of
    partial ballots; `equal_ranks` split a vote or stop it (where one option is to be named); `pair_ties`, the order of
    equally strong pairs.

    STV: `quota`, `surplus_order`, `decimals` that are kept, None for exact fractions.

    Scores from `low` to `high`; `dots` a person gives; `budget` to spend; `criteria`, or `comparisons` of each with
    those after it (Saaty's 1/9 to 9), whose inconsistency may be at most `consistency`; `overruling`, whether an
    objection may be overruled with reasons.
    """

    method: str
    version: int = VERSIONS[-1]
    seats: int = 1
    weighted: bool = False
    none: str | None = None
    none_ratio: Fraction = Fraction(1)
    tie_ladder: tuple[str, ...] = ("history", "lot")
    second: str | None = None
    seed_digest: str | None = None
    elimination_ties: tuple[str, ...] = ("history", "lot")
    base: str = "yes+no"
    threshold: Fraction | None = None
    strict: bool = True
    recused_in_base: bool = False
    quorum: Fraction | None = None
    quorum_strict: bool = False
    quorum_base: str = "entitled"
    quorum_counts: str = "cast"
    quorum_abstentions: bool = True
    strength: str = "winning-votes"
    unranked: str = "below"
    borda: str = "average"
    equal_ranks: str = "split"
    pair_ties: str = "together"
    quota: str = "droop"
    surplus_order: str = "largest"
    decimals: int | None = None
    low: int = 0
    high: int = 10
    dots: int | None = None
    budget: Fraction | None = None
    criteria: tuple[Criterion, ...] = ()
    comparisons: tuple[tuple[Fraction, ...], ...] = ()
    consistency: Fraction = Fraction(1, 10)
    overruling: bool = False

    def __post_init__(self) -> None:
        check(self)

    def as_json(self) -> dict[str, object]:
        """Every field, defaults too, so that a card means the same when defaults have changed."""
        return {one.name: _shown(getattr(self, one.name)) for one in fields(self)}

    def to_json(self) -> str:
        """The card in its one spelling."""
        return canonical(self.as_json())

    def digest(self) -> str:
        """SHA-256 of the card, hexadecimal: what is published when a decision opens."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str | bytes | dict[str, object]) -> Self:
        """A card from its JSON; what it does not say is the default. Raises BadRule."""
        return cls(**read(text if isinstance(text, dict) else _loaded(text)))


def _loaded(text: str | bytes) -> object:
    try:
        return json.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        return None


def _shown(value: object) -> object:
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, Criterion):
        return value.as_json()
    if isinstance(value, tuple):
        return [_shown(one) for one in value]
    return value
