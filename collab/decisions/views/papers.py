"""The papers of a closed vote: its minutes, the bundle that recounts it, and the ballots of an open vote by name."""

from flask import Response, make_response

from collab.core.actor import Actor
from collab.core.errors import Conflict
from collab.core.files import download_headers
from collab.core.files.kinds import kind_called
from collab.core.forms import parse
from collab.core.i18n import DEFAULT, speaking
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, show

from .. import commands, queries
from ..bundled import bundle_of
from ..forms import BallotsPart, PrintMinutes
from ..queries import Found
from ..queries.papers import choices_of, whole_roll
from . import pages
from .answers import is_part
from .minuted import sheet_of_minutes
from .page import full
from .results import choice_words


@door(pages, "POST /decisions/<ref:item>/minutes", takes=PrintMinutes)
def print_minutes(item: str) -> Response:
    """Ask for the minutes as PDF, in a language of one's choice."""
    found, form = queries.find_decision(actor(), item), parse(PrintMinutes, entered())
    try:
        return go(f"/papers/{paper_of(actor(), found, form)}")
    except Conflict as problem:
        return full(found, "result", {}, {"": [problem.sentence()]}, problem.status)


def paper_of(who: Actor, found: Found, form: PrintMinutes) -> int:
    """The paper that was asked for. Raises Conflict before the close."""
    sheet, name = sheet_of_minutes(who, found, form.language or who.locale)
    return commands.print_minutes(who, found.id, sheet, name)


@door(pages, "GET /decisions/<ref:item>/bundle")
def bundle(item: str) -> Response:
    """Everything that is needed to count the vote again, as one file."""
    found = queries.find_decision(actor(), item)
    try:
        return sent_bundle(actor(), found)
    except Conflict as problem:
        return full(found, "", {}, {"": [problem.sentence()]}, problem.status)


def sent_bundle(who: Actor, found: Found) -> Response:
    """The bundle to be saved. Raises Conflict before the close. Three queries."""
    with speaking(DEFAULT):  # the same bytes for everybody, whatever they read in
        roll = whole_roll(who, found) if found.level == "open" else []
        data = bundle_of(found, queries.options_of(found.id), choices_of(who, found), roll, tree().name())
    headers = download_headers(f"{found.reference}-recount.zip", kind_called("application/zip"), "")
    del headers["ETag"]
    return make_response(data, 200, headers)


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


__all__ = ["paper_of", "sent_bundle"]
