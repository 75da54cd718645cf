"""A task together with what a line said beside it: when to be reminded, when it comes again. All of it or nothing; and
the way back."""

from contextlib import suppress
from typing import Any

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, session
from collab.core.errors import Conflict, Forbidden, NotFound
from collab.core.facts import FactRow
from collab.core.i18n import N_, _
from collab.work.commands import cancel
from collab.work.commands.undoing import HISTORY, TOO_LATE
from collab.work.forms import Cancel
from collab.work.models import WorkItem
from collab.work.policy import items, may_change
from collab.work.undoing import HARMLESS, WITHIN

from ..forms import NewTask
from ..policy import may_create
from ..recurring_forms import RecurrenceForm
from ..reminder_forms import ReminderForm
from .creating import create_task
from .recurring import set_recurrence, stop_recurrence
from .reminders import set_reminder

WITHDRAWN = N_("Taken back right after it was added.")


@open_command(may_create)
def create_as_said(
    actor: Actor, form: NewTask, reminder: ReminderForm | None = None, again: RecurrenceForm | None = None
) -> dict[str, Any]:
    """Create a task, be reminded of it and let it come again, as far as either was said."""
    made = create_task(actor, form)
    if reminder is not None:
        set_reminder(actor, made["id"], reminder)
    if again is not None:
        set_recurrence(actor, made["id"], again)
    return made


@command(may_change, on=items)
def take_back(actor: Actor, item: WorkItem) -> int:
    """Take back what one has just added, while nothing else happened to it: it is given up and comes no more."""
    if item.created_by != actor.person_id:
        raise Forbidden
    if item.state_kind == "cancelled":
        return item.id  # asked twice
    lines = session().execute(HISTORY.where(FactRow.subject_id == item.id)).all()
    made = lines[-1]
    since = any(line.at != made.at and line.kind not in HARMLESS for line in lines)
    if since or made.kind != "item-opened" or clock.now() - made.at > WITHIN:
        raise Conflict(_(TOO_LATE))
    with suppress(NotFound):
        stop_recurrence(actor, item.id)
    return cancel(actor, item.id, Cancel(reason=_(WITHDRAWN)))
