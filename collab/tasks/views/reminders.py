"""Being reminded of an item: a dialog with the usual moments and a line for any other."""

from typing import Any

from flask import Response

from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, reasons_of, show
from collab.work.queries.items import find_item, id_of

from ..commands.reminders import remove_reminder, set_reminder
from ..queries.reminders import reminders_of
from ..reminder_forms import ReminderForm
from ..reminding import reminder_lines
from . import pages
from .answers import changed

SET, GONE = N_("You will be reminded."), N_("You will not be reminded of it.")


@door(pages, "GET /work-items/<ref:item>/reminders/new")
def new_reminder(item: str) -> Response:
    """Choose when to be reminded of an item."""
    return _form(item, {})


@door(pages, "POST /work-items/<ref:item>/reminders", takes=ReminderForm)
def add_reminder(item: str) -> Response:
    """Be reminded of an item. Nobody else sees it."""
    typed = entered()
    said = {name: value for name, value in typed.items() if name != "clock" or typed.get("day") or typed.get("before")}
    try:
        set_reminder(actor(), id_of(actor(), item), parse(ReminderForm, said))
    except Invalid as problem:
        return _form(item, typed, problem)
    return changed(item, _(SET))


@door(pages, "DELETE /work-items/<ref:item>/reminders/<id:reminder_id>")
def delete_reminder(item: str, reminder_id: int) -> Response:
    """Not be reminded any more."""
    remove_reminder(actor(), id_of(actor(), item), reminder_id)
    return changed(item, _(GONE))


def _form(ref: str, typed: dict[str, Any], problem: Invalid | None = None) -> Response:
    who = actor()
    found = find_item(who, ref)
    offered = [
        (_(N_("In an hour")), "text", "in 1 hour"),
        (_(N_("Tomorrow morning, 9:00")), "text", "tomorrow 9:00"),
        (_(N_("In a week, 9:00")), "text", "in 1 week 9:00"),
    ]
    if found.due_on is not None:
        left = (found.due_on - today()).days
        offered += [
            (label, "before", str(before))
            for before, label in (
                (0, _(N_("On the due day, 9:00"))),
                (1, _(N_("The day before it is due"))),
                (3, _(N_("Three days before it is due"))),
            )
            if left > before
        ]
    errors = {name: " ".join(reasons) for name, reasons in reasons_of(problem).items()} if problem else {}
    shown = ("text", "day", "clock")
    return show(
        "tasks/reminder.html",
        fragment="tasks/_reminder.html",
        status=problem.status if problem else 200,
        reference=found.reference,
        address=f"/work-items/{found.reference}/reminders",
        offered=offered,
        lines=reminder_lines(who, reminders_of(who, found.id)),
        typed=typed,
        errors=errors,
        others=[reason for name, reason in errors.items() if name not in shown],
    )
