"""How many could vote: the numbers that bases and quorums are reckoned from."""

from dataclasses import dataclass

from .refusals import N_, BadBallots


@dataclass(frozen=True, slots=True, kw_only=True)
class Electorate:
    """`entitled`: all who are, the recused among them; None where nobody knows (a file of ballots alone).

    `recused`: of these, who may not vote on this question. `present`: in the room or reached, of the recused only where
    the rule keeps them in its base; None means whoever voted. Under a rule with weights all three are sums of weights.
    Raises BadBallots where they cannot be.
    """

    entitled: int | None = None
    recused: int = 0
    present: int | None = None

    def __post_init__(self) -> None:
        for name in ("entitled", "recused", "present"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 0):
                raise BadBallots(name, N_("A number of people is a whole number from 0"))
        if self.entitled is not None and self.recused > self.entitled:
            raise BadBallots("recused", N_("More are recused than entitled"))
        if self.entitled is not None and self.present is not None and self.present > self.entitled:
            raise BadBallots("present", N_("More are present than entitled"))

    def as_json(self) -> dict[str, int | None]:
        """As it stands in a bundle."""
        return {"entitled": self.entitled, "recused": self.recused, "present": self.present}
