"""One thing that options are judged by, with the anchors of its scale declared before anybody scores."""

from dataclasses import dataclass
from fractions import Fraction

from .exact import fraction, plain, printable
from .refusals import N_, BadRule


@dataclass(frozen=True, slots=True)
class Criterion:
    """`worst` and `best`: the scores worth nothing and everything; cost has its worst above its best.

    `weight`: its share beside the other criteria, any positive number. `anchors`: what single scores mean, in words.
    """

    name: str
    weight: Fraction = Fraction(1)
    worst: Fraction = Fraction(0)
    best: Fraction = Fraction(10)
    anchors: tuple[tuple[Fraction, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip() or not printable(self.name):
            raise BadRule("criteria", N_("A criterion needs a name"))
        if self.weight < 0:
            raise BadRule("criteria", N_("The weight of “%(name)s” is below zero"), name=self.name)
        if self.worst == self.best:
            raise BadRule("criteria", N_("The scale of “%(name)s” begins where it ends"), name=self.name)
        if any(not self.low <= at <= self.high for at, _ in self.anchors):
            raise BadRule("criteria", N_("An anchor of “%(name)s” lies outside its scale"), name=self.name)

    @property
    def low(self) -> Fraction:
        """The least score that may be given."""
        return min(self.worst, self.best)

    @property
    def high(self) -> Fraction:
        """The greatest score that may be given."""
        return max(self.worst, self.best)

    def worth(self, score: Fraction) -> Fraction:
        """Where a score stands between worst, 0, and best, 1."""
        return (score - self.worst) / (self.best - self.worst)

    def as_json(self) -> dict[str, object]:
        """As it stands on the card."""
        return {
            "name": self.name,
            "weight": plain(self.weight),
            "worst": plain(self.worst),
            "best": plain(self.best),
            "anchors": [[plain(at), words] for at, words in self.anchors],
        }


def criterion(said: object) -> Criterion:
    """A criterion out of what a card says. Raises BadRule."""
    if not isinstance(said, dict) or not isinstance(said.get("name"), str):
        raise BadRule("criteria", N_("A criterion needs a name"))
    if unknown := set(said) - {"name", "weight", "worst", "best", "anchors"}:
        raise BadRule("criteria", N_("A criterion has no “%(name)s”"), name=min(map(str, unknown)))
    try:
        numbers = {name: fraction(said[name]) for name in ("weight", "worst", "best") if name in said}
        anchors = tuple((fraction(at), "".join(filter(printable, words))) for at, words in said.get("anchors", ()))
    except (TypeError, ValueError):
        raise BadRule("criteria", N_("Weights and scales are numbers such as 3, 0.5 or 2/3")) from None
    return Criterion(said["name"], anchors=anchors, **numbers)
