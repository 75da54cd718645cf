"""Finishing, giving up, taking, assigning."""

from dataclasses import replace

from flask import Response

from collab.core import clock
from collab.core.actor import Actor
from collab.core.errors import Forbidden, Invalid, Over
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.people.queries.today import today
from collab.people.queries.unit import members
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled
from collab.web.shell import initials

from .. import commands
from ..commands.items import open_parts
from ..forms import Assign, Cancel, Complete
from ..queries.items import find_item, id_of
from ..queries.shapes import Item
from . import pages
from .answers import acted, already, done, written_in_vain
from .dialogs import Choice, Dialog, Field, chosen, open_dialog
from .marks import Words
from .may import may_do

FINISHED, REOPENED, CANCELLED = N_("Finished."), N_("Open again."), N_("Cancelled.")
TAKEN, ASSIGNED, TO_TRAY = N_("It is yours now."), N_("Given."), N_("Back in the tray.")
WHO = "person,post,unit"
MOST_COLLEAGUES = 30


@door(pages, "GET /work-items/<ref:ref>/completion")
def completion(ref: str) -> Response:
    """A form for finishing an item, with what came of it."""
    return open_dialog(_finish(find_item(actor(), ref)))


@door(pages, "POST /work-items/<ref:ref>/completion", takes=Complete)
def complete(ref: str) -> Response:
    """Finish an item."""
    found, begun = id_of(actor(), ref), clock.now()
    try:
        commands.complete(actor(), found, filled(Complete))
    except Invalid as problem:
        return _asked(find_item(actor(), ref), problem)
    except (Forbidden, Over) as refusal:
        if written_in_vain(refusal, "outcome"):
            return open_dialog(_finish(find_item(actor(), ref)), refusal)
        return already(ref, refusal, "item-completed", "item-cancelled")
    return acted(ref, found, _(FINISHED), begun)


def _asked(item: Item, problem: Invalid) -> Response:
    """The form again with the reasons. Where only parts are still open it asks what becomes of them, also of whoever
    pressed a button elsewhere: then it opens over the page."""
    dialog = _finish(item)
    if set(problem.fields) != {"parts_stay"}:
        return open_dialog(dialog, problem)
    said = str(entered().get("outcome", ""))
    first, *rest = dialog.fields
    answer = open_dialog(replace(dialog, fields=(replace(first, value=said), *rest)))
    answer.status_code = problem.status
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


@door(pages, "DELETE /work-items/<ref:ref>/completion")
def reopen(ref: str) -> Response:
    """Open a finished or cancelled item again."""
    found = id_of(actor(), ref)
    try:
        commands.reopen(actor(), found)
    except Over as over:
        return done(ref, over.sentence())
    return done(ref, _(REOPENED))


@door(pages, "GET /work-items/<ref:ref>/cancellation")
def cancellation(ref: str) -> Response:
    """A form for giving an item up, with the reason."""
    return open_dialog(_cancel(find_item(actor(), ref)))


@door(pages, "POST /work-items/<ref:ref>/cancellation", takes=Cancel)
def cancel(ref: str) -> Response:
    """Give an item up."""
    found, begun = id_of(actor(), ref), clock.now()
    try:
        commands.cancel(actor(), found, filled(Cancel))
    except Invalid as problem:
        return open_dialog(_cancel(find_item(actor(), ref)), problem)
    except (Forbidden, Over) as refusal:
        if written_in_vain(refusal, "reason"):
            return open_dialog(_cancel(find_item(actor(), ref)), refusal)
        return already(ref, refusal, "item-cancelled", "item-completed")
    return acted(ref, found, _(CANCELLED), begun)


@door(pages, "POST /work-items/<ref:ref>/taking")
def take(ref: str) -> Response:
    """Take an item out of your unit's tray."""
    found, begun = id_of(actor(), ref), clock.now()
    try:
        commands.take(actor(), found)
    except (Forbidden, Over) as refusal:
        return already(ref, refusal, "item-taken")
    return acted(ref, found, _(TAKEN), begun)


@door(pages, "GET /work-items/<ref:ref>/holder")
def holder(ref: str) -> Response:
    """A form for giving an item to somebody of your units."""
    return open_dialog(_assign(actor(), find_item(actor(), ref)))


@door(pages, "PUT /work-items/<ref:ref>/holder", takes=Assign)
def assign(ref: str) -> Response:
    """Give an item to somebody of your units at once; to nobody puts it into the tray."""
    typed, found, begun = entered(), id_of(actor(), ref), clock.now()
    if "choice" in typed:
        typed = {"holder": typed["choice"]}
    try:
        form = parse(Assign, chosen(actor(), typed, "holder", WHO))
        commands.assign(actor(), found, form)
    except Invalid as problem:
        return open_dialog(_assign(actor(), find_item(actor(), ref)), problem, typed)
    return acted(ref, found, _(ASSIGNED if form.holder else TO_TRAY), begun)


def _finish(item: Item) -> Dialog:
    href, ends = f"/work-items/{item.reference}", _("Every open question on it ends with it.")
    return Dialog(
        _("Finish %(reference)s", reference=item.reference),
        f"{href}/completion",
        _("Finish"),
        href,
        note=f"{_parts_left(item)} {ends}".strip(),
        fields=(
            Field("outcome", _("What came of it"), hint=_("Stands in the history."), optional=True),
            Field("parts_stay", "", "hidden", value="on"),
        ),
    )


def _parts_left(item: Item) -> str:
    """What becomes of parts that are still open, where there are some."""
    left = sum(each.relation == "child" and each.state_kind not in ("done", "cancelled") for each in item.relatives)
    return open_parts(left) if left else ""


def _cancel(item: Item) -> Dialog:
    href = f"/work-items/{item.reference}"
    return Dialog(
        _("Cancel %(reference)s", reference=item.reference),
        f"{href}/cancellation",
        _("Cancel the item"),
        href,
        danger=True,
        fields=(Field("reason", _("Why it is given up"), required=True),),
    )


def _colleagues(who: Actor, item: Item) -> tuple[Choice, ...]:
    """Those who belong to the unit in which it lies, except whoever has it, to be chosen with one press."""
    words = Words(who)
    return tuple(
        Choice(
            one.person_id,
            one.name,
            _("away until %(day)s", day=words.day(one.away_until)) if one.away_until else one.title or "",
            initials(one.name),
            one.person_id % 8,
        )
        for one in members(who, item.desk.id, today())[:MOST_COLLEAGUES]
        if item.holder is None or one.person_id != item.holder.id
    )


def _assign(who: Actor, item: Item) -> Dialog:
    href = f"/work-items/{item.reference}"
    held = item.holder
    return Dialog(
        _("Who does %(reference)s", reference=item.reference),
        f"{href}/holder",
        _("Assign"),
        href,
        method="PUT",
        note=_("Whoever you choose has it at once."),
        other=(_("For somebody of another unit: hand it over"), f"{href}/handovers/new"),
        choices=_colleagues(who, item) if may_do(who, item).assign else (),
        fields=(
            Field(
                "holder",
                _("Person or post of your units"),
                "party",
                hint=_("Left empty, the work goes back into the unit's tray."),
                value=str(held.id) if held else "",
                shown=held.name if held else "",
                kinds=WHO,
                mine=True,
            ),
        ),
    )
