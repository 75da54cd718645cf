"""Confirming, forwarding and being reminded, over the API."""

from typing import Any

from collab.web.actors import actor
from collab.web.api import endpoint

from . import commands, queries
from .api import api, message, sent
from .forms import ReceiptsOf, Remind
from .views_passing import Passed


@endpoint(api, "PUT /messages/<id:message_id>/receipt", gives="Message")
def confirm(message_id: int) -> Any:
    """Say that you have read a message that asks for it."""
    return message(commands.confirm(actor(), message_id))


@endpoint(api, "GET /messages/<id:message_id>/receipts", query=ReceiptsOf, gives="Receipts")
def receipts(message_id: int, query: ReceiptsOf) -> Any:
    """Who confirmed having read a message, and who is missing; for those who write there. Counted over all and by
    main unit; names come by the page, of one `unit` where it is asked for. `next`: ask `after` it for more."""
    found = queries.receipts(actor(), message_id, query.unit, query.after)
    return {
        "given_count": found.given_count, "missing_count": found.missing_count,
        "units": [one._asdict() for one in found.units],
        "given": found.given, "missing": found.missing, "next": found.next,
        "reminded_at": found.nudged_at.isoformat() if found.nudged_at else None,
    }  # fmt: skip


@endpoint(api, "POST /messages/<id:message_id>/receipts/nudges", gives="Reminded")
def nudge_missing(message_id: int) -> Any:
    """Remind those who have not confirmed it and are there today; for those who write there, once in a working day."""
    return {"reminded": commands.nudge_missing(actor(), message_id)}


@endpoint(api, "PUT /messages/<id:message_id>/reminder", takes=Remind)
def remind(message_id: int, form: Remind) -> Any:
    """Hear of a message again."""
    commands.remind_me(actor(), message_id, form)
    return None, 204


@endpoint(api, "GET /messages/<id:message_id>/reminder", gives="MessageReminder")
def reminder(message_id: int) -> Any:
    """When you hear of a message again; not found where you did not wish to."""
    return {"due_at": queries.reminder_of(actor(), message_id).isoformat()}


@endpoint(api, "DELETE /messages/<id:message_id>/reminder")
def forget_reminder(message_id: int) -> Any:
    """Not hear of a message again after all."""
    commands.forget_reminder(actor(), message_id)
    return None, 204


@endpoint(api, "POST /messages/<id:message_id>/forwarding", takes=Passed, gives="Sent")
def forward(message_id: int, form: Passed) -> Any:
    """Forward a message into another conversation; what it says is shown there to those who may read it."""
    return sent(commands.forward(actor(), message_id, form, form.nonce))
