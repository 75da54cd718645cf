"""What is typed of a question, its answer and its way up."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from collab.core.forms import (
    Day,
    Flag,
    Form,
    PartyId,
    Reason,
    Said,
    Search,
    complaint,
)  # fmt: skip
from collab.core.i18n import N_, _
from collab.people.forms.organisation import NewOutsider

from .items import KindCode
from .lists import Working

SAY_WHOM = N_("Say who is awaited, which item, or until when.")


class Ask(Form):
    """Something is expected of `of`, or the end of the item `item`, or simply a date.

    `nudge_every`: remind by itself every so many working days, `nudge_most` times at most (0: never). What is left out
    follows the rule of the unit. `outsider`: somebody outside who may not be known yet, in the place of `of`.
    """

    of: PartyId | None = None
    outsider: NewOutsider | None = None
    item: PartyId | None = None
    what: Reason
    until: Day | None = None
    stops_clock: Flag = False
    nudge_every: Working | None = None
    nudge_most: Annotated[int, Field(ge=0, le=20)] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.of is not None and self.outsider is not None:
            raise complaint(_(N_("Say one who is awaited, not two.")))
        if self.of is None and self.outsider is None and self.item is None and self.until is None:
            raise complaint(_(SAY_WHOM))
        return self


class AskToRead(Form):
    """People, posts, and units of which every member is meant, that are to confirm having read it. `until`: by when."""

    parties: Annotated[list[PartyId], Field(min_length=1, max_length=200)]
    what: Search = ""
    until: Day | None = None


class Answer(Form):
    """An answer in words. `arrived_on`: the day on which an answer from outside came, where that was before today; what
    stood still for it runs again from then."""

    text: Said
    arrived_on: Day | None = None


class Escalate(Form):
    """Why it goes up to the head above."""

    reason: Reason


class EscalationRuleForm(Form):
    """Reminders and lapses, counted in working days; `nudge_most` 0: no reminders, `levels` 0: nothing goes up."""

    nudge_every: Working = 3
    nudge_most: Annotated[int, Field(ge=0, le=20)] = 3
    first_after: Working = 3
    then_every: Working = 5
    levels: Annotated[int, Field(ge=0, le=9)] = 2


class NewEscalationRule(EscalationRuleForm):
    """A rule for a unit and those below (without one: everywhere), for items of a kind (without one: every kind)."""

    unit: PartyId | None = None
    item_kind: KindCode | None = None
