"""Calling a meeting, and changing what a planned one says."""

from datetime import timedelta
from typing import Any

from flask import Response, request

from collab.core import clock
from collab.core.dates import clock as wall
from collab.core.dates import digits, local_day
from collab.core.errors import Conflict, Invalid, Stale
from collab.core.forms import parse, typed_id
from collab.core.i18n import N_, _
from collab.decisions.views.answers import arrived, reasons, seen_by, version_again
from collab.decisions.views.several import several, with_typed
from collab.people.queries.parties import party_called
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show
from collab.work.lines import REACHES
from collab.work.queries.parties import names_typed

from .. import commands, queries
from ..forms import EditMeeting, MeetingFields, NewMeeting
from ..queries import Found
from ..words import LONGEST_AGO, QUORUMS
from . import pages

CALLED, CHANGED = N_("%(reference)s was called. Put the agenda together."), N_("Changed.")
OVER_ALREADY = N_("This day is over. If the meeting was held and you note it now, confirm it.")
HOUR_OVER = N_("It is past %(hour)s already. If the meeting has begun and you note it now, confirm it.")
JUST_NOW = timedelta(minutes=15)
"""So long ago something may begin that is called while people sit down to it."""
MOST_BOXES = 200
NAMED = ("chair", "secretary")


@door(pages, "GET /meetings/new")
def new_meeting() -> Response:
    """A form for a new meeting."""
    known = {name: request.args[name][:200] for name in ("title", "unit", "on") if name in request.args}
    return _new(known | {"whole_unit": "on"}, {}, 200)


@door(pages, "POST /meetings", takes=NewMeeting)
def plan_meeting() -> Response:
    """Call a meeting."""
    typed = entered()
    try:
        form = parse(NewMeeting, _said(typed))
        _ask_of_past(form, typed)
        made = commands.plan_meeting(actor(), form)
    except Invalid as problem:
        return _new(typed, reasons(problem), 422)
    return arrived(f"/meetings/{made['reference']}", _(CALLED, reference=made["reference"]))


@door(pages, "GET /meetings/<ref:item>/editing")
def edit_form(item: str) -> Response:
    """A planned meeting, to be changed."""
    found = queries.find_meeting(actor(), item)
    return _edit(found, _stands(found), {}, 200)


@door(pages, "PUT /meetings/<ref:item>", takes=EditMeeting)
def edit_meeting(item: str) -> Response:
    """Change a planned meeting."""
    found, typed = queries.find_meeting(actor(), item), entered()
    seen = seen_by(found, typed)  # type: ignore[arg-type]
    try:
        form = parse(EditMeeting, _said(typed))
        stands = _stands(found)
        today = local_day(clock.now(), actor().time_zone)
        if form.on.isoformat() != stands["on"] or (form.on == today and form.clock != stands["clock"]):
            _ask_of_past(form, typed)
        commands.edit_meeting(actor(), seen, form)
    except (Invalid, Conflict, Stale) as problem:
        now = queries.find_meeting(actor(), item)
        again = version_again(problem, seen.version, now.version)
        return _edit(now, typed, reasons(problem), problem.status, again)
    return arrived(f"/meetings/{found.reference}", _(CHANGED))


def _ask_of_past(form: MeetingFields, typed: dict[str, Any]) -> None:
    """A day that is over is mostly a slip, and so is an hour of today that is. Raises Invalid at `sure` once; what is
    sent back then names the day, or the hour of today."""
    zone = actor().time_zone
    today, before = local_day(clock.now(), zone), clock.now() - JUST_NOW
    hour, over = (f"{form.on}T{form.clock}", f"{local_day(before, zone)}T{wall(before, zone, locale='en')}")
    named = hour if form.on == today else form.on.isoformat()
    past = today - LONGEST_AGO <= form.on < today or (form.on == today and hour < over)
    if past and typed.get("sure") != named:
        typed["sure"] = named
        said = _(HOUR_OVER, hour=digits(form.clock)) if named == hour else _(OVER_ALREADY)
        raise Invalid(fields={"sure": [said]})


def _said(typed: dict[str, Any]) -> dict[str, Any]:
    """The fields of the form: people by their boxes, chair and secretary by name where none was chosen."""
    values = {name: value for name, value in typed.items() if name != "sure" and not name.endswith("_name")}
    for name in NAMED:
        called = str(typed.get(f"{name}_name", "")).strip()
        if called and not values.get(name):
            values[name] = party_called(actor(), called[:200], name, ("person",))
    people = with_typed(typed, "people", ("person", "unit", "post"))
    values = {name: value for name, value in values.items() if name not in ("people", "people_more")}
    return values | ({"people": people} if people else {})


def _stands(found: Found) -> dict[str, Any]:
    """A meeting as its form would have been filled in."""
    zone = actor().time_zone
    return {
        "title": found.title, "body": found.body, "on": local_day(found.starts_at, zone).isoformat(),
        "clock": wall(found.starts_at, zone, locale="en"), "place": found.place, "chair": str(found.chair_id),
        "secretary": str(found.secretary_id), "quorum": found.quorum, "quorum_base": str(found.quorum_base or ""),
        "reach": found.reach, "open": "on" if found.open else "",
        "people": [str(one.person_id) for one in queries.people_of(found)],
    }  # fmt: skip


def _new(typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    who, nodes = actor(), tree().nodes
    own = [nodes[id_] for id_ in sorted(who.units | who.heads) if id_ in nodes]
    chosen = next((node for node in own if typed.get("unit") in (str(node.id), node.code)), own[0] if own else None)
    unit = {"unit": str(chosen.id) if chosen else ""}
    mine = {"chair": str(who.person_id), "secretary": str(who.person_id)} if not typed.get("chair_name") else {}
    context = {"head": _("New meeting"), "action": "/meetings", "method": "POST", "back": "/meetings"}
    units = {str(node.id): node.name() for node in own}
    return _form(context | {"units": units}, mine | typed | unit, errors, status)


def _edit(
    found: Found, typed: dict[str, Any], errors: dict[str, list[str]], status: int, version: int | None = None
) -> Response:
    href = f"/meetings/{found.reference}"
    head = _("Change %(reference)s", reference=found.reference)
    stands = version or found.version
    context = {"head": head, "action": href, "method": "PUT", "back": href, "version": stands, "units": {}}
    return _form(context, typed, errors, status)


def _form(context: dict[str, Any], typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    people = [id_ for one in several(typed, "people") if (id_ := typed_id(one)) is not None][:MOST_BOXES]
    named = [typed_id(typed.get(name)) for name in NAMED]
    names = names_typed(actor(), [*people, *(id_ for id_ in named if id_ is not None)])

    def called(value: Any) -> str:
        id_ = typed_id(value)
        return names.one(id_).name if id_ is not None else ""

    return show(
        "meetings/form.html",
        status=status,
        typed=typed,
        errors=errors,
        people=[(str(id_), names.one(id_).name) for id_ in people],
        shown={name: typed.get(f"{name}_name") or called(typed.get(name)) for name in NAMED},
        quorums={code: _(label) for code, label in QUORUMS.items()},
        reaches={code: _(label) for code, label in REACHES.items()},
        **context,
    )
