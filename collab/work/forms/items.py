"""What is typed of an item itself."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from collab.core.forms import (
    SENTENCES,
    Day,
    Flag,
    Form,
    Line,
    PartyId,
    Prose,
    Reason,
    Short,
    Words,
    complaint,
    parse,
    wrong,
)  # fmt: skip
from collab.core.i18n import N_, _

from ..effort import MOST as MOST_MINUTES
from ..effort import minutes_in

ReachCode = Literal["unit", "all", "named"]
Priority = Annotated[int, Field(ge=0, le=4)]
StateKind = Literal["new", "active", "waiting", "done", "cancelled"]
KindCode = Literal["task", "pending", "decision"]
MISSING = SENTENCES["missing"]
BEFORE_START = N_("The due date is before the start.")
NO_TIME = N_("Write a time such as 2h, 1h 30m or 1:30.")


def _minutes(value: object) -> int:
    """Minutes as a number, or time as people write it."""
    if isinstance(value, str) and len(value) <= 60:
        value = minutes_in(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_MINUTES:
        raise complaint(_(NO_TIME))
    return value


Minutes = Annotated[
    int,
    PlainValidator(_minutes, json_schema_input_type=Annotated[int, Field(ge=0, le=MOST_MINUTES)]),
]
"""Time that work takes. Over the API minutes; on a page as people write it, where a figure alone is hours."""


class ItemFields(Form):
    """What every kind of item has. `labels` are words; a label that is new is made. `effort_minutes`: what it is
    planned to take; `spent_minutes`: what it took so far."""

    title: Line
    body: Prose = ""
    priority: Priority = 0
    start_on: Day | None = None
    due_on: Day | None = None
    reach: ReachCode = "unit"
    labels: Annotated[list[Short], Field(max_length=20)] = []
    parent: PartyId | None = None
    effort_minutes: Minutes | None = None
    spent_minutes: Minutes | None = None

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.start_on and self.due_on and self.due_on < self.start_on:
            raise wrong("due_on", _(BEFORE_START))
        return self


class NewItem(ItemFields):
    """A new item of a unit; without a holder it lies in the unit's tray."""

    unit: PartyId
    holder: PartyId | None = None


class EditItem(ItemFields):
    """An item's fields as a whole: what is left empty becomes empty."""


class PatchItem(Form):
    """Some of an item's fields: what is left out stays as it is."""

    title: Line | None = None
    body: Prose | None = None
    priority: Priority | None = None
    start_on: Day | None = None
    due_on: Day | None = None
    reach: ReachCode | None = None
    labels: Annotated[list[Short], Field(max_length=20)] | None = None
    parent: PartyId | None = None
    effort_minutes: Minutes | None = None
    spent_minutes: Minutes | None = None

    @model_validator(mode="after")
    def _not_nothing(self) -> Self:
        for name in ("title", "body", "priority", "reach", "labels"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise wrong(name, _(MISSING))
        return self

    def over(self, known: dict[str, Any]) -> EditItem:
        """These fields over those that stand. Raises Invalid where they do not go together."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return parse(EditItem, known | given, typed=True)


class Assign(Form):
    """Who gets it; nobody means back into the unit's tray."""

    holder: PartyId | None = None


class Complete(Form):
    """What came of it. `parts_stay`: whoever finishes it knows that parts of it are still open and stay so."""

    outcome: Words = ""
    parts_stay: Flag = False


class Cancel(Form):
    reason: Reason


class Merge(Form):
    """The item that is the same, by reference or id; of the two the older goes on."""

    item: Short


class ChangeKind(Form):
    kind: Literal["task", "pending"]
