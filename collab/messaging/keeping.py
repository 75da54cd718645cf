"""Doors of retention and legal holds: the administrator's page, and the same over the API."""

from typing import Any, Final

from flask import Response, flash, make_response

from collab.core import dates
from collab.core.actor import Actor
from collab.core.errors import Invalid, NotFound
from collab.core.forms import typed_id
from collab.core.i18n import N_, _
from collab.people.queries.names import names
from collab.web.actors import actor
from collab.web.api import endpoint
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, reasons_of, show

from . import commands
from .api import api
from .forms import Lifting, NewHold, RetentionForm
from .holding import called, chosen, names_held
from .keeping_shown import kinds_shown, preview_shown
from .pages import is_part
from .queries.keeping import Hold, Preview, Rule, holds, may_see, preview, rules
from .views import talks

SET: Final = N_("The rule is set.")
TAKEN_BACK: Final = N_("The rule is taken back.")
HELD: Final = N_("The hold is placed.")
LIFTED: Final = N_("The hold is lifted.")


@door(talks, "GET /retention")
def retention() -> Response:
    """How long messages are kept, by kind of conversation, and what is under a legal hold."""
    return _page({}, 200)


@door(talks, "GET /retention/<kind>", query=RetentionForm)
def retention_preview(kind: str) -> Response:
    """What a rule would remove, before it is set."""
    who = actor()
    may_see(who)
    try:
        months = asked(RetentionForm).months
    except Invalid as problem:
        return _page({f"months-{kind}": reasons_of(problem).get("months", [])}, 422)
    found = preview(who, kind, months)
    return show("messaging/retention_preview.html", kind=kind, months=months, preview=preview_shown(who, found))


@door(talks, "PUT /retention/<kind>", takes=RetentionForm)
def set_retention(kind: str) -> Response:
    """Set how long messages of a kind of conversation are kept."""
    _known(actor(), kind)
    try:
        commands.set_rule(actor(), kind, filled(RetentionForm))
    except Invalid as problem:
        return _page({f"months-{kind}": reasons_of(problem).get("months", [])}, 422)
    return go("/retention", _(SET))


@door(talks, "DELETE /retention/<kind>")
def take_back_rule(kind: str) -> Response:
    """Take back a rule before it removes anything."""
    _known(actor(), kind)
    commands.take_back_rule(actor(), kind)
    return go("/retention", _(TAKEN_BACK))


@door(talks, "POST /legal-holds", takes=NewHold)
def place_hold() -> Response:
    """Place a legal hold on a conversation or a unit."""
    may_see(actor())
    try:
        commands.place_hold(actor(), chosen(actor(), entered()))
    except Invalid as problem:
        return _page(reasons_of(problem), 422)
    return go("/retention", _(HELD))


@door(talks, "GET /legal-holds/<id:hold_id>/lifting/new")
def new_lifting(hold_id: int) -> Response:
    """Say why a legal hold is to be lifted."""
    return _lifting(hold_id, "", [], 200)


@door(talks, "PUT /legal-holds/<id:hold_id>/lifting", takes=Lifting)
def lift_hold(hold_id: int) -> Response:
    """Lift a legal hold with a reason."""
    try:
        commands.lift_hold(actor(), hold_id, filled(Lifting))
    except Invalid as problem:
        return _lifting(hold_id, str(entered().get("reason", "")), reasons_of(problem).get("reason", []), 422)
    if is_part():  # the dialog goes with the page, which is asked for anew
        flash(_(LIFTED), "message")
        return make_response("", 204, {"HX-Redirect": "/retention"})
    return go("/retention", _(LIFTED))


@endpoint(api, "GET /retention-rules", gives="RetentionRuleList")
def list_rules() -> Any:
    """How long messages are kept, by kind of conversation; administrators alone."""
    return {"items": [_rule(one) for one in rules(actor())]}


@endpoint(api, "GET /retention-rules/<kind>/preview", query=RetentionForm, gives="RetentionPreview")
def rule_preview(kind: str, query: RetentionForm) -> Any:
    """What a rule of so many months would remove on the day on which it begins; no number: kept for ever."""
    return _preview(preview(actor(), kind, query.months))


@endpoint(api, "PUT /retention-rules/<kind>", takes=RetentionForm, gives="RetentionRule")
def put_rule(kind: str, form: RetentionForm) -> Any:
    """Set how long messages of a kind of conversation are kept; `months` null: for ever."""
    _known(actor(), kind)
    commands.set_rule(actor(), kind, form)
    return next(_rule(one) for one in rules(actor()) if one.kind == kind)


@endpoint(api, "DELETE /retention-rules/<kind>", gives="RetentionRule")
def delete_rule(kind: str) -> Any:
    """Take back a rule that removes nothing yet: the one that worked before it works on, or they are kept for ever."""
    _known(actor(), kind)
    commands.take_back_rule(actor(), kind)
    return next(_rule(one) for one in rules(actor()) if one.kind == kind)


@endpoint(api, "GET /legal-holds", gives="LegalHoldList")
def list_holds() -> Any:
    """The legal holds that stand; administrators alone."""
    return {"items": [_hold(one) for one in holds(actor())]}


@endpoint(api, "POST /legal-holds", takes=NewHold, gives="LegalHold")
def create_hold(form: NewHold) -> Any:
    """Place a legal hold on a conversation, or on those of a unit and all below it."""
    may_see(actor())
    made = commands.place_hold(actor(), form)
    return next(_hold(one) for one in holds(actor()) if one.id == made), 201


@endpoint(api, "PUT /legal-holds/<id:hold_id>/lifting", takes=Lifting)
def put_lifting(hold_id: int, form: Lifting) -> Any:
    """Lift a legal hold with a reason, which stands in the ledger."""
    commands.lift_hold(actor(), hold_id, form)
    return None, 204


def _known(who: Actor, kind: str) -> None:
    if kind not in {one.kind for one in rules(who)}:
        raise NotFound


def _page(reasons: dict[str, list[str]], status: int) -> Response:
    who = actor()
    typed = entered() if status == 422 else {}
    unit = typed_id(typed.get("unit"))
    known = names(who, [unit]).values()
    return show(
        "messaging/retention.html", status=status, kinds=kinds_shown(who, rules(who)), holds=_held(who, holds(who)),
        reasons=reasons, typed=typed, unit_name=next((one.name for one in known), typed.get("unit_name", "")),
    )  # fmt: skip


def _lifting(hold_id: int, typed: str, reasons: list[str], status: int) -> Response:
    who = actor()
    found = [one for one in holds(who) if one.id == hold_id]
    if not found:
        raise NotFound
    return show(
        "messaging/lift.html", fragment="messaging/_lift.html", status=status, hold=_held(who, found)[0], typed=typed,
        reasons=reasons,
    )  # fmt: skip


def _held(who: Actor, found: list[Hold]) -> list[dict[str, Any]]:
    names = names_held(who, [one.conversation_id for one in found if one.conversation_id])
    return [
        {
            "id": one.id, "reason": one.reason, "by": one.by,
            "on": one.unit or names.get(one.conversation_id or 0) or called(one.kind, one.conversation_id or 0),
            "number": "" if one.unit or one.conversation_id not in names else called(one.kind, one.conversation_id),
            "since": dates.shown_instant(one.at, who.time_zone, "long", calendar=who.calendar),  # type: ignore[arg-type]
            "unit": one.unit_id is not None,
        }
        for one in found
    ]  # fmt: skip


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "kind": one.kind, "months": one.months, "begins_on": one.begins_on.isoformat() if one.begins_on else None,
    }  # fmt: skip


def _preview(one: Preview) -> dict[str, Any]:
    return {
        "kind": one.kind, "months": one.months, "begins_on": one.begins_on.isoformat() if one.begins_on else None,
        "before": one.before.isoformat() if one.before else None, "messages": one.messages,
        "conversations": one.conversations, "held": one.held, "more": one.more,
    }  # fmt: skip


def _hold(one: Hold) -> dict[str, Any]:
    return {
        "id": one.id, "conversation": one.conversation_id, "unit": one.unit_id, "reason": one.reason, "by": one.by,
        "placed_at": one.at.isoformat(),
    }  # fmt: skip
