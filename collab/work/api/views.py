"""Saved views over the API. `query` is in the caller's language, `filter` the tree that depends on none."""

from typing import Any

from flask import Blueprint

from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.api import endpoint, listed, seen

from ..commands import feeds
from ..commands import views as verbs
from ..filters.tree import to_json
from ..forms import NewView, ViewChange
from ..queries.feeds import feed_of
from ..queries.saved import View, find_view, views_of
from ..views.feeds import feed_address
from . import shapes


def install(api: Blueprint) -> None:
    """Add the doors of this file to the API."""
    endpoint(api, "GET /views", gives="ViewList")(list_views)
    endpoint(api, "POST /views", takes=NewView, gives="View")(save_view)
    endpoint(api, "GET /views/<id:view_id>", gives="View")(view)
    endpoint(api, "PATCH /views/<id:view_id>", takes=ViewChange, gives="View")(change_view)
    endpoint(api, "DELETE /views/<id:view_id>")(delete_view)
    endpoint(api, "PUT /views/<id:view_id>/pin", gives="View")(pin_view)
    endpoint(api, "DELETE /views/<id:view_id>/pin", gives="View")(unpin_view)
    endpoint(api, "GET /views/<id:view_id>/feed")(feed)
    endpoint(api, "PUT /views/<id:view_id>/feed")(open_feed)
    endpoint(api, "DELETE /views/<id:view_id>/feed")(close_feed)


def list_views() -> Any:
    """Your own views and those shared with your units."""
    return listed([_shape(each) for each in views_of(actor())], None)


def save_view(form: NewView) -> Any:
    """Keep a query as a view."""
    made = verbs.save_view(actor(), form)
    return view(made), 201, {"Location": f"/api/v1/views/{made}"}


def view(view_id: int) -> Any:
    """One view."""
    return _shape(find_view(actor(), view_id))


def change_view(view_id: int, form: ViewChange) -> Any:
    """Change some of what a view says."""
    verbs.change_view(actor(), seen(view_id), form)
    return view(view_id)


def delete_view(view_id: int) -> Any:
    """Delete a view."""
    verbs.delete_view(actor(), seen(view_id))
    return None, 204


def pin_view(view_id: int) -> Any:
    """Let a view stand in your sidebar."""
    verbs.pin_view(actor(), view_id)
    return view(view_id)


def unpin_view(view_id: int) -> Any:
    """Take a view out of your sidebar."""
    verbs.unpin_view(actor(), view_id)
    return view(view_id)


def feed(view_id: int) -> Any:
    """Whether you have a calendar address for a view, since when, and when it was last read. 404 for none."""
    known = feed_of(actor(), find_view(actor(), view_id).id)
    if known is None:
        raise NotFound
    return {"created_at": known.created_at.isoformat(), "read_at": known.read_at.isoformat() if known.read_at else None}


def open_feed(view_id: int) -> Any:
    """Make a calendar address for a view; the one before ends. It is told only here."""
    return {"address": feed_address(feeds.open_feed(actor(), view_id))}


def close_feed(view_id: int) -> Any:
    """Withdraw your calendar address of a view."""
    feeds.close_feed(actor(), view_id)
    return None, 204


def _shape(one: View) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "list": one.list,
        "query": one.query,
        "filter": to_json(one.tree),
        "order": one.order,
        "group": one.group,
        "layout": one.layout,
        "by": one.by,
        "of": one.of,
        "span": one.span,
        "owner": shapes.party(one.owner),
        "unit": shapes.party(one.unit),
        "pinned": one.pinned,
        "version": one.version,
    }
