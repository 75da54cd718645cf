"""The papers of a meeting over the API: its minutes as PDF and its calendar file."""

from flask import Response

from collab.files.api import paper_json
from collab.files.queries import find_paper
from collab.web.actors import actor
from collab.web.api import Answer, endpoint

from . import queries
from .api import api
from .forms import PrintMeeting
from .views.page import paper_of, sent_calendar


@endpoint(api, "POST /meetings/<ref:item>/paper", takes=PrintMeeting, gives="Paper")
def print_minutes(item: str, form: PrintMeeting) -> Answer:
    """Ask for the minutes as PDF; the paper is yours alone, for a day, and says when it is there."""
    paper = paper_of(queries.find_meeting(actor(), item), form)
    return paper_json(find_paper(actor(), paper)), 202


@endpoint(api, "GET /meetings/<ref:item>/calendar", gives="bytes")
def calendar(item: str) -> Response:
    """The meeting as a file for calendar programs (RFC 5545)."""
    return sent_calendar(queries.find_meeting(actor(), item))
