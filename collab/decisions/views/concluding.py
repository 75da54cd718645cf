"""After the count: the outcome in words, the chair's word, dissent, cancelling, carrying out, being superseded."""

from typing import Any

from flask import Response

from collab.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show
from collab.work.views.naming_items import with_item

from .. import commands, queries
from ..forms import BreakTie, CarriedOut, Dissent, EndVote, LookAgain, Outcome, Supersede
from ..queries import Found
from . import pages
from .answers import done, is_part, reasons, seen_by
from .page import full

WRITTEN, BROKEN = N_("The outcome is written down."), N_("The tie is broken.")
GIVEN, CANCELLED = N_("Your reasons stand in the minutes."), N_("The decision was cancelled.")
LOOKED = N_("It is written down that you looked at it again.")
CARRIED_OUT, SUPERSEDED = N_("Noted as carried out."), N_("Noted: another decision took its place.")


def _act(item: str, act: Any, said: str, at: str) -> Response:
    """`at`: which form of the page it is, where several have fields of the same name."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        act(found.id, typed)
    except (Invalid, Conflict, Forbidden) as problem:
        return full(found, "result", typed | {"at": at}, reasons(problem), problem.status)
    return done(found.reference, said, "result")


@door(pages, "PUT /decisions/<ref:item>/outcome", takes=Outcome)
def take_decision(item: str) -> Response:
    """Write down the outcome."""
    return _act(
        item,
        lambda id_, typed: commands.take_decision(actor(), id_, parse(Outcome, with_item(typed, "revisit_after"))),
        _(WRITTEN),
        "outcome",
    )


@door(pages, "PUT /decisions/<ref:item>/review", takes=LookAgain)
def look_again(item: str) -> Response:
    """Having looked at it again: it stands, or it comes back on a later day."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        commands.look_again(actor(), found.id, parse(LookAgain, typed))
    except (Invalid, Conflict, Forbidden) as problem:
        return full(found, "result", {"at": "review", "review": typed}, reasons(problem), problem.status)
    return done(found.reference, _(LOOKED), "result")


@door(pages, "PUT /decisions/<ref:item>/tie", takes=BreakTie)
def break_tie(item: str) -> Response:
    """Break a tie, as chair: the one that stands on the page that was sent."""
    found, typed = queries.find_decision(actor(), item), entered()
    seen = seen_by(found, typed)
    try:
        commands.break_tie(actor(), seen, parse(BreakTie, typed))
    except (Invalid, Conflict, Forbidden, Stale) as problem:
        again = typed | {"at": "tie"}
        return full(queries.find_decision(actor(), item), "result", again, reasons(problem), problem.status)
    return done(found.reference, _(BROKEN), "result")


@door(pages, "PUT /decisions/<ref:item>/dissent", takes=Dissent)
def dissent(item: str) -> Response:
    """Have one's reasons for voting otherwise written down."""
    return _act(item, lambda id_, typed: commands.dissent(actor(), id_, parse(Dissent, typed)), _(GIVEN), "dissent")


@door(pages, "GET /decisions/<ref:item>/cancellation")
def cancellation(item: str) -> Response:
    """Before a decision is cancelled: the reason."""
    return _cancellation(item, {}, {}, 200)


@door(pages, "PUT /decisions/<ref:item>/cancellation", takes=EndVote)
def cancel_decision(item: str) -> Response:
    """Give a decision up, with the reason."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        commands.cancel_decision(actor(), found.id, parse(EndVote, typed))
    except (Invalid, Conflict) as problem:
        return _cancellation(item, typed, reasons(problem), problem.status)
    return done(found.reference, _(CANCELLED))


def _cancellation(item: str, typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    found = queries.find_decision(actor(), item)
    return show("decisions/cancellation.html", status=status, found=found, typed=typed, errors=errors, dialog=is_part())


@door(pages, "PUT /decisions/<ref:item>/completion", takes=CarriedOut)
def carry_out(item: str) -> Response:
    """Note that it was carried out; while tasks that follow from it are open the page asks first."""
    return _act(
        item,
        lambda id_, typed: commands.carry_out(actor(), id_, parse(CarriedOut, typed)),
        _(CARRIED_OUT),
        "completion",
    )


@door(pages, "PUT /decisions/<ref:item>/successor", takes=Supersede)
def supersede(item: str) -> Response:
    """Note which decision took its place."""
    found, typed = queries.find_decision(actor(), item), entered()
    named = with_item(typed, "item")
    try:
        commands.supersede(actor(), found.id, parse(Supersede, named))
    except (Invalid, Conflict, Forbidden) as problem:
        again = typed | {"at": "successor", "other": _spoken_of(found, named.get("item", ""))}
        return full(found, "result", again, reasons(problem), problem.status)
    return done(found.reference, _(SUPERSEDED), "result")


def _spoken_of(found: Found, named: str) -> tuple[str, str] | None:
    """Reference and title of the other decision that a refusal speaks of, where the reader sees it."""
    try:
        other = queries.find_decision(actor(), named.strip())
    except NotFound:
        return None
    return (other.reference, other.title) if other.id != found.id else None
