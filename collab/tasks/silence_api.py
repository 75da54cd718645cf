"""What follows from silence on a pending item, over the API."""

from typing import Any

from flask import Blueprint

from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.api import Answer, endpoint
from collab.work.queries.items import find_item, id_of

from .commands.silence import hold_silence, let_silence
from .forms import Hold
from .panel import silence_json


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    at = "/pending-items/<ref:item>/silence"
    endpoint(api, f"GET {at}", gives="Silence")(silence)
    endpoint(api, f"POST {at}/hold", takes=Hold, gives="Silence")(hold)
    endpoint(api, f"DELETE {at}/hold", gives="Silence")(let)


def silence(item: str) -> Answer:
    """What silence means for an item, whether it counts now, and until which day something may still come."""
    return _shown(item)


def hold(item: str, form: Hold) -> Answer:
    """Hold back what would follow from silence."""
    hold_silence(actor(), id_of(actor(), item), form)
    return _shown(item)


def let(item: str) -> Answer:
    """Let silence count again."""
    let_silence(actor(), id_of(actor(), item))
    return _shown(item)


def _shown(ref: str) -> dict[str, Any]:
    found = find_item(actor(), ref)
    if found.kind != "pending":
        raise NotFound
    return silence_json(actor(), found)
