"""One's own reminders over the API."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import Answer, endpoint
from collab.work.queries.items import id_of
from collab.work.queries.named import named

from .commands.reminders import remove_reminder, set_reminder
from .queries.reminders import Reminding, reminders_of
from .reminder_forms import ReminderForm


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    at = "/work-items/<ref:item>/reminders"
    endpoint(api, f"GET {at}", gives="Reminders")(reminders)
    endpoint(api, f"POST {at}", takes=ReminderForm, gives="Reminders")(add_reminder)
    endpoint(api, f"DELETE {at}/<id:reminder_id>")(delete_reminder)


def reminders(item: str) -> Answer:
    """Your own reminders of an item, the soonest first. Nobody else's are told."""
    return {"items": [_line(one) for one in reminders_of(actor(), named(actor(), item).id)]}


def add_reminder(item: str, form: ReminderForm) -> Answer:
    """Be reminded of an item, in your inbox and by the ways you chose."""
    set_reminder(actor(), id_of(actor(), item), form)
    return reminders(item), 201


def delete_reminder(item: str, reminder_id: int) -> Answer:
    """Not be reminded any more."""
    remove_reminder(actor(), id_of(actor(), item), reminder_id)
    return None, 204


def _line(one: Reminding) -> dict[str, Any]:
    return {"id": one.id, "at": one.at.isoformat() if one.at else None, "before": one.before}
