"""The papers of a closed vote: its minutes, the bundle that recounts it, and the ballots of an open vote by name."""

from collections.abc import Callable

from flask import Response

from collab.core.actor import Actor
from collab.core.errors import Conflict
from collab.core.forms import parse
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, show

from .. import commands, queries
from ..forms import BallotsPart, PrintMinutes
from ..queries import Found
from ..result_words import choice_words, places_of, points_word
from . import pages
from .answers import is_part
from .page import full


@door(pages, "POST /decisions/<ref:item>/minutes", takes=PrintMinutes)
def print_minutes(item: str) -> Response:
    """Ask for the minutes as PDF, in a language of one's choice."""
    found, form = queries.find_decision(actor(), item), parse(PrintMinutes, entered())
    return _asked_for(found, lambda who: commands.print_minutes(who, found.id, form.language or who.locale))


@door(pages, "POST /decisions/<ref:item>/bundle")
def make_bundle(item: str) -> Response:
    """Ask for everything that is needed to count the vote again, as one file."""
    found = queries.find_decision(actor(), item)
    return _asked_for(found, lambda who: commands.make_bundle(who, found.id))


def _asked_for(found: Found, ask: Callable[[Actor], int]) -> Response:
    """On to the paper; before the close back, with the reason."""
    try:
        return go(f"/papers/{ask(actor())}?back=/decisions/{found.reference}")
    except Conflict as problem:
        return full(found, "result", {}, {"": [problem.sentence()]}, problem.status)


@door(pages, "GET /decisions/<ref:item>/places")
def places(item: str) -> Response:
    """Every option of a result with its place and its votes."""
    found = queries.find_whole(actor(), item)
    rows = places_of(found)
    points = (
        points_word(((found.result or {}).get("count") or {}).get("method", ""))
        if any(votes for _place, _name, votes in rows)
        else ""
    )
    return show("decisions/places.html", found=found, rows=rows, points=points)


@door(pages, "GET /decisions/<ref:item>/ballots", query=BallotsPart)
def ballots(item: str) -> Response:
    """Who voted what in an open vote that has closed, a page at a time."""
    who, part = actor(), asked(BallotsPart)
    found = queries.find_decision(who, item)
    page = queries.named_ballots(who, found, part)
    titles = {option.id: option.title for option in queries.options_of(found.id)}
    return show(
        "decisions/ballots.html",
        fragment="decisions/_ballots.html",
        found=found,
        named=[(one, choice_words(one.choice, titles)) for one in page.items],
        following=f"/decisions/{found.reference}/ballots?after={page.next}" if page.next else None,
        continued=bool(part.after),
        part=is_part(),
        cast=(found.result or {}).get("cast", 0),
    )
