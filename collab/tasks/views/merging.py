"""Two items that are the same become one: those that may be meant are offered, or the reference is typed."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from collab.core import clock
from collab.core.errors import Conflict, Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered
from collab.work import commands
from collab.work.forms import Merge
from collab.work.queries.items import find_item, id_of
from collab.work.queries.shapes import Item
from collab.work.queries.undoing import undoable
from collab.work.views.answers import done
from collab.work.views.dialogs import Choice, Dialog, Field, open_dialog
from collab.work.views.naming_items import with_item

from ..queries.similar import similar
from . import pages

NOTE = N_(
    "The older of the two goes on; the other is closed and leads there. Both numbers stay, open questions go along, "
    "files and talk stay readable. It can be undone for a day."
)
MERGED = N_("Merged: %(reference)s goes on.")
WHY = {
    "number": N_("the same protocol number"),
    "counterpart": N_("the same counterpart"),
    "words": N_("like words"),
}


@door(pages, "GET /work-items/<ref:item>/merger")
def merging(item: str) -> Response:
    """A form for merging an item with one that is the same."""
    return open_dialog(_dialog(find_item(actor(), item)))


@door(pages, "POST /work-items/<ref:item>/merger", takes=Merge)
def merge(item: str) -> Response:
    """Make one of two items that are the same: the older goes on."""
    who, typed, begun = actor(), entered(), clock.now()
    found = id_of(who, item)
    try:
        made = commands.merge(who, found, parse(Merge, _chosen(typed)))
    except (Invalid, Conflict) as problem:
        return open_dialog(_dialog(find_item(who, item)), problem, typed)
    undo = undoable(who, id_of(who, made["gone"]), begun)
    return done(made["keep"], _(MERGED, reference=made["keep"]), undo=undo)


def _chosen(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {"item": typed.get("choice") or with_item(typed, "item").get("item", "")}


def _dialog(item: Item) -> Dialog:
    href = f"/work-items/{item.reference}"
    return Dialog(
        _("%(reference)s is the same as…", reference=item.reference),
        f"{href}/merger",
        _("Merge"),
        href,
        note=_(NOTE),
        choices=tuple(
            Choice(one.id, f"{one.reference} {one.title}", " · ".join(filter(None, (one.protocol, _(WHY[one.why])))),
                   one.reference[:1], one.id % 8)
            for one in similar(actor(), item)
        ),
        fields=(Field("item", _("Another one"), "item"),),
    )  # fmt: skip
