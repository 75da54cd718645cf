"""Asking people to confirm that they have read an item, and confirming it."""

from typing import Any

from flask import Response

from collab.core.dates import digits
from collab.core.errors import Invalid, Over
from collab.core.forms import parse
from collab.core.i18n import N_, _, ngettext
from collab.people.queries.today import today
from collab.people.queries.unit import members
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import back, entered, reasons_of, show

from .. import commands
from ..forms import AskToRead
from ..queries.items import find_item, id_of
from ..queries.waits import find_wait
from . import pages
from .answers import done
from .dialogs import chosen

READ, NO_MORE = N_("Thank you: it is written down that you have read it."), N_("No longer expected.")
WHO = "person,post,unit"
MOST_SHOWN = 60


@door(pages, "GET /work-items/<ref:ref>/acknowledgement/new")
def ask_to_read(ref: str) -> Response:
    """Choose who is to confirm having read an item."""
    return _form(ref, {})


@door(pages, "POST /work-items/<ref:ref>/acknowledgement", takes=AskToRead)
def ask_to_acknowledge(ref: str) -> Response:
    """Ask people, posts or the members of a unit to confirm that they have read an item."""
    typed = entered()
    try:
        form = parse(AskToRead, _chosen(typed))
        asked = commands.ask_to_acknowledge(actor(), id_of(actor(), ref), form)
    except Invalid as problem:
        return _form(ref, typed, problem)
    count = len(asked)
    said = ngettext("Asked %(count)s person to read it.", "Asked %(count)s people to read it.", count,
                    count=digits(count))  # fmt: skip
    return done(ref, said)


@door(pages, "POST /work-items/<ref:ref>/acknowledgement/nudges")
def nudge_missing(ref: str) -> Response:
    """Remind those who have not confirmed yet."""
    count = commands.nudge_missing(actor(), id_of(actor(), ref))
    return done(ref, ngettext("Reminded %(count)s person.", "Reminded %(count)s people.", count, count=digits(count)))


@door(pages, "DELETE /work-items/<ref:ref>/acknowledgement")
def withdraw_acknowledgement(ref: str) -> Response:
    """No longer expect it of those who are missing."""
    commands.withdraw_acknowledgement(actor(), id_of(actor(), ref))
    return done(ref, _(NO_MORE))


@door(pages, "POST /waits/<id:wait_id>/acknowledgement")
def acknowledge(wait_id: int) -> Response:
    """Confirm having read it."""
    found = find_wait(actor(), wait_id)
    said = _(READ)
    try:
        commands.acknowledge(actor(), wait_id)
    except Over as over:
        said = over.sentence()
    return done(found.reference, said) if found.reference else back("/", said)


def _chosen(typed: dict[str, Any]) -> dict[str, Any]:
    """Those ticked, with whoever was typed beside them. Raises Invalid at `more`."""
    more = chosen(actor(), {name: typed[name] for name in ("more", "more_name") if name in typed}, "more", WHO)
    rest = {name: value for name, value in typed.items() if name not in ("more", "more_name")}
    ticked = rest.get("parties", [])
    extra = [more["more"]] if str(more.get("more", "")).strip() else []
    return {**rest, "parties": [*(ticked if isinstance(ticked, list) else [ticked]), *extra]}


def _form(ref: str, typed: dict[str, Any], problem: Invalid | None = None) -> Response:
    who = actor()
    item = find_item(who, ref)
    asked = {wait.of_id for wait in item.waits if wait.is_open and wait.sense == "acknowledgement"}
    units = dict.fromkeys([item.desk.id, *sorted(who.heads), *sorted(who.units)])
    colleagues = {one.person_id: one for unit in list(units)[:3] for one in members(who, unit, today())}
    reasons = {name: " ".join(found) for name, found in reasons_of(problem).items()} if problem else {}
    shown = ("parties", "more", "what", "until")
    return show(
        "work/ask_to_read.html",
        fragment="work/_ask_to_read.html",
        status=problem.status if problem else 200,
        item=item,
        address=f"/work-items/{item.reference}/acknowledgement",
        colleagues=[
            one for one in colleagues.values() if one.person_id != who.person_id and one.person_id not in asked
        ][:MOST_SHOWN],
        typed=typed,
        ticked={str(each) for each in typed.get("parties", [])},
        errors=reasons,
        others=[reason for name, reason in reasons.items() if name.split(".")[0] not in shown],
        wrong_parties=" ".join(reason for name, reason in reasons.items() if name.split(".")[0] == "parties"),
    )
