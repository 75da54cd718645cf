"""Links of an item: a dialog that shows those there are, takes one away and adds another."""

from typing import Any

from flask import Response

from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, reasons_of, show
from collab.work.events import STATES
from collab.work.lines import ICONS
from collab.work.queries.items import find_item, id_of
from collab.work.views.naming_items import with_item

from ..commands.linking import link, unlink
from ..link_forms import KINDS, NewLink
from . import pages
from .answers import changed

LINKED, UNLINKED = N_("Linked."), N_("The link is gone.")
SHOWN = {
    "relates": N_("Related"), "relates-by": N_("Related"), "blocks": N_("Blocks"), "blocks-by": N_("Blocked by"),
    "duplicates": N_("Same as"), "duplicates-by": N_("Same as"),
}  # fmt: skip


@door(pages, "GET /work-items/<ref:item>/links/new")
def links(item: str) -> Response:
    """The links of an item, with a form for another."""
    return _shown(item, {})


@door(pages, "POST /work-items/<ref:item>/links", takes=NewLink)
def add_link(item: str) -> Response:
    """Link an item with another."""
    typed = entered()
    try:
        link(actor(), id_of(actor(), item), parse(NewLink, with_item(typed, "item")))
    except Invalid as problem:
        return _shown(item, typed, reasons_of(problem), 422)
    return changed(item, _(LINKED))


@door(pages, "DELETE /work-items/<ref:item>/links/<ref:other>")
def remove_link(item: str, other: str) -> Response:
    """Take the links between two items away."""
    unlink(actor(), id_of(actor(), item), other)
    return changed(item, _(UNLINKED))


def _shown(item: str, typed: dict[str, Any], errors: dict[str, list[str]] | None = None, status: int = 200) -> Response:
    found = find_item(actor(), item)
    return show(
        "tasks/links.html",
        fragment="tasks/_links.html",
        status=status,
        reference=found.reference,
        address=f"/work-items/{found.reference}/links",
        ties=[(_(SHOWN[each.relation]), each) for each in found.relatives if each.relation in SHOWN],
        icons=ICONS,
        state_words={code: _(word) for code, word in STATES.items()},
        kinds={code: _(label) for code, label in KINDS.items()},
        typed=typed,
        errors=errors or {},
    )
