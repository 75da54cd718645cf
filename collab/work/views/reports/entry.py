"""The way in from the navigation: to the report of the unit that matters most to this reader."""

from flask import Response

from collab.core.actor import Actor
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import go

from .. import pages


@door(pages, "GET /reports")
def reports() -> Response:
    """To the overview of the topmost unit one heads, else of one's own; of the whole organisation for auditors."""
    code = _unit_of(actor())
    return go(f"/units/{code}/overview" if code else "/units")


def _unit_of(who: Actor) -> str:
    here = tree()
    mine = (set(here.tops) if who.is_auditor else who.heads or who.units) & here.nodes.keys()
    first = min((here.nodes[unit] for unit in mine), key=lambda node: (node.depth, node.code), default=None)
    return first.code if first else ""
