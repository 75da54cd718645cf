"""A view in one's own calendar program, under a secret address that reads and changes nothing."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Response, current_app, make_response, request

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.dates import near_instant
from collab.core.errors import NotFound
from collab.core.i18n import N_, _, speaking
from collab.people.queries.tree import tree
from collab.people.recognise import note_wrong_secret, person_as_actor
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import go, show

from ..commands import feeds as verbs
from ..day_feed import as_calendar
from ..events import STATES
from ..filters.compile import compiled
from ..filters.tree import ALL, Leaf, Not, every
from ..list_jobs import KINDS
from ..queries.arranged import Arrangement, arranged_items, window_for
from ..queries.feeds import Feed, feed_of, holder_of
from ..queries.saved import View, find_view
from ..queries.shapes import Row
from . import pages

MOST: Final = 500
PART: Final = 200
WITHDRAWN: Final = N_("The address is withdrawn.")


@dataclass(frozen=True, slots=True)
class Shown:
    """An address as its page shows it: the whole of it only when it was made just now."""

    since: str
    read: str
    address: str


@door(pages, "GET /views/<id:view_id>/feed")
def feed(view_id: int) -> Response:
    """Whether a view stands in your own calendar program, and the way to bring it there."""
    return _page(find_view(actor(), view_id))


@door(pages, "PUT /views/<id:view_id>/feed")
def open_feed(view_id: int) -> Response:
    """Make the address of a view for your calendar program; the one before ends."""
    view = find_view(actor(), view_id)
    answer = _page(view, feed_address(verbs.open_feed(actor(), view.id)))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@door(pages, "DELETE /views/<id:view_id>/feed")
def close_feed(view_id: int) -> Response:
    """Withdraw the address of a view."""
    verbs.close_feed(actor(), view_id)
    return go(f"/views/{view_id}/feed", _(WITHDRAWN))


@door(pages, "GET /feeds/<token>", public=True)
def read_feed(token: str) -> Response:
    """The calendar of a view, for whoever has its address, with the rights its owner has now."""
    holder = holder_of(token.removesuffix(".ics"))
    owner = person_as_actor(holder.person_id) if holder else None
    if holder is None or owner is None:
        note_wrong_secret(request)
        raise NotFound
    with speaking(owner.locale):
        view = find_view(owner, holder.view_id)
        words = {code: _(label) for code, label in STATES.items()}
        made = as_calendar(view.name, _rows(owner, view), words, current_app.config["COLLAB_URL"])
    if holder.read_at is None or clock.now() - holder.read_at > verbs.NOTE_EVERY:
        verbs.note_feed_read(SYSTEM, holder.view_id, holder.person_id)
    answer = make_response(made)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="collab.ics"'
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def feed_address(secret: str) -> str:
    """The whole address, as it is shown once."""
    return f"{current_app.config['COLLAB_URL']}/feeds/{secret}.ics"


def _rows(owner: Actor, view: View) -> list[Row]:
    """What the view finds that has a due date, the nearest first, at most 500."""
    kind = KINDS.get(view.list, "")
    dated = Not(Leaf("due", "none"))
    wanted = compiled(owner, every(Leaf("kind", kind) if kind else ALL, view.tree, dated))
    arranged, after = Arrangement(), None
    found: list[Row] = []
    while len(found) < MOST:
        page = arranged_items(owner, wanted, arranged, window_for(wanted, arranged, after, PART))
        found += page.items
        after = page.next
        if after is None:
            break
    return found[:MOST]


def _page(view: View, address: str = "") -> Response:
    who = actor()
    known = feed_of(who, view.id)
    return show("work/feed.html", view=view, feed=_shown(who, known, address) if known else None)


def _shown(who: Actor, known: Feed, address: str) -> Shown:
    calendar: Any = who.calendar

    def when(at: Any) -> str:
        return near_instant(at, clock.now(), tree().time_zone, calendar=calendar, locale=who.locale)

    return Shown(when(known.created_at), when(known.read_at) if known.read_at else "", address)
