"""Merging items that are the same, over the API."""

from flask import Blueprint

from collab.web.actors import actor
from collab.web.api import Answer, endpoint, listed
from collab.work import commands
from collab.work.forms import Merge
from collab.work.queries.items import find_item, id_of

from .as_json import item_json
from .queries.similar import similar


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /work-items/<ref:item>/similar", gives="SimilarItems")(list_similar)
    endpoint(api, "POST /work-items/<ref:item>/merger", takes=Merge, gives="WorkItem")(merge)


def list_similar(item: str) -> Answer:
    """Open items that may be the same as this one: by protocol number, counterpart or words."""
    return listed([one._asdict() for one in similar(actor(), find_item(actor(), item))], None)


def merge(item: str, form: Merge) -> Answer:
    """Make one of two items that are the same. Gives the older one, which goes on."""
    made = commands.merge(actor(), id_of(actor(), item), form)
    return item_json(actor(), find_item(actor(), made["keep"])), 201
