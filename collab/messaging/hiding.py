"""Doors of moderation: hiding a message with a reason, showing it again, and what a hidden one says."""

import json
from dataclasses import replace
from typing import Any

from flask import Response, make_response

from collab.core.actor import Actor
from collab.core.errors import Forbidden, Invalid, NotFound
from collab.web.actors import actor
from collab.web.api import endpoint
from collab.web.doors import door
from collab.web.pages import entered, filled, go, reasons_of, show

from . import commands, queries
from .api import api, message
from .forms import Hiding, InPlace
from .lines import one_line
from .mentions import spoken
from .pages import SAID, is_part
from .queries import Said
from .quoting import quoted
from .rendering import html_of
from .views import after, talks


@door(talks, "GET /messages/<id:message_id>/hiding/new")
def new_hiding(message_id: int) -> Response:
    """Say why a message is to be hidden."""
    return _form(message_id, "", [], 200)


@door(talks, "PUT /messages/<id:message_id>/hiding", takes=Hiding)
def hide(message_id: int) -> Response:
    """Hide a message with a reason."""
    try:
        commands.hide(actor(), message_id, filled(Hiding))
    except Invalid as problem:
        return _form(message_id, str(entered().get("reason", "")), reasons_of(problem).get("reason", []), 422)
    if is_part():
        # The dialog closes, and the open page asks for the talk as it is now.
        return make_response("", 204, {"HX-Trigger": json.dumps({SAID: True})})
    return go(f"/messages/{message_id}/place")


@door(talks, "DELETE /messages/<id:message_id>/hiding", query=InPlace)
def show_again(message_id: int) -> Response:
    """Show a hidden message again."""
    return after(commands.show_again(actor(), message_id))


@door(talks, "GET /messages/<id:message_id>/hidden-text")
def hidden_text(message_id: int) -> Response:
    """What a hidden message says, for whoever wrote it and for auditors."""
    who = actor()
    said = _read(who, message_id)
    line = one_line(who, said)
    return show(
        "messaging/hidden.html", message_id=message_id, name=line.author, html=html_of(who, said), says=line.gone_says
    )


@endpoint(api, "PUT /messages/<id:message_id>/hiding", takes=Hiding, gives="Message")
def put_hiding(message_id: int, form: Hiding) -> Any:
    """Hide a message with a reason, as whoever heads the unit or keeps the group."""
    return message(commands.hide(actor(), message_id, form))


@endpoint(api, "DELETE /messages/<id:message_id>/hiding", gives="Message")
def delete_hiding(message_id: int) -> Any:
    """Show a hidden message again."""
    return message(commands.show_again(actor(), message_id))


@endpoint(api, "GET /messages/<id:message_id>/hidden-text", gives="HiddenText")
def get_hidden_text(message_id: int) -> Any:
    """What a hidden message says, for whoever wrote it and for auditors, whose reading is written down."""
    said = _read(actor(), message_id)
    return {"id": said.id, "text": spoken(said.text, said.called_names)}


def _read(who: Actor, message_id: int) -> Said:
    """A hidden message for somebody who may still read it; of an auditor the ledger knows before it is shown."""
    said = queries.message(who, message_id).said
    if not said.hidden:
        raise NotFound
    if said.author_id != who.person_id and not who.is_auditor:
        raise Forbidden
    if who.is_auditor:
        commands.note_hidden_reading(replace(who, scopes=None), message_id)
    return said


def _form(message_id: int, typed: str, reasons: list[str], status: int) -> Response:
    who = actor()
    found = queries.message(who, message_id)
    if not queries.keeps_order(who, found.owner):
        raise Forbidden
    if found.said.gone:
        raise NotFound
    return show(
        "messaging/hide.html", fragment="messaging/_hide.html", status=status, message_id=message_id,
        said=quoted(found.said), typed=typed, reasons=reasons,
    )  # fmt: skip
