"""What may be asked and changed about an inbox."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from collab.core.forms import Code, Day, Flag, Form, at_most

from .topics import Channel

Cursor = Annotated[str, Field(max_length=400)]
Limit = Annotated[int, Field(ge=1, le=200)]
MOST_KINDS = 50
"""Kinds of items that a way of hearing names."""


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


class PutOff(Snooze):
    """When something expected of one comes back to one's day: at a moment, or when somebody else touches the item."""

    touched: Flag = False


Hour = Annotated[int, Field(ge=0, le=23)]
Topic = Literal["called", "given", "awaited", "reminders", "answers", "away", "ended", "followed", "talk"]

Ways = Annotated[dict[Code, Channel], Field(max_length=MOST_KINDS), at_most(MOST_KINDS)]


class Hearing(Form):
    """How one wants to hear: by which way of each topic on each kind of item, and when letters may come.

    Hours are those of one's own clock; `quiet_from` equal to `quiet_until` means no quiet hours. What is not said
    stays.
    """

    mails: Flag | None = None
    digest_hour: Hour | None = None
    quiet_from: Hour | None = None
    quiet_until: Hour | None = None
    working_days: Flag | None = None
    choices: Annotated[dict[Topic, Ways], at_most(len(get_args(Topic)))] | None = None


class Grouping(Form):
    """Under which headings the inbox stands."""

    by: Literal["day", "unit"]


class From(Form):
    """From where on a section of My day is shown."""

    after: Cursor | None = None
