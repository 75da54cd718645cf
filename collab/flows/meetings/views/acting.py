"""What is done with a meeting by one press: it begins, ends, is approved; points move; who is there."""

from collections.abc import Callable
from typing import Any

from flask import Response

from collab.core.errors import Conflict, Invalid, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.decisions.views.answers import reasons
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, show

from .. import commands, queries
from ..forms import AnswerInvitation, Attendance, CancelMeeting, EndMeeting, PlacePoint, PointStanding
from . import pages
from .page import full

BEGUN, ENDED = N_("The meeting has begun."), N_("The meeting is over. The chair approves the minutes.")
APPROVED, CANCELLED = N_("The minutes are approved."), N_("The meeting was cancelled.")
ANSWERED = N_("Your answer is noted.")
NOTED, MOVED, REMOVED = N_("Noted."), N_("The agenda has a new order."), N_("The point was removed.")


def _act(item: str, act: Callable[[int, dict[str, Any]], Any], said: str, *, tab: str = "", at: str = "") -> Response:
    found, typed = queries.find_meeting(actor(), item), entered()
    try:
        act(found.id, typed)
    except (Invalid, Conflict, Stale) as problem:
        return full(found, tab, reasons(problem), problem.status)
    return go(f"/meetings/{found.reference}" + (f"?tab={tab}" if tab else "") + (f"#{at}" if at else ""), said)


@door(pages, "PUT /meetings/<ref:item>/beginning")
def start_meeting(item: str) -> Response:
    """Begin the meeting."""
    return _act(item, lambda id_, _typed: commands.start_meeting(actor(), id_), _(BEGUN))


@door(pages, "PUT /meetings/<ref:item>/ending", takes=EndMeeting)
def end_meeting(item: str) -> Response:
    """End the meeting; while votes begun in it are open the page names them and asks once more."""
    return _act(item, lambda id_, typed: commands.end_meeting(actor(), id_, parse(EndMeeting, typed)), _(ENDED))


@door(pages, "PUT /meetings/<ref:item>/approval")
def approve_minutes(item: str) -> Response:
    """Approve the minutes, as chair."""
    return _act(item, lambda id_, _typed: commands.approve_minutes(actor(), id_), _(APPROVED))


@door(pages, "GET /meetings/<ref:item>/cancellation")
def cancellation(item: str) -> Response:
    """Before a meeting is called off: the reason."""
    return _cancellation(item, {}, {}, 200)


@door(pages, "PUT /meetings/<ref:item>/cancellation", takes=CancelMeeting)
def cancel_meeting(item: str) -> Response:
    """Call a meeting off, with the reason."""
    found, typed = queries.find_meeting(actor(), item), entered()
    try:
        commands.cancel_meeting(actor(), found.id, parse(CancelMeeting, typed))
    except (Invalid, Conflict) as problem:
        return _cancellation(item, typed, reasons(problem), problem.status)
    return go(f"/meetings/{found.reference}", _(CANCELLED))


def _cancellation(item: str, typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    found = queries.find_meeting(actor(), item)
    return show("meetings/cancellation.html", status=status, found=found, typed=typed, errors=errors)


@door(pages, "PUT /meetings/<ref:item>/answer", takes=AnswerInvitation)
def answer_invitation(item: str) -> Response:
    """Say whether one comes."""
    return _act(
        item, lambda id_, typed: commands.answer_invitation(actor(), id_, parse(AnswerInvitation, typed)), _(ANSWERED)
    )


@door(pages, "PUT /meetings/<ref:item>/people/<id:person_id>", takes=Attendance)
def note_attendance(item: str, person_id: int) -> Response:
    """Note whether somebody is there."""
    return _act(
        item,
        lambda id_, typed: commands.note_attendance(actor(), id_, person_id, parse(Attendance, typed)),
        _(NOTED),
        tab="people",
    )


@door(pages, "PUT /meetings/<ref:item>/points/<id:point_id>/place", takes=PlacePoint)
def place_point(item: str, point_id: int) -> Response:
    """Move a point to another place."""
    return _act(
        item,
        lambda id_, typed: commands.place_point(actor(), id_, point_id, parse(PlacePoint, typed)),
        _(MOVED),
        at=f"point-{point_id}",
    )


@door(pages, "PUT /meetings/<ref:item>/points/<id:point_id>/standing", takes=PointStanding)
def stand_point(item: str, point_id: int) -> Response:
    """Take a point onto the agenda, or put it off."""
    return _act(
        item,
        lambda id_, typed: commands.stand_point(actor(), id_, point_id, parse(PointStanding, typed)),
        _(NOTED),
        at=f"point-{point_id}",
    )


@door(pages, "DELETE /meetings/<ref:item>/points/<id:point_id>")
def remove_point(item: str, point_id: int) -> Response:
    """Take a point off the agenda."""
    return _act(item, lambda id_, _typed: commands.remove_point(actor(), id_, point_id), _(REMOVED))
