"""The field at the top of every page: a reference leads to its item, words to the items that carry them."""

from flask import Response, url_for

from collab.core.errors import NotFound
from collab.core.forms import Form, Search
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, go

from ..queries.named import named
from . import pages


class Sought(Form):
    """What was typed into the field."""

    q: Search = ""


@door(pages, "GET /search", query=Sought)
def search() -> Response:
    """Find an item by its reference, or items by the words of their titles."""
    sought = asked(Sought).q.strip()
    try:
        return go(url_for("work.item", ref=named(actor(), sought).reference))
    except NotFound:
        return go(url_for("work.work_items", text=sought, state="any") if sought else url_for("work.work_items"))
