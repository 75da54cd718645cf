"""When a task comes again: a dialog in plain words with the days that follow, and stopping it."""

from datetime import date
from typing import Any

from flask import Response

from collab.core.dates import Calendar, digits, parts, shown
from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _, locale
from collab.people.queries.today import today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, reasons_of, show
from collab.work.queries.items import find_item, id_of
from collab.work.queries.shapes import Item

from ..commands.recurring import set_recurrence, stop_recurrence
from ..queries.recurring import Series, as_form, coming, series_of
from ..recurring.rule import LAST, PLACES
from ..recurring_forms import NEVER, RecurrenceForm
from ..recurring_words import (
    MEASURES,
    MODES,
    ORDINALS,
    ROLLS,
    month_names,
    sentence,
    weekday_names,
)
from . import pages
from .answers import changed

SET, STOPPED = N_("It comes again by this rule."), N_("It comes no more. What came already stays.")
NO_WEEKDAY = N_("Tick at least one day of the week.")
NO_LAST_DAY, NO_NUMBER = N_("Say after which day it ends."), N_("Say how many more are to come.")
BESIDE = ("interval", "weekdays", "until", "times")
"""Fields with a place for their reasons beside them."""
WEEKS = {"fa": (5, 6, 0, 1, 2, 3, 4)}


@door(pages, "GET /work-items/<ref:item>/recurrence")
def recurrence(item: str) -> Response:
    """When a task comes again, with the days that follow."""
    found = find_item(actor(), item)
    series = series_of(found.id)
    return _shown(found, series, _typed(found, series))


@door(pages, "POST /work-items/<ref:item>/recurrence/preview", takes=RecurrenceForm)
def preview_recurrence(item: str) -> Response:
    """The days on which a task would come by what is entered. Nothing is kept."""
    found = find_item(actor(), item)
    return show(
        "tasks/recurrence_preview.html", fragment="tasks/_recurrence_preview.html", **_preview(found, entered())
    )


@door(pages, "PUT /work-items/<ref:item>/recurrence", takes=RecurrenceForm)
def put_recurrence(item: str) -> Response:
    """Let a task come again, or change from here on when it does."""
    typed = entered()
    try:
        set_recurrence(actor(), id_of(actor(), item), parse(RecurrenceForm, meant(typed)))
    except Invalid as problem:
        found = find_item(actor(), item)
        return _shown(found, series_of(found.id), typed, problem)
    return changed(item, _(SET))


@door(pages, "DELETE /work-items/<ref:item>/recurrence")
def end_recurrence(item: str) -> Response:
    """Let a task come no more."""
    stop_recurrence(actor(), id_of(actor(), item))
    return changed(item, _(STOPPED))


def meant(typed: dict[str, Any]) -> dict[str, Any]:
    """Only the end that was chosen counts. Raises Invalid where the form leaves open what it asks for."""
    ends = typed.get("ends", "")
    wrong = {}
    if ends in ("until", "times") and not str(typed.get(ends, "")).strip():
        wrong[ends] = [_(NO_LAST_DAY if ends == "until" else NO_NUMBER)]
    if ends and typed.get("every", "week") == "week" and not typed.get("weekdays"):
        wrong["weekdays"] = [_(NO_WEEKDAY)]
    if wrong:
        raise Invalid(fields=wrong)
    dropped = {"never": ("until", "times"), "until": ("times",), "times": ("until",)}.get(str(ends), ())
    return {name: value for name, value in typed.items() if name != "ends" and name not in dropped}


def _preview(found: Item, typed: dict[str, Any], series: Series | None = None) -> dict[str, Any]:
    who = actor()
    series = series or series_of(found.id)
    try:
        form = parse(RecurrenceForm, meant(typed))
    except Invalid as problem:
        return {"days": [], "sentence": "", "why": next(iter(reasons_of(problem).values()), [problem.detail])[0]}
    days = coming(found, form, series)
    return {
        "days": [shown(day, "weekday", calendar=who.calendar) for day in days],  # type: ignore[arg-type]
        "sentence": sentence(who, form.rule(), form.mode, form.roll, form.times),
        "why": "" if days else _(NEVER),
    }


def _typed(found: Item, series: Series | None) -> dict[str, Any]:
    """What the form begins with: the rule as it stands, else every week on the weekday of the task."""
    who = actor()
    said = begins(found.due_on or today(), who.calendar)  # type: ignore[arg-type]
    if series is None or series.ended_how is not None:
        return said
    form = stands(as_form(series))
    return said | (form if form["weekdays"] else {name: form[name] for name in form if name != "weekdays"})


def _calendar(typed: dict[str, Any]) -> Calendar:
    """The calendar that was sent; whatever else was sent is refused by the form, and shown with Gregorian months."""
    return "jalali" if typed.get("calendar") == "jalali" else "gregorian"


def _shown(found: Item, series: Series | None, typed: dict[str, Any], problem: Invalid | None = None) -> Response:
    errors = reasons_of(problem) if problem else {}
    running = series if series is not None and series.ended_how is None else None
    return show(
        "tasks/recurrence.html",
        fragment="tasks/_recurrence.html",
        status=problem.status if problem else 200,
        reference=found.reference,
        address=f"/work-items/{found.reference}/recurrence",
        running=running is not None,
        typed=typed,
        modes={code: _(word) for code, word in MODES.items()},
        **choices(typed),
        **_preview(found, typed, series) | told(errors),
    )


def told(errors: dict[str, list[str]]) -> dict[str, Any]:
    """Why not, each once: beside its field where that has a place for it, else above the form, and not in the preview
    again."""
    if not errors:
        return {"errors": {}, "others": []}
    above = [reason for name, reasons in errors.items() if name not in BESIDE for reason in reasons]
    return {"errors": {name: " ".join(reasons) for name, reasons in errors.items()}, "others": above, "why": ""}


def choices(typed: dict[str, Any]) -> dict[str, Any]:
    """What may be chosen on the form of a rule, in the reader's language and calendar."""
    names = weekday_names()
    return {
        "measures": {code: _(word) for code, word in MEASURES.items()},
        "rolls": {code: _(word) for code, word in ROLLS.items()},
        "weekdays": [(str(day), names[day]) for day in WEEKS.get(locale(), range(7))],
        "numbers": {**{str(day): digits(day) for day in range(1, 32)}, "-1": _(N_("the last day"))},
        "ordinals": {str(place): _(ORDINALS[place]) for place in PLACES},
        "months": {str(number): name for number, name in enumerate(month_names(_calendar(typed)), start=1)},
    }


def begins(day: date, calendar: Calendar) -> dict[str, Any]:
    """What the form of a rule begins with for something that stands on `day`."""
    number, month = parts(day, calendar)[2], parts(day, calendar)[1]
    place = LAST if number > 28 else (number - 1) // 7 + 1
    return {
        "mode": "on-date", "every": "week", "interval": "1", "weekdays": [str(day.weekday())], "by": "day",
        "day": str(number), "place": str(place), "weekday": str(day.weekday()), "month": str(month),
        "calendar": calendar, "roll": "no", "ahead": "0", "ends": "never",
    }  # fmt: skip


def stands(form: RecurrenceForm) -> dict[str, Any]:
    """A rule as its form would have been filled in."""
    entered_ = {name: getattr(form, name) for name in RecurrenceForm.model_fields}
    said: dict[str, Any] = {name: str(value) for name, value in entered_.items() if value is not None}
    said["weekdays"] = [str(day) for day in form.weekdays]
    return said | {"ends": "until" if form.until else "times" if form.times else "never"}
