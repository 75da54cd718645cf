"""Consent: objections with a reason, and how each ends."""

from typing import Any

from flask import Response

from collab.core.errors import Conflict, Forbidden, Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered

from .. import commands, queries
from ..advice_forms import MakeObjection, SettleObjection
from . import pages
from .answers import done, reasons
from .page import full

MADE, BACK = N_("Your objection stands. It is settled before the close, or nothing is decided."), N_("Taken back.")
CHANGED, OVERRULED = (
    N_("Written down. Everybody reads how the proposal was changed."),
    N_("Overruled, with your reasons."),
)


@door(pages, "POST /decisions/<ref:item>/objections", takes=MakeObjection)
def object_(item: str) -> Response:
    """Object, with the reason."""
    return _act(
        item, "objection", 0, lambda id_, typed: commands.object_(actor(), id_, parse(MakeObjection, typed)), _(MADE)
    )


@door(pages, "DELETE /decisions/<ref:item>/objections/<id:objection_id>")
def withdraw_objection(item: str, objection_id: int) -> Response:
    """Take one's objection back."""
    return _act(
        item, "", objection_id, lambda id_, _typed: commands.withdraw_objection(actor(), id_, objection_id), _(BACK)
    )


@door(pages, "PUT /decisions/<ref:item>/objections/<id:objection_id>/integration", takes=SettleObjection)
def integrate(item: str, objection_id: int) -> Response:
    """Say how the proposal was changed for an objection."""
    return _act(
        item,
        "integration",
        objection_id,
        lambda id_, typed: commands.integrate(actor(), id_, objection_id, parse(SettleObjection, typed)),
        _(CHANGED),
    )


@door(pages, "PUT /decisions/<ref:item>/objections/<id:objection_id>/overruling", takes=SettleObjection)
def overrule(item: str, objection_id: int) -> Response:
    """Overrule an objection as chair, with reasons."""
    return _act(
        item,
        "overruling",
        objection_id,
        lambda id_, typed: commands.overrule(actor(), id_, objection_id, parse(SettleObjection, typed)),
        _(OVERRULED),
    )


def _act(item: str, at: str, objection_id: int, act: Any, said: str) -> Response:
    """`at`: which form of the page it is; each objection has its own."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        act(found.id, typed)
    except (Invalid, Conflict, Forbidden) as problem:
        return full(found, "vote", typed | {"at": at, "objection": objection_id}, reasons(problem), problem.status)
    return done(found.reference, said, "vote")
