"""The pages of what a decision follows from, and of what follows from it."""

from typing import Any

from flask import Response

from collab.core import markdown
from collab.core.dates import digits
from collab.core.errors import Conflict, Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _, in_language, ngettext
from collab.decisions.queries import find_decision
from collab.decisions.queries.page import Found
from collab.messaging import queries as talks
from collab.messaging.forms import Stretch
from collab.messaging.mentions import excerpt, spoken
from collab.people.queries.parties import party_called
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, reasons_of, show

from . import queries
from .deciding import DecisionOfMessage, make_decision
from .following_up import NewFollowUp, make_follow_up
from .views import MADE, arrived, closed, flows, quoted, read_by, title_for, to_make_of

FOLLOWS = N_("%(reference)s was made of the decision.")
ANSWERS = 20
"""Of a thread so many answers, the last ones, are quoted in what is made of it."""


@door(flows, "GET /messages/<id:message_id>/decisions/new")
def new_decision(message_id: int) -> Response:
    """A form for a draft decision, filled in from a message and what was answered to it."""
    found = to_make_of(message_id)
    typed = {"title": title_for(found), "body": "" if closed(message_id) else _thread(found)}
    return _question(message_id, typed, {}, 200)


@door(flows, "POST /messages/<id:message_id>/decisions", takes=DecisionOfMessage)
def decide_this(message_id: int) -> Response:
    """Draft a decision of a message."""
    typed = entered()
    try:
        made = make_decision(actor(), message_id, parse(DecisionOfMessage, typed))
    except Invalid as problem:
        return _question(message_id, typed, reasons_of(problem), 422)
    return arrived(f"/decisions/{made['reference']}", _(MADE, reference=made["reference"]))


def _thread(found: talks.Found) -> str:
    """What was said, and under it each answer with who gave it, so that whoever votes knows what was talked about."""
    if not found.said.answers:
        return quoted(found)
    answers = talks.thread(actor(), found.said.id, Stretch(limit=ANSWERS)).answers.messages
    left_out = found.said.answers - len(answers)
    said = [
        f"> {in_language(one.names, one.label)}: {excerpt(spoken(one.text, one.called_names), 300, one.file_names)}"
        for one in answers
        if not one.gone
    ]
    if left_out > 0:
        earlier = ngettext(
            "%(number)s earlier answer is left out", "%(number)s earlier answers are left out", left_out,
            number=digits(left_out),
        )  # fmt: skip
        said.insert(0, f"> ({earlier})")
    return "\n>\n".join([quoted(found), *said])


def _question(message_id: int, typed: dict[str, Any], reasons: dict[str, list[str]], status: int) -> Response:
    who, nodes = actor(), tree().nodes
    units = [nodes[id_] for id_ in sorted(who.units | who.heads) if id_ in nodes]
    return show(
        "flows/make.html", fragment="flows/_make.html", status=status, message_id=message_id, typed=typed,
        reasons=reasons, title=_("Decide this"), address=f"/messages/{message_id}/decisions",
        fields="flows/_question_fields.html", for_named=queries.only_for_named(message_id) is not None,
        read_by=read_by(message_id),
        units=[(str(node.id), node.name()) for node in units],
    )  # fmt: skip


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
    return go(f"/decisions/{found.reference}?tab=result", _(FOLLOWS, reference=made["reference"]))


def _named(typed: dict[str, Any]) -> dict[str, Any]:
    """The holder by name, for whoever typed one without choosing from the list."""
    values = dict(typed)
    name = str(values.pop("holder_name", "")).strip()
    if name and not values.get("holder"):
        values["holder"] = party_called(actor(), name[:200], "holder", ("person", "unit", "post"))
    return values


def _form(found: Found, typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    outcome = markdown.render(found.outcome or "")
    return show("flows/follow_up.html", status=status, found=found, outcome=outcome, typed=typed, errors=errors)
