"""When a meeting comes again: the rule in plain words with the days that follow, and stopping it."""

from datetime import date
from typing import Any

from flask import Response

from collab.core.dates import local_day, shown
from collab.core.errors import Conflict, Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.decisions.views.answers import arrived, reasons
from collab.tasks.recurring_forms import NEVER, entered_as
from collab.tasks.recurring_words import sentence
from collab.tasks.views.recurring import begins, choices, meant, stands, told
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, reasons_of, show

from .. import commands, further, queries
from ..forms import SeriesForm
from ..further import Series
from ..queries import Found
from . import pages

SET = N_("It comes again by this rule. The next meetings are called by themselves.")
STOPPED = N_("It comes no more. What was called already stays.")


@door(pages, "GET /meetings/<ref:item>/series")
def series_form(item: str) -> Response:
    """When a meeting comes again, with the days that follow."""
    found = queries.find_meeting(actor(), item)
    series = further.series_of(actor(), found)
    return _shown(found, series, _typed(found, series))


@door(pages, "POST /meetings/<ref:item>/series/preview", takes=SeriesForm)
def preview_series(item: str) -> Response:
    """The days on which the meeting would be held by what is entered. Nothing is kept."""
    found = queries.find_meeting(actor(), item)
    series = further.series_of(actor(), found)
    return show(
        "tasks/recurrence_preview.html",
        fragment="tasks/_recurrence_preview.html",
        **_preview(found, entered(), series),
    )


@door(pages, "PUT /meetings/<ref:item>/series", takes=SeriesForm)
def put_series(item: str) -> Response:
    """Let a meeting come again, or change from here on when it does."""
    found, typed = queries.find_meeting(actor(), item), entered()
    try:
        commands.set_series(actor(), found.id, parse(SeriesForm, meant(typed)))
    except (Invalid, Conflict) as problem:
        return _shown(found, further.series_of(actor(), found), typed, problem)
    return arrived(f"/meetings/{found.reference}", _(SET))


@door(pages, "DELETE /meetings/<ref:item>/series")
def end_series(item: str) -> Response:
    """Let a meeting come no more."""
    found = queries.find_meeting(actor(), item)
    commands.stop_series(actor(), found.id)
    return arrived(f"/meetings/{found.reference}", _(STOPPED))


def _day_of(found: Found) -> date:
    return found.series_on or local_day(found.starts_at, actor().time_zone)


def _typed(found: Found, series: Series | None) -> dict[str, Any]:
    """The rule as it stands; without one every third month on the same weekday, as open meetings are held."""
    said = begins(_day_of(found), actor().calendar)  # type: ignore[arg-type]
    said |= {"every": "month", "interval": "3", "by": "weekday", "ahead": "30"}
    if series is None or series.ended_how is not None:
        return said
    form = entered_as(series.rule, "on-date", series.roll, series.ahead, series.times_left)  # type: ignore[arg-type]
    known = stands(form)
    return said | (known if known["weekdays"] else {name: known[name] for name in known if name != "weekdays"})


def _preview(found: Found, typed: dict[str, Any], series: Series | None) -> dict[str, Any]:
    who = actor()
    try:
        form = parse(SeriesForm, meant(typed))
    except Invalid as problem:
        return {"days": [], "sentence": "", "why": next(iter(reasons_of(problem).values()), [problem.detail])[0]}
    days = further.coming(found, _day_of(found), form, series)
    return {
        "days": [shown(day, "weekday", calendar=who.calendar) for day in days],  # type: ignore[arg-type]
        "sentence": sentence(who, form.rule(), form.mode, form.roll, form.times),
        "why": "" if days else _(NEVER),
    }


def _shown(
    found: Found, series: Series | None, typed: dict[str, Any], problem: Invalid | Conflict | None = None
) -> Response:
    errors = reasons(problem) if problem else {}
    return show(
        "meetings/series.html",
        status=problem.status if problem else 200,
        found=found,
        address=f"/meetings/{found.reference}/series",
        running=series is not None and series.ended_how is None,
        typed=typed,
        modes={},
        **choices(typed),
        **_preview(found, typed, series) | told(errors),
    )
