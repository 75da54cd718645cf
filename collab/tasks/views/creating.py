"""New tasks and new pending items: a page, and the same form in a dialog from the shell."""

from typing import Any

from flask import Response, request

from collab.core.dates import instant_of, shown_instant
from collab.core.errors import Invalid
from collab.core.forms import parse, wrong
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, reasons_of, show
from collab.work.lines import PRIORITIES, REACHES

from .. import commands, queries
from ..commands.reminders import set_reminder
from ..commands.said import create_as_said
from ..forms import NewPendingItem, NewTask
from ..recurring import BadRule, from_text
from ..recurring_forms import RecurrenceForm, entered_as
from ..recurring_words import sentence
from ..reminder_forms import ReminderForm
from . import pages
from .answers import arrived
from .case_choices import choices
from .typing_in import named_holder, typed_lists

CREATED = N_("%(reference)s was created.")
NO_RULE = N_("This is no rule by which something comes again.")
HEADS = {"task": N_("New task"), "pending": N_("New pending item")}
REMINDED = ("remind_day", "remind_clock")
AGAIN = ("again", "again_mode", "again_times")
Made = dict[str, Any]
ADDRESSES = {"task": "/tasks", "pending": "/pending-items"}


@door(pages, "GET /work-items/new")
def new_work_item() -> Response:
    """A form for something new: a task, unless another kind is chosen."""
    return full_form("task", _asked())


@door(pages, "GET /tasks/new")
def new_task() -> Response:
    """A form for a new task."""
    return full_form("task", _asked())


@door(pages, "GET /pending-items/new")
def new_pending_item() -> Response:
    """A form for a new pending item."""
    return full_form("pending", _asked())


@door(pages, "POST /tasks", takes=NewTask)
def create_task() -> Response:
    """Create a task."""
    typed = entered()
    try:
        made = _created_task(typed)
    except Invalid as problem:
        return full_form("task", typed, reasons_of(problem), 422)
    return _created(made["reference"])


@door(pages, "POST /pending-items", takes=NewPendingItem)
def create_pending_item() -> Response:
    """Create a pending item."""
    typed = entered()
    try:
        made = _created_pending_item(typed)
    except Invalid as problem:
        return full_form("pending", typed, reasons_of(problem), 422)
    return _created(made["reference"])


def _created(reference: str) -> Response:
    """To what was created, which is taken back from there while nothing else happened to it."""
    undo = f"/quick-tasks/{reference}?_method=DELETE"
    return arrived(f"/work-items/{reference}", _(CREATED, reference=reference), undo)


def _created_task(typed: dict[str, Any]) -> Made:
    """What the form makes, with the reminder and the repetition that a quick line asked for. Raises Invalid."""
    form = parse(NewTask, _fields(typed))
    return create_as_said(actor(), form, _reminder(typed), _again(typed))


def _created_pending_item(typed: dict[str, Any]) -> Made:
    reminder = _reminder(typed)
    made = commands.create_pending_item(actor(), parse(NewPendingItem, _fields(typed)))
    if reminder is not None:
        set_reminder(actor(), made["id"], reminder)
    return made


def _fields(typed: dict[str, Any]) -> dict[str, Any]:
    return named_holder(typed_lists({name: value for name, value in typed.items() if name not in REMINDED + AGAIN}))


def _reminder(typed: dict[str, Any]) -> ReminderForm | None:
    asked = {name.removeprefix("remind_"): typed[name] for name in REMINDED if typed.get(name)}
    return parse(ReminderForm, asked) if asked else None


def _again(typed: dict[str, Any]) -> RecurrenceForm | None:
    """When it comes again, as a quick line said it. Raises Invalid where the rule is none that was written there."""
    said = typed.get("again")
    if not said:
        return None
    try:
        rule = from_text(str(said)[:200])
    except BadRule as error:
        raise wrong("again", _(NO_RULE)) from error
    mode, times = typed.get("again_mode"), str(typed.get("again_times") or "")
    number = int(times) if times.isascii() and times.isdigit() and len(times) < 4 else 0
    return entered_as(rule, "on-done" if mode == "on-done" else "on-date", times=number or None)


def _repeated(typed: dict[str, Any]) -> str:
    """When it will come again, in words."""
    try:
        form = _again(typed)
    except Invalid:
        return ""
    return sentence(actor(), form.rule(), form.mode, form.roll, form.times) if form else ""


def _reminded(typed: dict[str, Any]) -> str:
    """When the writer will be reminded, in words; nothing where no moment, or none that can be, was asked for."""
    try:
        form = parse(ReminderForm, {"day": typed["remind_day"], "clock": typed["remind_clock"]})
    except (KeyError, Invalid):
        return ""
    who = actor()
    if form.day is None:
        return ""
    at = instant_of(form.day, form.wall, who.time_zone)
    return shown_instant(at, who.time_zone, "weekday", calendar=who.calendar)  # type: ignore[arg-type]


def _asked() -> dict[str, Any]:
    """What the address already fills in: `?title=…&unit=PARKS&holder=7`. Anything unknown is left out."""
    names = NewPendingItem.model_fields.keys() | {"holder_name", *REMINDED, *AGAIN}
    given = {name: request.args[name][:500] for name in request.args if name in names}
    return {name: value for name, value in given.items() if value.isprintable()}


def full_form(
    kind: str, typed: dict[str, Any], errors: dict[str, list[str]] | None = None, status: int = 200
) -> Response:
    """The form with every field, filled in with what was typed."""
    units = queries.units_for(actor(), typed.get("unit"))
    chosen = next(
        (unit for unit in units if typed.get("unit") in (str(unit.id), unit.code)), units[0] if units else None
    )
    if errors is None and "holder" not in typed and "holder_name" not in typed:
        typed = typed | {"holder": str(actor().person_id), "holder_name": actor().name}
    return show(
        "tasks/new.html",
        fragment="tasks/_new.html",
        status=status,
        kind=kind,
        head=_(HEADS[kind]),
        address=ADDRESSES[kind],
        units=units,
        unit_id=str(chosen.id) if chosen else "",
        typed=typed,
        reminded=_reminded(typed),
        repeated=_repeated(typed),
        errors=errors or {},
        open_more=bool(
            (set(errors or {}) | set(typed)) & {"body", "start_on", "labels", "reach", "parent", "effort_minutes"}
        )
        or typed.get("priority", "0") != "0",
        priorities={str(code): _(label) for code, label in PRIORITIES.items()},
        reaches={code: _(label) for code, label in REACHES.items()},
        **(choices(actor(), [unit.id for unit in units], typed.get("rule")) if kind == "pending" else {}),
    )
