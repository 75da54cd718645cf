"""The inbox as a page, and what is done with its lines."""

import json
from typing import Any, Final

from flask import Response, make_response, request

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.errors import Invalid
from collab.core.i18n import N_, _, ngettext
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, back, filled, go, show

from .. import commands, queries
from ..forms import Grouping, InboxFilter, Mark, Snooze
from ..news_lines import address_of, back_words, news_lines, place_in
from . import feed
from .turning import address, turn

VIEWS: Final = {
    "all": N_("All"),
    "unread": N_("Unread"),
    "called": N_("Mentions"),
    "given": N_("Given to you"),
    "awaited": N_("Asked of you"),
    "talk": N_("Talk"),
    "snoozed": N_("Put off"),
    "archived": N_("Put away"),
}
LATER: Final = {
    "today": N_("Later today"),
    "tomorrow": N_("Tomorrow"),
    "week": N_("Next week"),
    "month": N_("In a month"),
}
EMPTY: Final = {
    "snoozed": (N_("Nothing is put off."), N_("What you put off with s waits here and comes back by itself.")),
    "archived": (N_("Nothing is put away."), N_("What you put away with e stands here; u brings it back.")),
}
NOTHING: Final = (
    N_("Nothing new."),
    N_("When somebody mentions you, hands something over to you or answers you, it will stand here."),
)
AWAY, RETURNED = N_("Put away."), N_("It is back in your inbox.")
READ, UNREAD = N_("Marked as read."), N_("Marked as unread.")
MUTED = N_("Muted: you hear of it only when you are called or something is expected of you.")
HEARD_AGAIN = N_("You hear of it again.")


@door(feed, "GET /inbox", query=InboxFilter)
def inbox() -> Response:
    """What you heard of: one line per item with the reasons, unread first."""
    asking, who = asked(InboxFilter), actor()
    page = queries.find_page(who, asking.which, asking.after, asking.limit)
    by = queries.manner(who).inbox_by
    which = {} if asking.which == "all" else {"which": asking.which}
    return show(
        "feed/inbox.html",
        fragment="feed/_inbox.html",
        which=asking.which,
        views=[(code, "/inbox" if code == "all" else f"/inbox?which={code}", _(word)) for code, word in VIEWS.items()],
        by=by,
        empty=[_(text) for text in EMPTY.get(asking.which, NOTHING)],
        lines=news_lines(who, page.items, by),
        here=address("feed.inbox", asking.after, **which),
        previous_href=turn("feed.inbox", page.previous, **which),
        next_href=turn("feed.inbox", page.next, **which),
    )


@door(feed, "PUT /inbox/grouping", takes=Grouping)
def group() -> Response:
    """Say whether your inbox stands by day or by unit."""
    commands.group_inbox(actor(), filled(Grouping))
    return back("/inbox")


@door(feed, "GET /notifications/<id:notification_id>")
def follow(notification_id: int) -> Response:
    """To what a line of your inbox is about, and there to the message. The page that opens marks it as read; asking for
    it changes nothing."""
    heard = queries.find(actor(), notification_id)
    return go(f"{address_of(heard)}{place_in(heard, queries.message_of(heard))}")


@door(feed, "PATCH /notifications/<id:notification_id>", takes=Mark)
def mark(notification_id: int) -> Response:
    """Mark a line of your inbox as read or unread, mute it, or put it back."""
    form = filled(Mark)
    commands.mark(actor(), notification_id, form)
    if form.archived is not None:
        return _done(_(AWAY if form.archived else RETURNED))
    if form.muted is not None:
        return _done(_(MUTED if form.muted else HEARD_AGAIN))
    return _done(_(READ if form.read else UNREAD))


@door(feed, "DELETE /notifications/<id:notification_id>")
def archive(notification_id: int) -> Response:
    """Put a line of your inbox away."""
    commands.mark(actor(), notification_id, Mark(archived=True))
    return _done(_(AWAY), _return(notification_id))


@door(feed, "POST /notifications/<id:notification_id>/return")
def bring_back(notification_id: int) -> Response:
    """Bring a line back that you put away or put off."""
    commands.bring_back(actor(), notification_id)
    return _done(_(RETURNED))


@door(feed, "GET /notifications/<id:notification_id>/snooze")
def snooze_form(notification_id: int) -> Response:
    """Choose when a line of your inbox comes back."""
    return _snooze_page(actor(), notification_id)


@door(feed, "PUT /notifications/<id:notification_id>/snooze", takes=Snooze)
def snooze(notification_id: int) -> Response:
    """Put a line of your inbox off."""
    who = actor()
    try:
        commands.snooze(who, notification_id, filled(Snooze))
    except Invalid as problem:
        return _snooze_page(who, notification_id, problem)
    until = queries.find(who, notification_id).snoozed_until
    when = back_words(who, until, "weekday") if until else ""
    return _done(_(N_("It comes back %(when)s."), when=when), _return(notification_id))


def _snooze_page(who: Actor, notification_id: int, problem: Invalid | None = None) -> Response:
    heard = queries.find(who, notification_id)
    offered = [(code, _(LATER[code]), back_words(who, at, "weekday")) for code, at in commands.moments_of(who).items()]
    return show(
        "feed/snooze.html",
        fragment="feed/_snooze.html",
        status=problem.status if problem else 200,
        heard=heard,
        offered=offered,
        typed=request.form.get("until", ""),
        error=" ".join(reason for found in problem.fields.values() for reason in found) if problem else "",
    )


@door(feed, "DELETE /inbox/read")
def clear() -> Response:
    """Put away every line that you have read."""
    number, stamp = commands.clear(actor())
    if not number:
        return _done(_(N_("Nothing to put away: what stands here is unread.")))
    said = ngettext("%(count)s line put away.", "%(count)s lines put away.", number, count=digits(number))
    return _done(said, f"/inbox/cleared/{stamp}/return")


@door(feed, "POST /inbox/cleared/<id:stamp>/return")
def bring_back_cleared(stamp: int) -> Response:
    """Bring back what you put away at once."""
    commands.bring_back_cleared(actor(), stamp)
    return _done(_(N_("They are back in your inbox.")))


@door(feed, "PUT /inbox/work-items/<id:item_id>/reading")
def reading(item_id: int) -> Response:
    """Mark what you heard of an item as read, since you have it open."""
    commands.read_about(actor(), "work-item", item_id)
    return Response(status=204)


@door(feed, "PUT /inbox/conversations/<id:conversation_id>/reading")
def reading_talk(conversation_id: int) -> Response:
    """Mark what you heard of a conversation as read, since you have it open."""
    commands.read_about(actor(), "conversation", conversation_id)
    return Response(status=204)


@door(feed, "PUT /inbox/later-messages/<id:later_id>/reading")
def reading_later(later_id: int) -> Response:
    """Mark what you heard of a message that could not be sent as read, since you have it before you."""
    commands.read_about(actor(), "later-message", later_id)
    return Response(status=204)


def _return(notification_id: int) -> str:
    return f"/notifications/{notification_id}/return"


def _done(said: str, undo: str = "") -> Response:
    """After an act: an open inbox asks again in place, with the sentence and the way back at its foot."""
    if request.headers.get("HX-Request-Type") == "partial":
        told: dict[str, Any] = {"inbox-changed": True, "toast": {"text": said, "undo": undo}}
        return make_response("", 204, {"HX-Trigger": json.dumps(told)})
    return back("/inbox", said, undo=undo)
