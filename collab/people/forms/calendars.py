"""Working calendars as an administrator enters them."""

from typing import Annotated, Literal

from pydantic import Field

from collab.core.forms import Day, Flag, Form, Line

Weekday = Annotated[int, Field(ge=0, le=6)]


class CalendarForm(Form):
    """Name, country of the public holidays, and the weekdays not worked (Monday is 0)."""

    name: Line
    country: Literal["GR", "IR"] | None = None
    weekend: Annotated[list[Weekday], Field(max_length=6)] = []


class CorrectionForm(Form):
    """One day that is worked, or not, against the rule; with `yearly` a feast of the place, each year."""

    day: Day
    name: Line
    working: Flag = False
    yearly: Flag = False
