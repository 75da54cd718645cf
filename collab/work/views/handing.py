"""Handing over: offered, then accepted or returned with a reason."""

from flask import Response

from collab.core import clock
from collab.core.errors import Conflict, Forbidden, Invalid, Over
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled

from .. import commands
from ..forms import Accept, Offer, Return
from ..queries.handovers import Offered, find_handover
from ..queries.items import find_item, id_of
from ..queries.shapes import HandoverLine, Item
from . import pages
from .answers import acted, already, done, written_in_vain
from .dialogs import Dialog, Field, chosen, open_dialog
from .shown.offers import came_back

OFFERED, MOVED = (
    N_("Offered. You stay responsible until it is accepted."),
    N_("It moved at once: both units are yours."),
)
ACCEPTED, RETURNED, TAKEN_BACK = (
    N_("Accepted: it is with you now."),
    N_("Returned with your reason."),
    N_("Taken back."),
)
TO = "unit,post,person"


@door(pages, "GET /work-items/<ref:ref>/handovers/new")
def new_handover(ref: str) -> Response:
    """A form for handing an item over; what just came back is offered to the same again, if nothing else is chosen."""
    item = find_item(actor(), ref)
    return open_dialog(_hand_over(item, came_back(item)))


@door(pages, "POST /work-items/<ref:ref>/handovers", takes=Offer)
def hand_over(ref: str) -> Response:
    """Offer an item to another unit, post or person; within your own units it moves at once."""
    typed, found, begun = entered(), id_of(actor(), ref), clock.now()
    try:
        form = parse(Offer, chosen(actor(), typed, "to", TO))
        made = commands.offer(actor(), found, form)
    except (Invalid, Conflict) as problem:
        return open_dialog(_hand_over(find_item(actor(), ref)), problem, typed)
    return acted(ref, found, _(OFFERED if made else MOVED), begun)


@door(pages, "GET /handovers/<id:handover_id>/acceptance")
def acceptance(handover_id: int) -> Response:
    """A form for accepting an offer and saying who gets it."""
    return open_dialog(_accept(find_handover(actor(), handover_id)))


@door(pages, "POST /handovers/<id:handover_id>/acceptance", takes=Accept)
def accept(handover_id: int) -> Response:
    """Accept what was offered: it moves now."""
    offered, typed = find_handover(actor(), handover_id), entered()
    try:
        commands.accept(actor(), handover_id, parse(Accept, chosen(actor(), typed, "holder", TO)))
    except Invalid as problem:
        return open_dialog(_accept(offered), problem, typed)
    except (Forbidden, Over) as refusal:
        return already(offered.reference, refusal, "handover-accepted", "handover-returned", "handover-withdrawn")
    return done(offered.reference, _(ACCEPTED))


@door(pages, "GET /handovers/<id:handover_id>/return")
def returning(handover_id: int) -> Response:
    """A form for returning an offer with the reason."""
    return open_dialog(_return(find_handover(actor(), handover_id)))


@door(pages, "POST /handovers/<id:handover_id>/return", takes=Return)
def return_(handover_id: int) -> Response:
    """Return what was offered, with the reason; it never left the sender."""
    offered = find_handover(actor(), handover_id)
    try:
        commands.return_(actor(), handover_id, filled(Return))
    except Invalid as problem:
        return open_dialog(_return(offered), problem)
    except (Forbidden, Over) as refusal:
        if written_in_vain(refusal, "reason"):
            return open_dialog(_return(offered), refusal)
        return already(offered.reference, refusal, "handover-returned", "handover-accepted", "handover-withdrawn")
    return done(offered.reference, _(RETURNED))


@door(pages, "DELETE /handovers/<id:handover_id>")
def take_back(handover_id: int) -> Response:
    """Take an offer back before it is decided."""
    offered = find_handover(actor(), handover_id)
    try:
        commands.take_back(actor(), handover_id)
    except Over as over:
        return done(offered.reference, over.sentence())
    return done(offered.reference, _(TAKEN_BACK))


def _hand_over(item: Item, before: HandoverLine | None = None) -> Dialog:
    href = f"/work-items/{item.reference}"
    whom, name, note = (str(before.to_id), before.to.name, before.note) if before else ("", "", "")
    return Dialog(
        _("Hand over %(reference)s", reference=item.reference),
        f"{href}/handovers",
        _("Hand over"),
        href,
        note=_("It is offered. You stay responsible until they accept; they may return it with a reason."),
        fields=(
            Field("to", _("To which unit, post or person"), "party", value=whom, shown=name, required=True, kinds=TO),
            Field("note", _("What they should know"), hint=_("Stands in the history."), value=note),
        ),
    )


def _accept(offered: Offered) -> Dialog:
    return Dialog(
        _("Accept %(reference)s", reference=offered.reference),
        f"/handovers/{offered.handover.id}/acceptance",
        _("Accept"),
        f"/work-items/{offered.reference}",
        note=_("From then on your unit is responsible for it."),
        fields=(
            Field("holder", _("Who of your unit gets it"), "party", hint=_("Nobody chosen: you yourself."), kinds=TO),
        ),
    )


def _return(offered: Offered) -> Dialog:
    return Dialog(
        _("Return %(reference)s", reference=offered.reference),
        f"/handovers/{offered.handover.id}/return",
        _("Return"),
        f"/work-items/{offered.reference}",
        note=_(
            "It stays with %(unit)s. After the third return the superior of both decides.",
            unit=offered.handover.from_unit.name,
        ),
        fields=(Field("reason", _("Why it does not belong here"), required=True),),
    )
