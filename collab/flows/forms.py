"""What may be entered when work is made of what was said."""

from typing import Literal, Self

from pydantic import model_validator

from collab.core.errors import Invalid
from collab.core.forms import Day, Form, Line, PartyId, Prose, Short
from collab.core.i18n import N_, _

from .meetings.forms import Minutes

OF_WHOM = N_("Say from whom the answer is wanted.")


class WorkOfMessage(Form):
    """A task or a pending item made of a message, or a pending item for which an answer is wanted. `awaited`: of whom,
    `until` which day; naming somebody makes it a pending item whatever the kind, and the kind `answer` needs somebody
    named. The answer may be given as a reply to the message."""

    kind: Literal["task", "pending", "answer"] = "task"
    title: Line
    body: Prose = ""
    unit: PartyId
    holder: PartyId | None = None
    due_on: Day | None = None
    awaited: PartyId | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _of_somebody(self) -> Self:
        if self.awaited is None and (self.until is not None or self.kind == "answer"):
            raise Invalid(fields={"awaited": [_(OF_WHOM)]})
        return self


class PointOfMessage(Form):
    """A point made of a message, on the agenda of the meeting with this reference."""

    meeting: Short
    title: Line
    minutes: Minutes = 10
