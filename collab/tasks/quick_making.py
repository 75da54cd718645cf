"""From a quick line to the form of a new task, for whichever door it came through."""

from collab.core.errors import Invalid
from collab.core.forms import parse

from .forms import NewTask
from .queries.quick import Draft
from .reminder_forms import ReminderForm


def new_task(draft: Draft) -> NewTask:
    """The form for what a line makes. Raises Invalid at `text` when something in it cannot be kept."""
    if draft.problem:
        raise Invalid(fields={"text": [draft.problem]})
    return parse(NewTask, draft.fields, typed=True)


def reminder(draft: Draft) -> ReminderForm | None:
    """When the writer wants to be reminded, where the line says a time."""
    if draft.reminder is None:
        return None
    day, wall = draft.reminder
    return ReminderForm(day=day, clock=f"{wall:%H:%M}")


def at_the_line(problem: Invalid) -> Invalid:
    """What is wrong with a reminder's moment or a rule's end is said of the line; other reasons as they are."""
    wrong = next((problem.fields[name] for name in ("day", "until") if name in problem.fields), None)
    return problem if wrong is None else Invalid(fields={"text": wrong})
