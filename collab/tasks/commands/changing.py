"""Changing what a task or pending item says, and turning one into the other in place."""

from datetime import date

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.ball import settle
from collab.work.commands import edit
from collab.work.events import KIND_NAMES, ItemEdited, ItemKindChanged
from collab.work.forms import BEFORE_START, ChangeKind, EditItem
from collab.work.models import WorkItem
from collab.work.policy import items, may_change

from ..details import (
    BEFORE_PROTOCOL,
    Reckoned,
    change_details,
    details_of,
    reckoned,
    refuse_before_protocol,
    say_why,
    stood_still,
)
from ..events import PendingItemEdited
from ..forms import Details, EditDetails, EditPendingItem, EditTask
from .precedence import cause, raised, say_raised
from .rules import with_rule

OTHER_KIND = N_("This is a %(kind)s now. Look again, then repeat.")


@command(may_change, on=items)
def edit_task(actor: Actor, item: WorkItem, form: EditTask) -> int:
    """Change what a task says."""
    _refuse_other_kind(item, "task")
    return edit(actor, item.id, _every_item(form, form.due_on))


@command(may_change, on=items)
def edit_pending_item(actor: Actor, item: WorkItem, form: EditPendingItem) -> int:
    """Change what a pending item says. A due date that is left empty is reckoned from what the law gives."""
    _refuse_other_kind(item, "pending")
    before, version = item.due_on, item.version
    changed, found = _write_details(actor, item, form, form.due_on, form.start_on)
    edit(actor, item.id, _every_item(form, found.due if found else form.due_on))
    _say(item, changed, version)
    if found is not None and found.due != before:
        say_why(item, found, cause(form))
    _first(item, form, changed)
    return item.id


@command(may_change, on=items)
def edit_details(actor: Actor, item: WorkItem, form: EditDetails) -> int:
    """Change the details of a pending item alone, with its deadline."""
    _refuse_other_kind(item, "pending")
    before, version = item.due_on, item.version
    if form.due_on is not None and item.start_on is not None and form.due_on < item.start_on:
        raise wrong("due_on", _(BEFORE_START))
    changed, found = _write_details(actor, item, form, form.due_on, item.start_on)
    item.due_on = found.due if found else form.due_on
    if item.due_on != before:
        settle(item, actor.person_id, clock.now())
        if found is not None:
            say_why(item, found, cause(form))
        else:
            due = item.due_on.isoformat() if item.due_on else None
            was = {"due_on": before.isoformat() if before else None}
            record(ItemEdited(subject=item.id, fields="due_on", due_on=due, was=was, title_was="", title_now=""))
    _say(item, changed, version)
    _first(item, form, changed)
    return item.id


def _write_details(
    actor: Actor, item: WorkItem, form: Details, due_on: date | None, start_on: date | None
) -> tuple[list[str], Reckoned | None]:
    """Write the details; what changed, and the deadline that follows when none was entered."""
    row = details_of(actor, item.id)
    form = with_rule(form, item.unit_id, row)
    if due_on != item.due_on or form.protocol_on != row.protocol_on:  # what stood before is not complained of
        refuse_before_protocol(due_on, form.protocol_on)
    changed = change_details(actor, row, form)
    found = reckoned(item.unit_id, form, start_on, stood_still(item.id)) if due_on is None else None
    if found is not None:
        row.suspended_days = found.suspended
    return changed, found


def _say(item: WorkItem, changed: list[str], version: int) -> None:
    """Details stand beside the item and under its version."""
    if changed:
        item.changed_at, item.version = clock.now(), version + 1
        record(PendingItemEdited(subject=item.id, fields=",".join(changed)))


def _first(item: WorkItem, form: Details, changed: list[str]) -> None:
    """What became an electronic application, or came under a rule, now may go first; what somebody set later stays."""
    if "source" in changed or "rule" in changed:
        before, item.priority = item.priority, raised(form, item.priority)
        say_raised(item, form, before)


def _refuse_other_kind(item: WorkItem, kind: str) -> None:
    if item.kind != kind:
        raise Conflict(_(OTHER_KIND, kind=_(KIND_NAMES.get(item.kind, item.kind))))


def _every_item(form: EditItem, due_on: date | None) -> EditItem:
    """The part of a form that every work item has."""
    return EditItem.model_construct(
        **{name: getattr(form, name) for name in EditItem.model_fields} | {"due_on": due_on}
    )


@command(may_change, on=items)
def change_kind(actor: Actor, item: WorkItem, form: ChangeKind) -> int:
    """Turn a task into a pending item or back, in place: number, talk and history stay, and no detail is lost."""
    if form.kind == item.kind:
        return item.id
    if form.kind == "pending":
        came_in = details_of(actor, item.id).protocol_on
        if came_in is not None and item.due_on is not None and item.due_on < came_in:
            raise Conflict(_(BEFORE_PROTOCOL))
    item.kind = form.kind
    item.changed_at = clock.now()
    session().flush()
    record(ItemKindChanged(subject=item.id, item_kind=form.kind))
    return item.id
