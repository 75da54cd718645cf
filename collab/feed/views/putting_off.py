"""Putting off what is expected of one, from My day or from the item."""

from flask import Response, request

from collab.core.actor import Actor
from collab.core.errors import Invalid
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import back, filled, show
from collab.work.queries.waits import find_wait
from collab.work.views.answers import done

from .. import commands, putting_off, queries
from ..forms import PutOff
from ..news_lines import back_words
from ..put_off_lines import soon_words
from . import feed
from .inbox import LATER

UNTIL, TOUCHED = N_("Put off. It comes back %(when)s."), N_("Put off until somebody else does something with it.")
RETURNED = N_("It is back on your day.")


@door(feed, "GET /waits/<id:wait_id>/snooze")
def put_off_form(wait_id: int) -> Response:
    """Choose when something expected of you comes back to your day."""
    return _page(actor(), wait_id)


@door(feed, "PUT /waits/<id:wait_id>/snooze", takes=PutOff)
def put_off(wait_id: int) -> Response:
    """Put something off that is expected of you. Others on whose day it stands still see it."""
    who = actor()
    find_wait(who, wait_id)
    try:
        putting_off.put_off(who, wait_id, filled(PutOff))
    except Invalid as problem:
        return _page(who, wait_id, problem)
    until = queries.put_off_wait(who, wait_id).until
    said = _(UNTIL, when=soon_words(who, until)) if until else _(TOUCHED)
    return _done(who, wait_id, said, f"/waits/{wait_id}/snooze?_method=DELETE")


@door(feed, "DELETE /waits/<id:wait_id>/snooze")
def take_up(wait_id: int) -> Response:
    """Put something back on your day that you put off."""
    putting_off.take_up(actor(), wait_id)
    return _done(actor(), wait_id, _(RETURNED))


def _page(who: Actor, wait_id: int, problem: Invalid | None = None) -> Response:
    about = find_wait(who, wait_id)
    offered = [(code, _(LATER[code]), back_words(who, at)) for code, at in commands.moments_of(who).items()]
    return show(
        "feed/put_off.html",
        fragment="feed/_put_off.html",
        status=problem.status if problem else 200,
        about=about,
        address=f"/waits/{wait_id}/snooze?_method=PUT",
        home=f"/work-items/{about.reference}" if about.reference else "/",
        offered=offered,
        typed=request.form.get("until", ""),
        error=" ".join(reason for found in problem.fields.values() for reason in found) if problem else "",
    )


def _done(who: Actor, wait_id: int, said: str, undo: str = "") -> Response:
    about = find_wait(who, wait_id)
    return done(about.reference, said, way_back=undo) if about.reference else back("/", said, undo=undo)
