"""The pages of what follows from a decision."""

from typing import Any

from flask import Response

from collab.core.errors import Conflict, Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.decisions.queries import find_decision
from collab.decisions.queries.page import Found
from collab.people.queries.parties import party_called
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, reasons_of, show

from .following_up import NewFollowUp, make_follow_up
from .views import flows

MADE = N_("%(reference)s was made of the decision.")


@door(flows, "GET /decisions/<ref:item>/tasks/new")
def new_follow_up(item: str) -> Response:
    """A form for a task that carries a decision out."""
    found, who = find_decision(actor(), item), actor()
    typed = {"holder": str(who.person_id), "holder_name": who.name} if found.reach == "named" else {}
    return _form(found, typed, {}, 200)


@door(flows, "POST /decisions/<ref:item>/tasks", takes=NewFollowUp)
def follow_up(item: str) -> Response:
    """Make a task of a decision."""
    found, typed = find_decision(actor(), item), entered()
    try:
        made = make_follow_up(actor(), found.id, parse(NewFollowUp, _named(typed)))
    except Invalid as problem:
        return _form(found, typed, reasons_of(problem), 422)
    except Conflict as problem:
        return _form(found, typed, {"": [problem.sentence()]}, problem.status)
    return go(f"/decisions/{found.reference}?tab=result", _(MADE, reference=made["reference"]))


def _named(typed: dict[str, Any]) -> dict[str, Any]:
    """The holder by name, for whoever typed one without choosing from the list."""
    values = dict(typed)
    name = str(values.pop("holder_name", "")).strip()
    if name and not values.get("holder"):
        values["holder"] = party_called(actor(), name[:200], "holder", ("person", "unit", "post"))
    return values


def _form(found: Found, typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    return show("flows/follow_up.html", status=status, found=found, typed=typed, errors=errors)
