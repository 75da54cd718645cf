"""Undoing the last act on an item, from the word at the foot of the page or from the item's history."""

from flask import Response

from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door

from .. import commands
from ..queries.undoing import subject_of
from . import pages
from .answers import done

UNDONE = N_("Undone.")


@door(pages, "POST /facts/<id:fact_id>/undo")
def undo(fact_id: int) -> Response:
    """Undo your last act on an item."""
    item = subject_of(actor(), fact_id)
    commands.undo(actor(), item.id, fact_id)
    return done(item.reference, _(UNDONE))
