"""What may be asked and changed about an inbox."""

from typing import Annotated, Literal

from pydantic import Field

from collab.core.forms import Flag, Form

Cursor = Annotated[str, Field(max_length=400)]
Limit = Annotated[int, Field(ge=1, le=200)]


class InboxFilter(Form):
    """Which lines of the inbox, from where on."""

    which: Literal["all", "unread", "archived"] = "all"
    after: Cursor | None = None
    limit: Limit = 50


class Mark(Form):
    """A line of the inbox is read or not, archived or not. What is not said stays."""

    read: Flag | None = None
    archived: Flag | None = None


class From(Form):
    """From where on a section of My day is shown."""

    after: Cursor | None = None
