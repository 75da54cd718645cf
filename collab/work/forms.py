"""What may be entered about any work item, on a page or over the API."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from collab.core.forms import (
    Day,
    Flag,
    Form,
    Line,
    PartyId,
    Prose,
    Question,
    Reason,
    Said,
    Search,
    Short,
    Words,
    complaint,
    parse,
)  # fmt: skip
from collab.core.i18n import N_, _
from collab.people.forms.organisation import NewOutsider

from .effort import MOST as MOST_MINUTES
from .effort import minutes_in

ReachCode = Literal["unit", "all", "named"]
Priority = Annotated[int, Field(ge=0, le=4)]
Limit = Annotated[int, Field(ge=1, le=200)]
StateKind = Literal["new", "active", "waiting", "done", "cancelled"]
KindCode = Literal["task", "pending", "decision"]

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
            raise complaint(_(BEFORE_START))
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
                raise complaint(_(N_("%(name)s cannot be empty.")) % {"name": name})
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


Working = Annotated[int, Field(ge=1, le=60)]
"""A number of working days."""


class Ask(Form):
    """Something is expected of `of`, or the end of the item `item`, or simply a date.

    `nudge_every`: remind by itself every so many working days, `nudge_most` times at most (0: never). What is left out
    follows the rule of the unit. `outsider`: somebody outside who may not be known yet, in the place of `of`.
    """

    of: PartyId | None = None
    outsider: NewOutsider | None = None
    item: PartyId | None = None
    what: Reason
    until: Day | None = None
    stops_clock: Flag = False
    nudge_every: Working | None = None
    nudge_most: Annotated[int, Field(ge=0, le=20)] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.of is not None and self.outsider is not None:
            raise complaint(_(N_("Say one who is awaited, not two.")))
        if self.of is None and self.outsider is None and self.item is None and self.until is None:
            raise complaint(_(N_("Say who is awaited, which item, or until when.")))
        return self


class AskToRead(Form):
    """People, posts, and units of which every member is meant, that are to confirm having read it. `until`: by when."""

    parties: Annotated[list[PartyId], Field(min_length=1, max_length=200)]
    what: Search = ""
    until: Day | None = None


class Answer(Form):
    """An answer in words. `arrived_on`: the day on which an answer from outside came, where that was before today; what
    stood still for it runs again from then."""

    text: Said
    arrived_on: Day | None = None


class Escalate(Form):
    """Why it goes up to the head above."""

    reason: Reason


class EscalationRuleForm(Form):
    """Reminders and lapses, counted in working days; `nudge_most` 0: no reminders, `levels` 0: nothing goes up."""

    nudge_every: Working = 3
    nudge_most: Annotated[int, Field(ge=0, le=20)] = 3
    first_after: Working = 3
    then_every: Working = 5
    levels: Annotated[int, Field(ge=0, le=9)] = 2


class NewEscalationRule(EscalationRuleForm):
    """A rule for a unit and those below (without one: everywhere), for items of a kind (without one: every kind)."""

    unit: PartyId | None = None
    item_kind: KindCode | None = None


class Offer(Form):
    """To whom the ball is offered (a unit, a post or a person) and why."""

    to: PartyId
    note: Words = ""


class Accept(Form):
    """Who in the accepting unit gets it; by default the person who accepts."""

    holder: PartyId | None = None


class Return(Form):
    reason: Reason


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


class Condition(Form):
    """A condition added to a query through the filter bar."""

    field: Search = ""
    sign: Literal["=", "<", "<=", ">", ">="] = "="
    value: Search = ""
    query: Question = ""
    list: Search = ""


class ViewFields(Form):
    """What a saved view says: of which list, asking what (`query` in words, or `filter` as a tree), how arranged, and
    with which unit it is shared."""

    name: Short
    list: Literal["work-items", "tasks", "pending-items"] = "work-items"
    query: Question | None = None
    filter: dict[str, Any] | None = None
    order: Literal["due", "newest", "changed", "priority"] = "due"
    group: Literal["", "due", "holder", "unit", "state", "priority", "none"] = ""
    layout: Layout = "table"
    by: By = "state"
    of: DateOf = "due"
    span: Span = "month"
    unit: PartyId | None = None


class NewView(ViewFields):
    """A view to keep. `pinned`: it stands in one's own sidebar at once."""

    pinned: Flag = False


class ViewChange(ViewFields):
    """Some of what a view says; what is left out stays as it is. A unit of null shares it with nobody."""

    name: Short = ""


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
