"""My day and the inbox as pages."""

from typing import Any

from flask import Blueprint, Response, url_for

from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, back, filled, go, show

from . import commands, queries
from .away_lines import away_lines, own_doors
from .day_lines import day_lines, greeting, grouped, since_words, summary, today_words
from .forms import From, InboxFilter, Mark
from .news_lines import news_lines

feed = Blueprint("feed", "collab.feed", template_folder="templates")


@door(feed, "GET /", query=From)
def my_day() -> Response:
    """What is expected of you now, what you wait for, and what changed since you last looked."""
    who, start = actor(), asked(From).after
    page = queries.expected(who, start)
    lines = day_lines(who, page.items)
    looked, news = queries.since_last_look(who)
    others = queries.awaited(who)
    return show(
        "feed/day.html",
        fragment="feed/_live.html",
        greeting=greeting(who),
        today=today_words(who),
        summary=summary(lines, page.next is not None),
        groups=grouped(lines),
        here=_address("feed.my_day", start),
        previous_href=_turn("feed.my_day", page.previous),
        next_href=_turn("feed.my_day", page.next),
        awaited=day_lines(who, others.items, awaited=True),
        awaited_more=_turn("feed.awaited", others.next),
        news=news_lines(who, news),
        since=since_words(who, looked),
        away=away_lines(who),
        doors=own_doors(who),
    )


@door(feed, "GET /awaited", query=From)
def awaited() -> Response:
    """Everything that you and your units wait for."""
    start = asked(From).after
    page = queries.awaited(actor(), start, limit=50)
    return show(
        "feed/awaited.html",
        fragment="feed/_awaited.html",
        awaited=day_lines(actor(), page.items, awaited=True),
        here=_address("feed.awaited", start),
        previous_href=_turn("feed.awaited", page.previous),
        next_href=_turn("feed.awaited", page.next),
    )


@door(feed, "PUT /my-day/look")
def look() -> Response:
    """Note that you have looked at your day."""
    commands.look(actor())
    return Response(status=204)


@door(feed, "GET /inbox", query=InboxFilter)
def inbox() -> Response:
    """What you heard of: one line per item with the reasons, unread first."""
    asking = asked(InboxFilter)
    page = queries.find_page(actor(), asking.which, asking.after, asking.limit)
    which = {} if asking.which == "all" else {"which": asking.which}
    return show(
        "feed/inbox.html",
        fragment="feed/_inbox.html",
        which=asking.which,
        lines=news_lines(actor(), page.items),
        here=_address("feed.inbox", asking.after, **which),
        previous_href=_turn("feed.inbox", page.previous, **which),
        next_href=_turn("feed.inbox", page.next, **which),
    )


@door(feed, "GET /notifications/<id:notification_id>")
def follow(notification_id: int) -> Response:
    """To what a line of your inbox is about. The page that opens marks it as read; asking for it changes nothing."""
    heard = queries.find(actor(), notification_id)
    return go(f"/work-items/{heard.reference}")


@door(feed, "PATCH /notifications/<id:notification_id>", takes=Mark)
def mark(notification_id: int) -> Response:
    """Mark a line of your inbox as read or unread, or put it back."""
    commands.mark(actor(), notification_id, filled(Mark))
    return back("/inbox")


@door(feed, "DELETE /notifications/<id:notification_id>")
def archive(notification_id: int) -> Response:
    """Put a line of your inbox away."""
    commands.mark(actor(), notification_id, Mark(archived=True))
    return back("/inbox")


@door(feed, "DELETE /inbox/read")
def clear() -> Response:
    """Put away every line that you have read."""
    commands.clear(actor())
    return back("/inbox")


@door(feed, "PUT /inbox/work-items/<id:item_id>/reading")
def reading(item_id: int) -> Response:
    """Mark what you heard of an item as read, since you have it open."""
    commands.read_about(actor(), "work-item", item_id)
    return Response(status=204)


def _turn(endpoint: str, cursor: str | None, **which: Any) -> str | None:
    return _address(endpoint, cursor, **which) if cursor else None


def _address(endpoint: str, cursor: str | None, **which: Any) -> str:
    return url_for(endpoint, **which, after=cursor)
