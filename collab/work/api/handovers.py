"""Deciding an offer: accepted, returned, or taken back."""

from typing import Any

from flask import Blueprint

from collab.core.errors import Forbidden, Over
from collab.web.actors import actor
from collab.web.api import endpoint

from .. import commands
from ..forms import Accept, Return
from ..queries import handovers, items
from . import shapes
from .again import decided_already, repeated
from .answers import after


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /handovers/<id:handover_id>", gives="Handover")(handover)
    endpoint(api, "POST /handovers/<id:handover_id>/acceptance", takes=Accept, gives="WorkItem")(accept_handover)
    endpoint(api, "POST /handovers/<id:handover_id>/return", takes=Return, gives="Handover")(return_handover)
    endpoint(api, "DELETE /handovers/<id:handover_id>")(take_back_handover)


def handover(handover_id: int) -> Any:
    """An offer and what became of it."""
    return shapes.handover(handovers.find_handover(actor(), handover_id))


def accept_handover(handover_id: int, form: Accept) -> Any:
    """Accept an offer: the ball moves now. 204 where you gave it to somebody else and may not see it any more."""
    try:
        item = commands.accept(actor(), handover_id, form)
    except (Forbidden, Over) as refusal:
        item = decided_already(actor(), handover_id, "accepted", refusal)
    return after(lambda: shapes.item(items.find_item(actor(), item)))


def return_handover(handover_id: int, form: Return) -> Any:
    """Return an offer with a reason. 204 where you saw the item only because it was offered to you."""
    try:
        commands.return_(actor(), handover_id, form)
    except (Forbidden, Over) as refusal:
        decided_already(actor(), handover_id, "returned", refusal)
    return after(lambda: handover(handover_id))


def take_back_handover(handover_id: int) -> Any:
    """Take an offer back before it is decided."""
    with repeated(actor(), "handover-withdrawn"):
        commands.take_back(actor(), handover_id)
    return None, 204
