"""My day as a page."""

from flask import Response

from collab.core.i18n import direction
from collab.people.queries.person import away_today
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show
from collab.web.shell import badges_of

from .. import commands, queries
from ..away_lines import away_lines, headed_for, own_doors
from ..day_lines import confirm_lines, day_lines, greeting, grouped, how_many, news_heading, summary, today_words
from ..desk_lines import desk_lines
from ..forms import From
from ..news_lines import news_lines
from ..put_off_lines import put_off_lines
from . import feed
from .turning import address, turn


@door(feed, "GET /", query=From)
def my_day() -> Response:
    """What is expected of you now, what you wait for, and what changed since you last looked."""
    who, start = actor(), asked(From).after
    page = queries.expected(who, start)
    away = away_today(who)
    lines = day_lines(who, page.items, trays=headed_for(who, away))
    day = queries.around_day(who)
    if page.previous is None:
        lines += confirm_lines(who, day.confirming)
    others, tray = queries.beside_day(who)
    news = queries.since_last_look(who, day.looked)
    return show(
        "feed/day.html",
        fragment="feed/_live.html",
        direction=direction(who.locale),
        greeting=greeting(who),
        today=today_words(who),
        summary=how_many(badges_of(who)["my-day"]) if page.next or page.previous else summary(lines),
        groups=grouped(lines),
        here=address("feed.my_day", start),
        previous_href=turn("feed.my_day", page.previous),
        next_href=turn("feed.my_day", page.next),
        awaited=day_lines(who, others.items, awaited=True),
        awaited_more=turn("feed.awaited", others.next),
        news=news_lines(who, news),
        news_heading=news_heading(who, day.looked, min((one.at for one in news), default=None)),
        tray=day_lines(who, tray.items),
        tray_more="/work-items?query=holder:nobody+desk:mine" if tray.next else "",
        put_off=put_off_lines(who, day.off),
        away=away_lines(who, away),
        desks=desk_lines(who, day.signing),
        doors=own_doors(who),
        placed=bool(who.units | who.reach),
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
        here=address("feed.awaited", start),
        previous_href=turn("feed.awaited", page.previous),
        next_href=turn("feed.awaited", page.next),
    )


@door(feed, "PUT /my-day/look")
def look() -> Response:
    """Note that you have looked at your day."""
    commands.look(actor())
    return Response(status=204)
