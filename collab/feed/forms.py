"""What may be asked and changed about an inbox."""

from typing import Annotated, Literal

from pydantic import Field

from collab.core.forms import Day, Flag, Form

Cursor = Annotated[str, Field(max_length=400)]
Limit = Annotated[int, Field(ge=1, le=200)]


Which = Literal["all", "unread", "called", "given", "awaited", "talk", "snoozed", "archived"]


class InboxFilter(Form):
    """Which lines of the inbox, from where on."""

    which: Which = "all"
    after: Cursor | None = None
    limit: Limit = 50


class Mark(Form):
    """A line of the inbox is read or not, archived or not, muted or not. What is not said stays."""

    read: Flag | None = None
    archived: Flag | None = None
    muted: Flag | None = None


class Snooze(Form):
    """When a line of the inbox comes back: in the morning of a day, or at one of the usual moments."""

    until: Day | None = None
    later: Literal["today", "tomorrow", "week", "month"] | None = None


class Grouping(Form):
    """Under which headings the inbox stands."""

    by: Literal["day", "unit"]


class From(Form):
    """From where on a section of My day is shown."""

    after: Cursor | None = None
