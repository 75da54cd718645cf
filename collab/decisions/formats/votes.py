"""What a votes file says, whatever its format: options by name, and equal ballots counted together. Pure."""

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction

Ranking = tuple[tuple[int, ...], ...]
"""Best first; options in one group are equal. Options that stand in no group were not ranked."""
Scores = tuple[Fraction | None, ...]
"""One for each option; None where the voter gave none."""


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes of one file. One of `rankings`, `scores`, `answers` holds the ballots.

    `answers` are yes, no and abstain of a question; `absent` those entitled who gave no answer.
    """

    form: str
    names: tuple[str, ...]
    title: str = ""
    seats: int | None = None
    rankings: dict[Ranking, int] = field(default_factory=dict)
    scores: dict[Scores, int] = field(default_factory=dict)
    approvals: bool = False
    """The scores are 1 or nothing."""
    answers: dict[str, int] = field(default_factory=dict)
    absent: int = 0
    recused: int = 0
    withdrawn: tuple[int, ...] = ()
    costs: tuple[Fraction, ...] = ()
    budget: Fraction | None = None
    threshold: Fraction | None = None
    """A share the file itself demands ("8 votes required" of 11)."""
    notes: tuple[str, ...] = ()

    @property
    def ballots(self) -> int:
        return sum(self.rankings.values()) + sum(self.scores.values()) + sum(self.answers.values())

    def ranked(self) -> "Votes":
        """The same votes as rankings: a higher score is preferred, equal scores are equal, no score is not ranked."""
        if not self.scores:
            return self
        found: Counter[Ranking] = Counter()
        for scores, count in self.scores.items():
            groups: dict[Fraction, list[int]] = {}
            for option, score in enumerate(scores):
                if score is not None:
                    groups.setdefault(score, []).append(option)
            found[tuple(tuple(groups[score]) for score in sorted(groups, reverse=True))] += count
        return replace(self, rankings=dict(found), scores={})
