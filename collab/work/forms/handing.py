"""What is typed of a handover."""

from collab.core.forms import (
    Form,
    PartyId,
    Reason,
    Words,
)  # fmt: skip


class Offer(Form):
    """To whom the ball is offered (a unit, a post or a person) and why."""

    to: PartyId
    note: Words = ""


class Accept(Form):
    """Who in the accepting unit gets it; by default the person who accepts."""

    holder: PartyId | None = None


class Return(Form):
    reason: Reason
