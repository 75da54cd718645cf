"""Who has confirmed having read an item: asked for, given, and reminded of."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import endpoint

from .. import commands
from ..forms import AskToRead
from ..queries import waits
from ..queries.items import find_item, id_of
from ..readers import readers_of
from . import shapes
from .again import repeated


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    at = "/work-items/<ref:item>/acknowledgement"
    endpoint(api, f"GET {at}", gives="Acknowledgement")(acknowledgement)
    endpoint(api, f"POST {at}", takes=AskToRead, gives="Acknowledgement")(ask_to_acknowledge)
    endpoint(api, f"POST {at}/nudges", gives="Reminded")(nudge_missing)
    endpoint(api, f"DELETE {at}")(withdraw_acknowledgement)
    endpoint(api, "POST /waits/<id:wait_id>/acknowledgement", gives="Wait")(acknowledge)


def acknowledgement(item: str) -> Any:
    """Who has confirmed having read an item, and who is missing."""
    found = readers_of(find_item(actor(), item))
    return {
        "items": [
            {
                "party": {"id": one.party.id, "kind": one.party.kind, "name": one.party.name},
                "wait": one.wait,
                "asked_at": one.asked_at.isoformat(),
                "until": one.until.isoformat() if one.until else None,
                "read_at": one.read_at.isoformat() if one.read_at else None,
            }
            for one in found
        ],
        "read": sum(one.read_at is not None for one in found),
        "all": len(found),
    }


def ask_to_acknowledge(item: str, form: AskToRead) -> Any:
    """Ask people, posts or the members of units to confirm that they have read an item."""
    commands.ask_to_acknowledge(actor(), id_of(actor(), item), form)
    return acknowledgement(item), 201


def nudge_missing(item: str) -> Any:
    """Remind those whom you asked and who have not confirmed yet."""
    return {"reminded": commands.nudge_missing(actor(), id_of(actor(), item))}


def withdraw_acknowledgement(item: str) -> Any:
    """No longer expect it of those who are missing."""
    commands.withdraw_acknowledgement(actor(), id_of(actor(), item))
    return None, 204


def acknowledge(wait_id: int) -> Any:
    """Confirm having read it."""
    with repeated(actor(), "acknowledged"):
        commands.acknowledge(actor(), wait_id)
    return shapes.wait(waits.find_wait(actor(), wait_id))
