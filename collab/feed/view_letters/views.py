"""A view by mail, as a page: whether and when it comes, and the end of it."""

from typing import Any, Final

from flask import Blueprint, Response

from collab.core import clock, dates
from collab.core.dates import digits, shown_instant
from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import back, entered, go, reasons_of, show
from collab.work.queries.saved import find_view

from ..queries import manner
from . import commands, queries
from .forms import ByMail
from .queries import Subscription
from .words import rhythm_words

KEPT: Final = N_("Saved. The next letter comes %(when)s.")
ENDED: Final = N_("This list comes by mail no more.")
pages = Blueprint("view_letters", "collab.feed", template_folder="templates")


@door(pages, "GET /views/<id:view_id>/subscription")
def subscription(view_id: int) -> Response:
    """Whether a view comes to you by mail, and when."""
    return _page(view_id)


@door(pages, "PUT /views/<id:view_id>/subscription", takes=ByMail)
def subscribe(view_id: int) -> Response:
    """Have a view sent to you by mail."""
    typed = entered()
    try:
        commands.subscribe(actor(), view_id, parse(ByMail, _typed(typed)))
    except Invalid as problem:
        return _page(view_id, typed, reasons_of(problem))
    made = queries.subscription_of(actor(), view_id)
    return go(f"/views/{view_id}/subscription", _(KEPT, when=next_words(made)) if made else "")


@door(pages, "DELETE /views/<id:view_id>/subscription")
def unsubscribe(view_id: int) -> Response:
    """Have a view sent no more."""
    commands.unsubscribe(actor(), view_id)
    return back(f"/views/{view_id}/subscription", _(ENDED))


def next_words(one: Subscription) -> str:
    """When the next letter comes: day and hour in the reader's calendar."""
    who = actor()
    moment = max(one.next_at, clock.now())
    calendar: dates.Calendar = who.calendar  # type: ignore[assignment]
    return shown_instant(moment, who.time_zone, "weekday", calendar=calendar)


def hours() -> list[tuple[int, str]]:
    """The hours of a day with what they are called."""
    return [(hour, digits(f"{hour:02d}:00")) for hour in range(24)]


def _typed(typed: dict[str, Any]) -> dict[str, Any]:
    """A box that is not ticked is not sent."""
    hour = typed.get("hour", "")
    number = int(hour) if hour.isascii() and hour.isdigit() and len(hour) < 4 else hour
    return {"empties": "false", **typed, **({"hour": number} if hour else {})}


def _page(view_id: int, typed: dict[str, Any] | None = None, errors: dict[str, list[str]] | None = None) -> Response:
    who = actor()
    view = find_view(who, view_id)
    known, how = queries.subscription_of(who, view.id), manner(who)
    usual = known._asdict() if known else {"rhythm": "workday", "hour": how.digest_hour, "empties": False}
    return show(
        "feed/view_letter.html",
        status=422 if errors else 200,
        view=view,
        known=known,
        next=next_words(known) if known else "",
        typed=usual | (typed or {}),
        errors=errors or {},
        rhythms=[(code, rhythm_words(who, code)) for code in ("workday", "week", "month")],
        hours=hours(),
        mails=how.mails,
        mail=who.email,
    )
