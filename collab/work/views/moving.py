"""A card put into another column or onto another day: the verb that does it, or the sentence that says which would."""

from typing import Any, Final

from flask import Response

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import BadDay, parse_day
from collab.core.envelope import Seen
from collab.core.errors import Conflict, Forbidden, Invalid
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import filled

from .. import commands
from ..forms import Assign, Complete, Move, PatchItem
from ..kinds import own_way
from ..lines import PRIORITIES
from ..policy import is_open, may_take
from ..queries.items import find_item
from ..queries.shapes import Item
from ..saying import said_by
from . import pages
from .answers import acted
from .may import may_do

BEGUN, MOVED = N_("In progress."), N_("Moved.")
STAYS: Final = N_("It stands there already.")
NOT_NEW: Final = N_("What was begun does not become new again.")
SAY_WHOM: Final = N_("Open it and say with “Wait for…” who is awaited; then it waits.")
STILL_WAITS: Final = N_("It waits until the answer comes. Answer or withdraw the question on its page.")
SAY_WHY: Final = N_("Open it and cancel it there: a reason is needed.")
OFFER_IT: Final = N_("This unit is not yours to assign in. Open the item and hand it over instead.")
NO_COLUMN: Final = N_("There is no such column.")
PARTS_OPEN: Final = N_("%(parts)s Finish it on its page.")
NO_DAY: Final = N_("There is no such day.")
DATES: Final = {"due": "due_on", "start": "start_on"}
MOST: Final = 15


@door(pages, "PUT /work-items/<ref:ref>/column", takes=Move)
def move(ref: str) -> Response:
    """Put an item into another column of a board (another state, holder or priority) or onto another day."""
    who, form, begun = actor(), filled(Move), clock.now()
    item = find_item(who, ref)
    said = moved(who, item, form)
    answer = acted(item.reference, item.id, _(said), begun)
    # The next move of the card may come before the list was asked for again.
    answer.set_etag(str(find_item(who, item.id).version))
    return answer


def moved(who: Actor, item: Item, form: Move) -> str:
    """Put it there by the verb that this is; the sentence to say. Raises what that verb raises."""
    if way := own_way(item.kind):
        raise Conflict(way)
    return _MOVES[form.by](who, item, form)


@door(pages, "POST /work-items/<ref:ref>/beginning")
def begin(ref: str) -> Response:
    """Begin to work on a new item."""
    item, begun = find_item(actor(), ref), clock.now()
    commands.begin(actor(), item.id)
    return acted(item.reference, item.id, _(BEGUN), begun)


def _state(who: Actor, item: Item, form: Move) -> str:
    seen: Any = Seen(item.id, form.version)
    if form.to == item.state_kind:
        raise Conflict(_(STAYS))
    if form.to == "done":
        try:
            commands.complete(who, seen, Complete())
        except Invalid as problem:  # parts of it are open: its page asks
            raise Conflict(_(PARTS_OPEN, parts=" ".join(problem.fields.get("parts_stay", [])))) from None
        return N_("Finished.")
    if form.to == "active" and not is_open(item):  # type: ignore[arg-type]
        commands.reopen(who, seen)
        return N_("Open again.")
    if form.to == "active" and item.state_kind == "new":
        if not may_do(who, item).change and may_take(who, item):  # type: ignore[arg-type]
            commands.take(who, seen)
            return N_("It is yours now.")
        commands.begin(who, seen)
        return BEGUN
    refusals = {"new": NOT_NEW, "waiting": SAY_WHOM, "cancelled": SAY_WHY, "active": STILL_WAITS}
    if form.to not in refusals:
        raise wrong("to", _(NO_COLUMN))
    raise Conflict(_(refusals[form.to]))


def _holder(who: Actor, item: Item, form: Move) -> str:
    if not (form.to.isascii() and form.to.isdigit() and len(form.to) <= MOST):
        raise wrong("to", _(NO_COLUMN))
    to, seen = int(form.to), Seen(item.id, form.version)
    if to == (item.holder_id or item.desk_unit_id):
        raise Conflict(_(STAYS))
    may = may_do(who, item)
    if to == who.person_id and may.take and not may.assign:
        commands.take(who, seen)
        return N_("It is yours now.")
    if not may.assign and item.is_open:
        raise Forbidden(_(OFFER_IT))
    tray = to == item.desk_unit_id
    commands.assign(who, seen, Assign(holder=None if tray else to))
    return N_("Back in the tray.") if tray else N_("Given.")


def _priority(who: Actor, item: Item, form: Move) -> str:
    if form.to not in {str(code) for code in PRIORITIES}:
        raise wrong("to", _(NO_COLUMN))
    if int(form.to) == item.priority:
        raise Conflict(_(STAYS))
    version = item.version if form.version is None else form.version
    commands.edit(who, Seen(item.id, version), PatchItem(priority=int(form.to)).over(said_by(item)))
    return MOVED


def _day(who: Actor, item: Item, form: Move) -> str:
    try:
        to = parse_day(form.to)
    except BadDay:
        raise wrong("to", _(NO_DAY)) from None
    name = DATES[form.by]
    if to == getattr(item, name):
        raise Conflict(_(STAYS))
    version = item.version if form.version is None else form.version
    try:
        commands.edit(who, Seen(item.id, version), PatchItem.model_validate({name: to}).over(said_by(item)))
    except Invalid as problem:  # said where the item was dropped: no field stands there
        raise Conflict(" ".join(said for found in problem.fields.values() for said in found)) from None
    return MOVED


_MOVES: Final = {"state": _state, "holder": _holder, "priority": _priority, "due": _day, "start": _day}
