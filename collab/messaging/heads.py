"""Heads of conversations over plain HTTP, for pages whose line is blocked: asked every few seconds, cheap when nothing
was said. Any process answers, so no page need stay with one."""

from hashlib import sha256
from typing import Any

from flask import Response, jsonify, request

from collab.core.actor import Actor
from collab.web.actors import actor
from collab.web.api import endpoint
from collab.web.doors import door

from .api import api
from .queries.heads import heads
from .views import talks


@door(talks, "GET /conversations/heads")
def page_heads() -> Response:
    """Where your conversations stand: asked by an open page that cannot have a line."""
    return answer(actor())


@endpoint(api, "GET /conversations/heads", gives="Heads")
def list_heads() -> Any:
    """Where your conversations stand: the newest number and how far you have read. Send the `ETag` back as
    `If-None-Match`: 304 says that nothing has changed."""
    return answer(actor())


def answer(who: Actor) -> Response:
    """The heads, or 304 when they are those the caller knows."""
    found = heads(who)
    tag = sha256(repr((who.person_id, found)).encode()).hexdigest()[:24]
    if tag in request.if_none_match:
        response = Response(status=304)
    else:
        items = [
            {"kind": one.owner_kind, "id": one.owner_id, "last_seq": one.last_seq, "read_seq": one.read_seq}
            for one in found
        ]
        response = jsonify({"items": items})
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
