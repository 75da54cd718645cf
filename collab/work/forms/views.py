"""What is typed of a saved view."""

from typing import Any, Literal

from collab.core.forms import (
    Flag,
    Form,
    PartyId,
    Question,
    Search,
    Short,
)  # fmt: skip

from .lists import By, DateOf, Layout, Span


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
