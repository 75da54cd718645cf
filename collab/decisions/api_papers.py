"""The papers of a closed vote over the API: minutes are asked for and made by a job, the bundle is given at once."""

from flask import Response

from collab.files.api import paper_json
from collab.files.queries import find_paper
from collab.web.actors import actor
from collab.web.api import Answer, endpoint, listed

from . import queries
from .api import api
from .forms import BallotsPart, PrintMinutes
from .shapes import named_ballot_json
from .views.papers import paper_of, sent_bundle


@endpoint(api, "POST /decisions/<ref:item>/minutes", takes=PrintMinutes, gives="Paper")
def print_minutes(item: str, form: PrintMinutes) -> Answer:
    """Ask for the minutes of a closed vote as PDF; the paper is yours alone, for a day, and says when it is there."""
    who = actor()
    paper = paper_of(who, queries.find_decision(who, item), form)
    return paper_json(find_paper(who, paper)), 202


@endpoint(api, "GET /decisions/<ref:item>/bundle", gives="bytes")
def bundle(item: str) -> Response:
    """Rule, ballots, electorate, seed, result and a program that counts them again, as a zip; after the close."""
    who = actor()
    return sent_bundle(who, queries.find_decision(who, item))


@endpoint(api, "GET /decisions/<ref:item>/ballots", query=BallotsPart, gives="NamedBallots")
def ballots(item: str, query: BallotsPart) -> Answer:
    """Who voted what in an open vote that has closed; empty before, and of a confidential one always."""
    who = actor()
    page = queries.named_ballots(who, queries.find_decision(who, item), query)
    return listed([named_ballot_json(one) for one in page.items], page.next)
