"""What would follow from silence on an item: held back with a reason, and let count again."""

from flask import Response

from collab.core.errors import Forbidden, Invalid
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import filled
from collab.work.policy import may_change
from collab.work.queries.items import find_item, id_of
from collab.work.queries.shapes import Item
from collab.work.views.dialogs import Dialog, Field, open_dialog

from ..commands.silence import hold_silence, let_silence
from ..forms import Hold
from . import pages
from .answers import changed

HELD, COUNTS = N_("Silence does not count now: nothing follows from it."), N_("Silence counts again.")
TITLE = N_("Do not let silence count on %(reference)s")
NOTE = N_("Nothing then happens to the item by itself, until somebody lets silence count again.")


@door(pages, "GET /pending-items/<ref:item>/silence/hold")
def silence_hold(item: str) -> Response:
    """Say why what would follow from silence is held back."""
    found = find_item(actor(), item)
    if not may_change(actor(), found):  # type: ignore[arg-type]
        raise Forbidden
    return open_dialog(_dialog(found))


@door(pages, "POST /pending-items/<ref:item>/silence/hold", takes=Hold)
def hold(item: str) -> Response:
    """Hold back what would follow from silence."""
    found = find_item(actor(), item)
    try:
        hold_silence(actor(), found.id, filled(Hold))
    except Invalid as problem:
        return open_dialog(_dialog(found), problem)
    return changed(item, _(HELD))


@door(pages, "DELETE /pending-items/<ref:item>/silence/hold")
def let(item: str) -> Response:
    """Let silence count again."""
    let_silence(actor(), id_of(actor(), item))
    return changed(item, _(COUNTS))


def _dialog(item: Item) -> Dialog:
    return Dialog(
        title=_(TITLE, reference=item.reference),
        action=f"/pending-items/{item.reference}/silence/hold",
        verb=_(N_("Do not let it count")),
        back=f"/work-items/{item.reference}",
        note=_(NOTE),
        fields=(Field("reason", _(N_("Why")), required=True),),
    )
