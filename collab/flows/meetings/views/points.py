"""The forms of one point: what it says on the agenda, its minutes, and a task that comes of it."""

from typing import Any

from flask import Response

from collab.core.errors import Conflict, Invalid, NotFound, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.decisions.views.answers import arrived, reasons, version_again
from collab.people.queries.parties import party_called
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show
from collab.work.views.naming_items import with_item

from .. import commands, queries
from ..forms import EditPoint, NewAction, NotePoint, PointForm
from ..queries import Found, Point
from . import pages

ADDED, PROPOSED = N_("The point is on the agenda."), N_("The point is proposed.")
CHANGED, WRITTEN, MADE = N_("Changed."), N_("The minutes are saved."), N_("%(reference)s was made of the point.")

Typed = dict[str, Any]
Errors = dict[str, list[str]]


def there(found: Found, point_id: int) -> Point:
    """The point of a meeting that was found. Raises NotFound."""
    known = next((one for one in queries.points_of(actor(), found) if one.id == point_id), None)
    if known is None:
        raise NotFound
    return known


def _named(typed: Typed, name: str, kinds: tuple[str, ...]) -> Typed:
    """Somebody by name, for whoever typed one without choosing from the list."""
    values = dict(typed)
    called = str(values.pop(f"{name}_name", "")).strip()
    if called and not values.get(name):
        values[name] = party_called(actor(), called[:200], name, kinds)
    return values


@door(pages, "GET /meetings/<ref:item>/points/new")
def new_point(item: str) -> Response:
    """A form for a new point."""
    return _point(queries.find_meeting(actor(), item), None, {"minutes": "10"}, {}, 200)


@door(pages, "POST /meetings/<ref:item>/points", takes=PointForm)
def add_point(item: str) -> Response:
    """Put a point on the agenda, or propose one."""
    found, typed = queries.find_meeting(actor(), item), entered()
    try:
        made = commands.add_point(
            actor(), found.id, parse(PointForm, with_item(_named(typed, "owner", ("person",)), "about"))
        )
    except (Invalid, Conflict) as problem:
        return _point(found, None, typed, reasons(problem), problem.status)
    proposed = there(found, made).state == "proposed"
    return arrived(f"/meetings/{found.reference}#point-{made}", _(PROPOSED if proposed else ADDED))


@door(pages, "GET /meetings/<ref:item>/points/<id:point_id>")
def point_form(item: str, point_id: int) -> Response:
    """A point, to be changed."""
    found = queries.find_meeting(actor(), item)
    known = there(found, point_id)
    typed = {
        "title": known.title, "minutes": str(known.minutes), "owner": str(known.owner_id or ""),
        "owner_name": known.owner, "about": known.about, "edition": str(known.edition),
        "internal": "on" if known.internal else "", "standing": "on" if known.standing else "",
    }  # fmt: skip
    return _point(found, point_id, typed, {}, 200)


@door(pages, "PUT /meetings/<ref:item>/points/<id:point_id>", takes=EditPoint)
def change_point(item: str, point_id: int) -> Response:
    """Change what a point says on the agenda. Whoever comes second sees both and overwrites nothing."""
    found, typed = queries.find_meeting(actor(), item), entered()
    try:
        commands.change_point(
            actor(), found.id, point_id, parse(EditPoint, with_item(_named(typed, "owner", ("person",)), "about"))
        )
    except (Invalid, Conflict, Stale) as problem:
        now = there(found, point_id) if isinstance(problem, Stale) else None
        kept = typed | ({"edition": str(now.edition)} if now else {})
        return _point(found, point_id, kept, reasons(problem), problem.status, now)
    return arrived(f"/meetings/{found.reference}#point-{point_id}", _(CHANGED))


def _point(
    found: Found, point_id: int | None, typed: Typed, errors: Errors, status: int, now: Point | None = None
) -> Response:
    return show(
        "meetings/point.html", status=status, found=found, point_id=point_id, typed=typed, errors=errors, now=now
    )


@door(pages, "GET /meetings/<ref:item>/points/<id:point_id>/minutes")
def minutes_form(item: str, point_id: int) -> Response:
    """The minutes of a point, to be written."""
    found = queries.find_meeting(actor(), item)
    known = there(found, point_id)
    return _minutes(found, known, {"notes": known.notes, "outcome": known.outcome}, {}, 200)


@door(pages, "PUT /meetings/<ref:item>/points/<id:point_id>/minutes", takes=NotePoint)
def note_point(item: str, point_id: int) -> Response:
    """Write the minutes of a point. Whoever wrote later than somebody else sees both and overwrites nothing."""
    found, typed = queries.find_meeting(actor(), item), entered()
    try:
        commands.note_point(actor(), found.id, point_id, parse(NotePoint, typed))
    except (Invalid, Conflict, Stale) as problem:
        now = there(found, point_id)
        again = version_again(problem, typed.get("version"), now.version)
        return _minutes(found, now, typed, reasons(problem), problem.status, again)
    return arrived(f"/meetings/{found.reference}#point-{point_id}", _(WRITTEN))


def _minutes(
    found: Found, point: Point, typed: Typed, errors: Errors, status: int, version: int | None = None
) -> Response:
    return show(
        "meetings/minutes.html", status=status, found=found, point=point, typed=typed, errors=errors,
        version=version or point.version,
    )  # fmt: skip


@door(pages, "GET /meetings/<ref:item>/points/<id:point_id>/tasks/new")
def new_action(item: str, point_id: int) -> Response:
    """A form for a task that comes of a point."""
    found = queries.find_meeting(actor(), item)
    who = actor()
    typed = {"holder": str(who.person_id), "holder_name": who.name} if found.reach == "named" else {}
    return _action(found, there(found, point_id), typed, {}, 200)


@door(pages, "POST /meetings/<ref:item>/points/<id:point_id>/tasks", takes=NewAction)
def make_action(item: str, point_id: int) -> Response:
    """Make a task of a point."""
    found, typed = queries.find_meeting(actor(), item), entered()
    point = there(found, point_id)
    try:
        form = parse(NewAction, _named(typed, "holder", ("person", "unit", "post")))
        made = commands.make_action(actor(), found.id, point_id, form)
    except (Invalid, Conflict) as problem:
        return _action(found, point, typed, reasons(problem), problem.status)
    return arrived(f"/meetings/{found.reference}#point-{point_id}", _(MADE, reference=made["reference"]))


def _action(found: Found, point: Point, typed: Typed, errors: Errors, status: int) -> Response:
    return show("meetings/action.html", status=status, found=found, point=point, typed=typed, errors=errors)
