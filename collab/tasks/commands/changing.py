"""Changing what a task or pending item says, and turning one into the other in place."""

from datetime import date

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict
from collab.core.i18n import N_, _
from collab.work.commands import edit
from collab.work.events import KIND_NAMES, ItemKindChanged
from collab.work.forms import ChangeKind, EditItem
from collab.work.models import WorkItem
from collab.work.policy import items, may_change

from ..details import change_details, details_of, reckoned, say_why, stood_still
from ..events import PendingItemEdited
from ..forms import EditPendingItem, EditTask

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
    row, version = details_of(actor, item.id), item.version
    changed = change_details(actor, row, form)
    found = reckoned(item.unit_id, form, form.start_on, stood_still(item.id)) if form.due_on is None else None
    moved = found is not None and found.due != item.due_on
    if found is not None:
        row.suspended_days = found.suspended
    edit(actor, item.id, _every_item(form, found.due if found else form.due_on))
    if changed:
        item.changed_at, item.version = clock.now(), version + 1  # details stand beside the item, under its version
        record(PendingItemEdited(subject=item.id, fields=",".join(changed)))
    if found is not None and moved:
        say_why(item, found)
    return item.id


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
        details_of(actor, item.id)
    item.kind = form.kind
    item.changed_at = clock.now()
    session().flush()
    record(ItemKindChanged(subject=item.id, item_kind=form.kind))
    return item.id
