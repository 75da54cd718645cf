"""Creating: in a unit of one's own; somebody else's unit is offered the item, as with every handover."""

from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import open_command
from collab.core.errors import Invalid
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.commands import offer
from collab.work.desks import holder_desk
from collab.work.forms import Offer
from collab.work.models import WorkItem
from collab.work.opening import Opening, open_item

from ..details import reckoned, refuse_before_protocol, say_why, write_details
from ..forms import NewPendingItem, NewTask
from ..policy import gives_at_once, may_create, may_create_in
from .precedence import cause, raised, say_raised
from .rules import with_rule

NOT_YOURS = N_("You create in your own units. To give it to another unit, name that unit as holder.")


@open_command(may_create)
def create_task(actor: Actor, form: NewTask) -> dict[str, Any]:
    """Create a task in a unit of one's own. Returns its id and reference."""
    item = _open(actor, form, "task")
    _offer_on(actor, item, form)
    return {"id": item.id, "reference": item.reference}


@open_command(may_create)
def create_pending_item(actor: Actor, form: NewPendingItem) -> dict[str, Any]:
    """Create a pending item in a unit of one's own. Without a due date the deadline follows from what the law gives."""
    _refuse_foreign_unit(actor, form.unit)
    refuse_before_protocol(form.due_on, form.protocol_on)
    form = with_rule(form, form.unit)
    found = reckoned(form.unit, form, form.start_on) if form.due_on is None else None
    asked, form = form.priority, form.model_copy(update={"priority": raised(form, form.priority)})
    item = _open(actor, form.model_copy(update={"due_on": found.due}) if found else form, "pending")
    write_details(actor, item.id, form)
    if found is not None:
        say_why(item, found, cause(form))
    say_raised(item, form, asked)
    _offer_on(actor, item, form)
    return {"id": item.id, "reference": item.reference}


def _open(actor: Actor, form: NewTask, kind: str) -> WorkItem:
    _refuse_foreign_unit(actor, form.unit)
    holder, desk = _first_holder(actor, form)
    return open_item(actor, form, Opening(kind, form.unit, holder, desk_id=desk))


def _refuse_foreign_unit(actor: Actor, unit_id: int) -> None:
    if not may_create_in(actor, unit_id):
        raise wrong("unit", _(NOT_YOURS))


def _first_holder(actor: Actor, form: NewTask) -> tuple[int | None, int | None]:
    """Who has the ball at first, and in which unit where that is known: the one named if it may be given at once,
    else the creator until it is accepted."""
    if form.holder is None or form.holder == form.unit:
        return None, None
    desk = holder_desk(form.holder, prefer=form.unit)
    return (form.holder, desk) if gives_at_once(actor, form.holder, desk) else (actor.person_id, None)


def _offer_on(actor: Actor, item: WorkItem, form: NewTask) -> None:
    if form.holder in (None, form.unit, item.holder_id):
        return
    try:
        offer(actor, item.id, Offer(to=form.holder, note=""))
    except Invalid as problem:
        at = {"holder" if name == "to" else name: reasons for name, reasons in problem.fields.items()}
        raise Invalid(problem.detail, fields=at) from problem
