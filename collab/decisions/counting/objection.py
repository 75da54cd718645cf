"""An objection to what is proposed by consent, and how it ended."""

from dataclasses import dataclass
from typing import Final

from .refusals import N_, BadBallots

STATES: Final = ("open", "integrated", "withdrawn", "overruled")


@dataclass(frozen=True, slots=True)
class Objection:
    """`by`: who objects, a name or an id; `state`: open until integrated, withdrawn or overruled with a `reason`."""

    by: str
    state: str = "open"
    reason: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise BadBallots("objections", N_("An objection is open, integrated, withdrawn or overruled"))
        if self.state == "overruled" and not self.reason.strip():
            raise BadBallots("objections", N_("An objection is overruled with a reason only"))

    def as_json(self) -> list[str]:
        """As it stands in a bundle."""
        return [self.by, self.state, self.reason]
