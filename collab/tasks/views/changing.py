"""Changing the details of a pending item, and its kind."""

from typing import Any

from flask import Response, redirect

from collab.core.envelope import Seen
from collab.core.errors import Invalid, Stale
from collab.core.forms import parse, typed_id
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, reasons_of, show
from collab.work.forms import ChangeKind
from collab.work.queries.items import find_item, id_of
from collab.work.queries.shapes import Item

from .. import commands, queries
from ..forms import EditDetails
from ..panel import PLAIN
from . import pages
from .answers import changed
from .case_choices import choices

CHANGED = N_("The case was changed.")
NOW_TASK = N_("It is a task now. What was known of the case is kept.")
NOW_PENDING = N_("It is a pending item now.")


@door(pages, "GET /tasks/<ref:item>")
def task(item: str) -> Response:
    """A task, at the address that every item has."""
    return _item_page(item)


@door(pages, "GET /pending-items/<ref:item>")
def pending_item(item: str) -> Response:
    """A pending item, at the address that every item has."""
    return _item_page(item)


def _item_page(item: str) -> Response:
    return redirect(f"/work-items/{find_item(actor(), item).reference}", code=303)  # type: ignore[return-value]


@door(pages, "GET /pending-items/<ref:item>/details")
def details(item: str) -> Response:
    """A form for the details of a pending item."""
    found = find_item(actor(), item)
    return _form(found, _standing(found), version=found.version)


@door(pages, "PATCH /pending-items/<ref:item>/details", takes=EditDetails)
def change_details(item: str) -> Response:
    """Change the details of a pending item."""
    typed = entered()
    seen = Seen(id_of(actor(), item), typed_id(typed.pop("version", "")))
    try:
        commands.edit_details(actor(), seen, parse(EditDetails, typed))
    except Invalid as problem:
        return _form(find_item(actor(), item), typed, reasons_of(problem), 422, seen.version)
    except Stale:
        found = find_item(actor(), item)
        return _form(found, typed, None, 412, found.version, _standing(found))
    return changed(item, _(CHANGED))


@door(pages, "PUT /work-items/<ref:item>/kind", takes=ChangeKind)
def change_kind(item: str) -> Response:
    """Turn a task into a pending item or back, in place."""
    form = filled(ChangeKind)
    commands.change_kind(actor(), id_of(actor(), item), form)
    return changed(item, _(NOW_PENDING if form.kind == "pending" else NOW_TASK))


def _standing(item: Item) -> dict[str, Any]:
    """The details as they stand, as the form shows them. A due date that follows from the law is left empty."""
    known = queries.details_of(actor(), [item.id]).get(item.id, PLAIN)
    by_hand = queries.explained(item, known).by_hand
    return {
        "source": known.source,
        "protocol_number": known.protocol_number or "",
        "protocol_on": known.protocol_on.isoformat() if known.protocol_on else "",
        "counterpart": str(known.counterpart.id) if known.counterpart else "",
        "counterpart_name": known.counterpart.name if known.counterpart else "",
        "rule": str(known.rule.id) if known.rule else "",
        "legal_basis": known.term.legal_basis or "",
        "allowed": str(known.term.allowed or ""),
        "measure": known.term.measure,
        "first_day_counts": "on" if known.term.first_day_counts else "",
        "last_day_free": "on" if known.term.last_day_free else "",
        "rolls": "on" if known.term.rolls else "false",
        "least_working_days": str(known.term.least_working_days or ""),
        "stopped_by": known.term.stopped_by,
        "due_on": item.due_on.isoformat() if item.due_on and by_hand else "",
    }


def _form(
    item: Item,
    typed: dict[str, Any],
    errors: dict[str, list[str]] | None = None,
    status: int = 200,
    version: int | None = None,
    others: dict[str, Any] | None = None,
) -> Response:
    """The form; with `others` what stands there now, where it differs from what was typed."""
    names = {
        "source": _("Source"),
        "protocol_number": _("Protocol number"),
        "protocol_on": _("Protocol date"),
        "counterpart_name": _("Counterpart"),
        "legal_basis": _("Legal basis"),
        "allowed": _("The law gives"),
        "due_on": _("Due date"),
    }
    differ = {
        label: (others[name] or "–", typed.get(name) or "–")
        for name, label in names.items()
        if others is not None and (others[name] or "") != (typed.get(name) or "")
    }
    known = queries.details_of(actor(), [item.id]).get(item.id, PLAIN)
    return show(
        "tasks/details.html",
        fragment="tasks/_details.html",
        status=status,
        reference=item.reference,
        item_title=item.title,
        address=f"/pending-items/{item.reference}/details",
        typed=typed,
        errors=errors or {},
        version=version if version is not None else item.version,
        stale=others is not None,
        differ=differ,
        stored=known.contact if known.counterpart else None,
        **choices(actor(), [item.unit_id], typed.get("rule")),
    )
