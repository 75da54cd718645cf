"""What may be entered about advice and objections, on a page or over the API."""

from typing import Annotated, Literal

from pydantic import Field

from collab.core.forms import Day, Form, PartyId, Reason

MOST_ASKED = 30


class AskAdvice(Form):
    """Of whom advice is asked (people, posts, units), on what, and by when. Others may be asked with another day."""

    of: Annotated[list[PartyId], Field(min_length=1, max_length=MOST_ASKED)]
    what: Reason
    until: Day


class GiveAdvice(Form):
    """How one stands to it, and why: what whoever decides should know."""

    stance: Literal["supports", "concerns", "objects"]
    text: Reason


class UseAdvice(Form):
    """What became of an advice, with a sentence to whoever gave it."""

    used: Literal["taken-up", "partly", "not"]
    note: Reason


class MakeObjection(Form):
    """Why one cannot live with what is proposed."""

    reason: Reason


class SettleObjection(Form):
    """How the proposal was changed for it, or why it is overruled."""

    text: Reason
