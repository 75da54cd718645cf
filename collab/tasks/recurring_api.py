"""When a task comes again, over the API."""

from typing import Any

from flask import Blueprint

from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.api import Answer, endpoint
from collab.work.queries.items import find_item, id_of

from .commands.recurring import set_recurrence, stop_recurrence
from .queries.recurring import as_form, coming, series_of
from .recurring import to_text
from .recurring_forms import RecurrenceForm
from .recurring_words import sentence


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    at = "/work-items/<ref:item>/recurrence"
    endpoint(api, f"GET {at}", gives="Recurrence")(recurrence)
    endpoint(api, f"PUT {at}", takes=RecurrenceForm, gives="Recurrence")(put_recurrence)
    endpoint(api, f"POST {at}/preview", takes=RecurrenceForm, gives="RecurrencePreview")(preview_recurrence)
    endpoint(api, f"DELETE {at}")(end_recurrence)


def recurrence(item: str) -> Answer:
    """When a task comes again: the rule (also as RFC 5545 writes it), in words, and the days that follow."""
    found = find_item(actor(), item)
    series = series_of(found.id)
    if series is None:
        raise NotFound
    form = as_form(series)
    ended = series.ended_how is not None
    said: dict[str, Any] = form.model_dump(mode="json")
    return said | {
        "rrule": to_text(series.rule),
        "sentence": sentence(actor(), series.rule, series.mode, series.roll, series.times_left),
        "next_on": series.next_on.isoformat() if series.next_on else None,
        "ended": series.ended_how,
        "days": [] if ended else [day.isoformat() for day in coming(found, form, series)],
    }


def put_recurrence(item: str, form: RecurrenceForm) -> Answer:
    """Let a task come again, or change from here on when it does."""
    set_recurrence(actor(), id_of(actor(), item), form)
    return recurrence(item)


def preview_recurrence(item: str, form: RecurrenceForm) -> Answer:
    """The next days on which a task would come by this rule. Nothing is kept."""
    found = find_item(actor(), item)
    series = series_of(found.id)
    return {
        "rrule": to_text(form.rule()),
        "sentence": sentence(actor(), form.rule(), form.mode, form.roll, form.times),
        "days": [day.isoformat() for day in coming(found, form, series)],
    }


def end_recurrence(item: str) -> Answer:
    """Let a task come no more. What came already stays."""
    stop_recurrence(actor(), id_of(actor(), item))
    return None, 204
