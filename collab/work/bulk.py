"""What one change would do to each of many items, and why not to some. It looks only at what it is given, but for
what the kind of an item says of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.core.text.fold import fold

from .forms import BulkChange
from .kinds import never_due, own_way
from .policy import is_kept, is_open, may_assign, may_change, may_close

CLOSED: Final = N_("It is finished.")
NOT_YOURS: Final = N_("It is not yours to change.")
NOT_TO_ASSIGN: Final = N_("Only the head of the unit in which it lies gives it to somebody.")
BEFORE_START: Final = N_("Its start is after that date.")


class Subject(Protocol):
    """An item as a bulk edit looks at it: the columns the rules look at, and those that change."""

    id: int
    kind: str
    reference: str
    title: str
    state_kind: str
    holder_id: int | None
    desk_unit_id: int
    unit_id: int
    created_by: int
    priority: int
    start_on: date | None
    due_on: date | None
    labels: list[str] | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one item: it changes, it stays as it is, or it is refused with a sentence."""

    item: Subject
    changes: bool
    refusal: str = ""


def planned(actor: Actor, items: Iterable[Subject], form: BulkChange) -> list[Planned]:
    """What the change does to each item, in their order."""
    found = list(items)
    never = never_due(found, form.due_on) if form.act == "fields" else {}
    return [_planned(actor, item, form, never.get(item.id, "")) for item in found]


def labels_after(item: Subject, form: BulkChange) -> list[str]:
    """The labels an item carries afterwards: one that is put on and taken off is taken off."""
    off = {fold(name) for name in form.remove_labels}
    known = {fold(name): name for name in [*(item.labels or []), *form.add_labels]}
    return [name for folded, name in known.items() if folded not in off]


def due_after(item: Subject, form: BulkChange) -> date | None:
    return None if form.clear_due else form.due_on or item.due_on


def _planned(actor: Actor, item: Subject, form: BulkChange, never: str) -> Planned:
    it: Any = item
    if is_kept(item):
        return Planned(item, False, own_way(item.kind))
    if form.act == "fields":
        if not may_change(actor, it):
            return Planned(item, False, _(NOT_YOURS))
        due = due_after(item, form)
        if due and item.start_on and due < item.start_on:
            return Planned(item, False, _(BEFORE_START))
        if never:
            return Planned(item, False, never)
        same = due == item.due_on and form.priority in (None, item.priority)
        return Planned(item, not same or sorted(labels_after(item, form)) != sorted(item.labels or []))
    if not is_open(it):
        return Planned(item, False, _(CLOSED))
    if form.act == "holder":
        if not may_assign(actor, it):
            return Planned(item, False, _(NOT_TO_ASSIGN))
        return Planned(item, form.holder != item.holder_id)
    return Planned(item, True) if may_close(actor, it) else Planned(item, False, _(NOT_YOURS))
