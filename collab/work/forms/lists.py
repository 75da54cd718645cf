"""What lists are asked, and what is done in and with them."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from collab.core.forms import (
    Day,
    Flag,
    Form,
    PartyId,
    Question,
    Search,
    Short,
    Words,
    complaint,
)  # fmt: skip
from collab.core.i18n import N_, _

from .items import KindCode, Priority, StateKind

Limit = Annotated[int, Field(ge=1, le=200)]
Working = Annotated[int, Field(ge=1, le=60)]
"""A number of working days."""


class Filter(Form):
    """A plain filter over a list of items. `below`: the units named, with all below them. `query` is a question in
    words (`holder:me due<+7d`), asked together with the rest."""

    query: Question | None = None

    kind: KindCode | None = None
    state: Literal["open", "closed", "any"] | StateKind = "open"
    unit: Short | None = None
    desk: Short | None = None
    below: Flag = False
    holder: Short | None = None
    label: Short | None = None
    text: Search = ""
    order: Literal["due", "newest", "changed", "priority"] = "due"
    after: Annotated[str, Field(max_length=400)] | None = None
    limit: Limit = 50


Layout = Literal["table", "board", "calendar"]
By = Literal["state", "holder", "priority"]
DateOf = Literal["due", "start"]
Span = Literal["month", "week"]


class ListPage(Form):
    """How a list is looked at: the query in words; as a table with order and groups, as a board with its columns `by`
    something, or as a calendar of the `span` that holds `day`, where items stand on their date `of` this kind."""

    query: Question | None = None
    order: Literal["due", "newest", "changed", "priority"] = "due"
    group: Literal["", "due", "holder", "unit", "state", "priority", "none"] = ""
    layout: Layout = "table"
    by: By = "state"
    of: DateOf = "due"
    span: Span = "month"
    day: Day | None = None
    after: Annotated[str, Field(max_length=2000)] | None = None
    limit: Limit = 50


class Columns(Form):
    """The columns chosen for a list, and how it is looked at meanwhile."""

    column: Annotated[list[Short], Field(max_length=20)] = []
    list: Search = ""
    query: Question | None = None
    order: Short | None = None
    group: Short | None = None


class Move(Form):
    """Where on a board or calendar an item is put: a state, a priority from 0 to 4, the id of a holder or of the unit
    whose tray it is, or the day on which it is due or starts. `version`: of the item as it was seen."""

    by: By | DateOf = "state"
    to: Short
    version: Annotated[int, Field(ge=1, le=2**31)] | None = None


class BulkChange(Form):
    """One change of many items. `fields`: the due date, the priority, labels put on and taken off; `holder`: who gets
    them (nobody: back into the trays); `done`; `cancelled` with a reason. `dry_run` only tells what would happen."""

    act: Literal["fields", "holder", "done", "cancelled"]
    due_on: Day | None = None
    clear_due: Flag = False
    priority: Priority | None = None
    add_labels: Annotated[list[Short], Field(max_length=20)] = []
    remove_labels: Annotated[list[Short], Field(max_length=20)] = []
    holder: PartyId | None = None
    reason: Words = ""
    dry_run: Flag = False

    @model_validator(mode="after")
    def _something(self) -> Self:
        said = self.due_on or self.clear_due or self.priority is not None or self.add_labels or self.remove_labels
        if self.act == "fields" and not said:
            raise complaint(_(N_("Say what is to change.")))
        if self.due_on and self.clear_due:
            raise complaint(_(N_("Either a new due date, or none any more: not both.")))
        if self.act == "cancelled" and not self.reason.strip():
            raise complaint(_(N_("Say why they are given up.")))
        return self


class BulkEdit(BulkChange):
    """One change of the items named."""

    items: Annotated[list[PartyId], Field(min_length=1, max_length=200)]


class WholeList(Form):
    """All that a query finds on a list."""

    list: Literal["work-items", "tasks", "pending-items"] = "work-items"
    query: Question = ""


class ListEdit(BulkChange, WholeList):
    """One change of all that a query finds on a list, carried out by a worker. `as_seen`: the mark that `dry_run` gave
    of what it found; when anything else is found by then, nothing is done."""

    as_seen: Annotated[str, Field(max_length=64)] = ""


class ListSheet(WholeList):
    """All that a query finds on a list as a sheet, made by a worker."""

    format: Literal["csv", "xlsx"] = "xlsx"


class HistoryPart(Form):
    """A part of a history, newest first; `after` is the cursor of the part before."""

    after: Annotated[str, Field(max_length=400)] | None = None
    limit: Limit = 20


class LedgerFilter(Form):
    """Which facts: who did it, their kind, about which item (reference or id), from which day to which."""

    person: PartyId | None = None
    kind: Annotated[str, Field(max_length=60)] | None = None
    item: Annotated[str, Field(max_length=60)] | None = None
    since: Day | None = None
    until: Day | None = None
    after: Annotated[str, Field(max_length=400)] | None = None
    limit: Limit = 50
