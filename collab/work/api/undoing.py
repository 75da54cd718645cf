"""Undoing the last act on an item."""

from typing import Any

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import endpoint

from .. import commands
from ..queries import items
from ..queries.undoing import subject_of
from . import shapes


def install(api: Blueprint) -> None:
    """Add the door of this file to the API."""
    endpoint(api, "POST /facts/<id:fact_id>/undo", gives="WorkItem")(undo_fact)


def undo_fact(fact_id: int) -> Any:
    """Undo your last act on an item, as its history offers it. 409 when somebody touched the item since."""
    who = actor()
    item = subject_of(who, fact_id)
    commands.undo(who, item.id, fact_id)
    return shapes.item(items.find_item(who, item.id))
