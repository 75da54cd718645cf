"""How a message will look, while it is being written: the server's own rendering, so that what is seen is said."""

from typing import Any, Final, NamedTuple

from flask import Response, make_response, render_template
from markupsafe import Markup

from collab.core import broker, clock
from collab.core.actor import Actor
from collab.core.errors import Invalid, TooMany
from collab.core.forms import parse
from collab.core.i18n import ngettext
from collab.core.package import Card
from collab.web.actors import actor
from collab.web.api import endpoint
from collab.web.doors import door
from collab.web.pages import entered

from . import queries
from .api import api
from .cards import named_in
from .forms import Preview
from .rendering import linked, marked, rendered
from .views import talks

MOST: Final = 240
"""Looks in a minute: more than pauses in writing. Where Redis does not answer nobody is held back for it."""
MINUTE: Final = 60


class Seen(NamedTuple):
    """A message as its writer will read it."""

    html: Markup
    cards: tuple[Card, ...]


@door(talks, "POST /messages/preview", takes=Preview)
def preview() -> Response:
    """What you are writing, as it will be said. It asks with all that stands in the composer; only the text counts."""
    try:
        form = parse(Preview, {"text": entered().get("text", "")})
    except Invalid as problem:
        reasons = [text for some in problem.fields.values() for text in some]
        return make_response(render_template("messaging/_previewed.html", seen=None, reasons=reasons))
    try:
        seen = _seen(actor(), form.text) if form.text else None
    except TooMany as problem:
        panel = render_template("messaging/_previewed.html", seen=None, reasons=[problem.sentence()])
        return make_response(panel, 429, {"Retry-After": str(problem.retry_after)})
    return make_response(render_template("messaging/_previewed.html", seen=seen, reasons=[]))


@endpoint(api, "POST /messages/preview", takes=Preview, gives="MessagePreview")
def post_preview(form: Preview) -> Any:
    """What a text looks like as a message: `html` that is safe to show, and what it names, as cards."""
    seen = _seen(actor(), form.text or "")
    cards = [{"reference": one.reference, "title": one.title, "href": one.href} for one in seen.cards if one.href]
    return {"html": str(seen.html), "cards": cards}


def _seen(who: Actor, text: str) -> Seen:
    _hold_back(who)
    [spoken] = queries.as_read([text])
    named = named_in(who, spoken)
    return Seen(linked(marked(who, rendered(spoken), spoken), named.links), named.cards)


def _hold_back(who: Actor) -> None:
    """Refuse a look when there were too many in this minute. Raises TooMany."""
    minute, second = divmod(int(clock.now().timestamp()), MINUTE)
    key = f"collab:preview:{who.person_id}:{minute}"
    looks = broker.ask("incr", key)
    if looks == 1:
        broker.ask("expire", key, 2 * MINUTE)
    if looks is not None and looks > MOST:
        wait = MINUTE - second
        raise TooMany(
            ngettext(
                "The preview rests, since it was asked too often; what you write is kept. It goes on in %(n)s second.",
                "The preview rests, since it was asked too often; what you write is kept. It goes on in %(n)s seconds.",
                wait,
            ),
            retry_after=wait,
        )
