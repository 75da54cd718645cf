"""A task together with what a line said beside it: when to be reminded, when it comes again. All of it or nothing."""

from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import open_command

from ..forms import NewTask
from ..policy import may_create
from ..recurring_forms import RecurrenceForm
from ..reminder_forms import ReminderForm
from .creating import create_task
from .recurring import set_recurrence
from .reminders import set_reminder


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
