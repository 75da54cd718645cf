"""Turning pop-ups on and off in a browser."""

from flask import Response

from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import filled, go

from ..pushing import commands
from ..pushing.forms import Subscribe
from . import feed

PAGE = "/profile/hearing"


@door(feed, "POST /profile/push-subscriptions", takes=Subscribe)
def turn_on_pop_ups() -> Response:
    """Show in this browser what you hear of."""
    commands.subscribe(actor(), filled(Subscribe))
    return go(PAGE, _(N_("Pop-ups are on in this browser. The first one comes in a moment.")))


@door(feed, "DELETE /profile/push-subscriptions/<id:subscription_id>")
def turn_off_pop_ups(subscription_id: int) -> Response:
    """Show nothing more in one of your browsers."""
    commands.unsubscribe(actor(), subscription_id)
    return go(PAGE, _(N_("Pop-ups are off there.")))
