"""The papers of a closed vote over the API: minutes and bundle are asked for and made by a job."""

from collab.files.api import paper_json
from collab.files.queries import find_paper
from collab.web.actors import actor
from collab.web.api import Answer, endpoint, listed

from . import commands, queries
from .api import api
from .forms import BallotsPart, PrintMinutes
from .shapes import named_ballot_json


@endpoint(api, "POST /decisions/<ref:item>/minutes", takes=PrintMinutes, gives="Paper")
def print_minutes(item: str, form: PrintMinutes) -> Answer:
    """Ask for the minutes of a closed vote as PDF; the paper is yours alone, for a day, and says when it is there."""
    who = actor()
    found = queries.find_decision(who, item)
    paper = commands.print_minutes(who, found.id, form.language or who.locale)
    return paper_json(find_paper(who, paper)), 202


@endpoint(api, "POST /decisions/<ref:item>/bundle", gives="Paper")
def make_bundle(item: str) -> Answer:
    """Ask for rule, ballots, electorate, seed, result and a program that counts them again, as a zip; after the close.
    It is a paper like the minutes, and has the same bytes for everybody."""
    who = actor()
    paper = commands.make_bundle(who, queries.find_decision(who, item).id)
    return paper_json(find_paper(who, paper)), 202


@endpoint(api, "GET /decisions/<ref:item>/ballots", query=BallotsPart, gives="NamedBallots")
def ballots(item: str, query: BallotsPart) -> Answer:
    """Who voted what in an open vote that has closed; empty before, and of a confidential one always."""
    who = actor()
    page = queries.named_ballots(who, queries.find_decision(who, item), query)
    return listed([named_ballot_json(one) for one in page.items], page.next)
