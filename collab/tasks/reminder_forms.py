"""What may be entered about a reminder."""

import re
from datetime import time
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from collab.core.forms import Day, Form, Search, Short, complaint
from collab.core.i18n import N_, _
from collab.core.text.fold import fold

from .forms import number_only

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")  # in Greece 9.30 as often as 9:30
NO_CLOCK = N_("A time is expected here, such as 9:00.")
ONE_OF = N_("Say when: in words, by day, or so many days before the due day.")


def _clock(typed: str) -> str:
    match = _CLOCK.fullmatch(fold(typed).strip())
    if match is None:
        raise PydanticCustomError("said", "{sentence}", {"sentence": _(NO_CLOCK)})
    return f"{int(match[1]):02}:{match[2]}"


Clock = Annotated[Short, AfterValidator(_clock)]


class ReminderForm(Form):
    """When to be reminded: in words ("tomorrow 9:00", "3 days before due", "in 2 hours"), on a `day`, or so many days
    `before` the due day (0: on it), at `clock` by one's own clock."""

    text: Search = ""
    day: Day | None = None
    before: Annotated[int, Field(ge=0, le=365), BeforeValidator(number_only)] | None = None
    clock: Clock = "09:00"

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum((bool(self.text.strip()), self.day is not None, self.before is not None)) != 1:
            raise complaint(_(ONE_OF))
        return self

    @property
    def wall(self) -> time:
        hour, minute = self.clock.split(":")
        return time(int(hour), int(minute))
