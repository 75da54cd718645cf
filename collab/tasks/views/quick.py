"""Quick add: one line, read while it is typed, kept with Enter, ready for the next."""

import json
from typing import Any

from flask import Response, request

from collab.core.errors import Invalid, NotFound
from collab.core.forms import parse
from collab.core.i18n import N_, _, listed
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, filled, go, reasons_of, show
from collab.work.effort import short
from collab.work.queries.items import id_of
from collab.work.queries.named import named

from ..commands.said import create_as_said, take_back
from ..commands.templates import use_template
from ..forms import QuickForm, QuickLine
from ..queries.quick import Draft, draft_of
from ..queries.templates import Template, templates_called
from ..quick_making import new_task, reminder
from ..recurring import to_text
from ..template_forms import UseTemplate
from ..template_words import gives
from . import pages
from .answers import arrived, changed
from .creating import full_form

ADDED = N_("%(reference)s was added.")
TAKEN_BACK = N_("%(reference)s was taken back.")
WHICH = N_("Which template? Choose one below, or write more of its name.")
OFFERED = N_("%(reference)s was added and offered to %(name)s. It is yours until they accept.")


@door(pages, "GET /quick-tasks/new")
def new_quick_task() -> Response:
    """A line in which a task is written as one would say it."""
    begun = request.args.get("text", "")[:200]
    return _shown(begun if begun.isprintable() else "", added=_added(request.args.get("added", "")))


def _added(reference: str) -> str:
    """The reference of what was added just now, if it may be seen."""
    try:
        return named(actor(), reference[:60]).reference if reference else ""
    except NotFound:
        return ""


@door(pages, "POST /quick-tasks/reading", takes=QuickLine)
def read_quick_task() -> Response:
    """What is understood of a line so far: nothing of one that cannot be kept, as its field says. Nothing is kept."""
    try:
        text = filled(QuickLine).text
    except Invalid:
        text = ""
    return show("tasks/quick.html", fragment="tasks/_quick_read.html", **_context(text, draft=_draft(text)))


@door(pages, "POST /quick-tasks/form", takes=QuickForm)
def open_quick_task() -> Response:
    """The whole form, filled in with what was understood of the line."""
    form = filled(QuickForm)
    return full_form(form.kind, _typed(draft_of(actor(), form.text)) if form.text else {})


@door(pages, "POST /quick-tasks", takes=QuickLine)
def add_quick_task() -> Response:
    """Create the task that a line describes."""
    text = str(entered().get("text", ""))
    meant = _templates(text)
    if len(meant) == 1 and text.strip() != "/":
        made = use_template(actor(), meant[0].id, UseTemplate())
        return arrived(f"/work-items/{made['reference']}", _(ADDED, reference=made["reference"]))
    if meant:
        return _shown(text, _(WHICH), 422)
    try:
        draft = draft_of(actor(), parse(QuickLine, {"text": text}).text)
        made = create_as_said(actor(), new_task(draft), reminder(draft), draft.repeat)
    except Invalid as problem:
        return _shown(text, _reason(problem), 422)
    said = _(OFFERED, reference=made["reference"], name=draft.holder) if draft.offered else None
    said, href = said or _(ADDED, reference=made["reference"]), f"/work-items/{made['reference']}"
    if request.headers.get("HX-Request-Type") != "partial":
        return go(f"/quick-tasks/new?added={made['reference']}")
    answer = _shown("")
    undo = f"/quick-tasks/{made['reference']}?_method=DELETE"
    answer.headers["HX-Trigger"] = json.dumps(
        {"item-changed": True, "toast": {"text": said, "href": href, "act": _("Open"), "undo": undo}}
    )
    return answer


@door(pages, "DELETE /quick-tasks/<ref:item>")
def take_back_quick_task(item: str) -> Response:
    """Take back the task that a line has just made, while nothing else happened to it."""
    take_back(actor(), id_of(actor(), item))
    return changed(item, _(TAKEN_BACK, reference=item.upper()))


def _templates(text: str) -> list[Template]:
    """The templates that a line beginning with a slash may mean. One that means none is a line like any other."""
    return templates_called(actor(), text) if text.strip().startswith("/") and actor().reach else []


def _draft(text: str) -> Draft | None:
    return draft_of(actor(), text) if text.strip() else None


def _reason(problem: Invalid) -> str:
    return next((sentence for reasons in reasons_of(problem).values() for sentence in reasons), problem.detail)


def _shown(text: str, error: str = "", status: int = 200, added: str = "", said: str = "") -> Response:
    try:
        draft = _draft(parse(QuickLine, {"text": text}).text)
    except Invalid:
        draft = None
    context = _context(text, error, draft) | {"added": added, "said": said or (added and _(ADDED, reference=added))}
    return show("tasks/quick.html", fragment="tasks/_quick.html", status=status, **context)


def _context(text: str, error: str = "", draft: Draft | None = None) -> dict[str, Any]:
    meant = [(one, gives(one)) for one in _templates(text)]
    return {
        "text": text, "error": error, "draft": None if meant else draft, "chips": draft.chips if draft else [],
        "templates": meant,
    }  # fmt: skip


def _typed(draft: Draft) -> dict[str, Any]:
    """What the full form is filled in with; a name that is not decided is left to be chosen there."""
    fields = draft.fields
    undecided = next((chip.text for chip in draft.chips if chip.kind == "holder" and chip.problem), None)
    typed = {
        "title": draft.understood.title,
        "unit": str(fields["unit"] or ""),
        "holder": "" if undecided else str(fields["holder"]),
        "holder_name": undecided or draft.holder,
        "due_on": fields["due_on"].isoformat() if fields["due_on"] else "",
        "priority": str(fields["priority"]),
        "labels": listed(fields["labels"]),
        "parent": str(fields["parent"] or ""),
        "effort_minutes": short(fields["effort_minutes"], "en") if fields["effort_minutes"] else "",
        "remind_day": draft.reminder[0].isoformat() if draft.reminder else "",
        "remind_clock": f"{draft.reminder[1]:%H:%M}" if draft.reminder else "",
        "again": to_text(draft.repeat.rule()) if draft.repeat else "",
        "again_mode": draft.repeat.mode if draft.repeat else "",
        "again_times": str(draft.repeat.times or "") if draft.repeat else "",
        "parent_name": next((chip.text for chip in draft.chips if chip.kind == "parent"), ""),
    }
    return {name: value for name, value in typed.items() if value}
