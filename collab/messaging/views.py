"""Pages of messages themselves. The talk of an item stands on the item's page: see `pages`."""

from flask import Blueprint, Response, request

from collab.core.errors import Forbidden, Invalid, Stale, TooMany
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, back, entered, filled, go, known_of, show

from . import commands, queries
from .acts import acts_of
from .forms import Edit, InPlace, ReadUpTo, sign_of
from .lines import one_line
from .mentions import spoken
from .pages import is_part
from .reading_told import tell_place

STALE = N_("You changed this message elsewhere meanwhile. Save once more to replace what it says now:")
talks = Blueprint("messaging", "collab.messaging", template_folder="templates")


@door(talks, "PUT /conversations/<id:conversation_id>/read-state", takes=ReadUpTo)
def read_state(conversation_id: int) -> Response:
    """Note how far you have read."""
    tell_place(actor(), conversation_id, commands.read(actor(), conversation_id, filled(ReadUpTo)))
    return Response(status=204) if is_part() or "next" not in request.form else back("/conversations")


@door(talks, "GET /mentions/<id:party_id>")
def mention(party_id: int) -> Response:
    """The page of whoever is called in a message."""
    return go(queries.called_address(party_id))


@door(talks, "GET /messages/<id:message_id>", query=InPlace)
def message(message_id: int) -> Response:
    """One message."""
    return shown(message_id)


@door(talks, "GET /messages/<id:message_id>/text", query=InPlace)
def text(message_id: int) -> Response:
    """What you said, to be changed."""
    said = queries.message(actor(), message_id).said
    if said.author_id != actor().person_id or said.deleted_at is not None or said.hidden_reason is not None:
        raise Forbidden
    return _form(message_id, spoken(said.text, said.called_names), [], of=sign_of(said.text))


@door(talks, "PUT /messages/<id:message_id>", query=InPlace, takes=Edit)
def change(message_id: int) -> Response:
    """Change what you said."""
    try:
        commands.edit(actor(), message_id, filled(Edit))
    except Invalid as problem:
        reasons = [reason for found in problem.fields.values() for reason in found]
        return _form(message_id, str(entered().get("text", "")), reasons, status=422)
    except Stale:
        return _stale(message_id)
    except TooMany as problem:
        held = _form(message_id, str(entered().get("text", "")), [problem.sentence()], status=429)
        held.headers["Retry-After"] = str(problem.retry_after)
        return held
    return after(message_id)


@door(talks, "DELETE /messages/<id:message_id>", query=InPlace)
def delete(message_id: int) -> Response:
    """Delete what you said; its place in the talk stays."""
    commands.remove(actor(), message_id)
    return after(message_id)


def after(message_id: int) -> Response:
    """The message as it is now: in its place on an open page, else the page one came from."""
    return shown(message_id) if is_part() else back(f"/messages/{message_id}")


def shown(message_id: int) -> Response:
    """A message by itself with what one may do with it; in an open page the message alone."""
    who = actor()
    found = queries.message(who, message_id)
    place = asked(InPlace)
    # Where something is to be confirmed most only read, and who is missing is told to those who write.
    may_write = not found.said.asks_receipt or queries.head_of(who, found.owner).may_write
    return show(
        "messaging/message.html", fragment="messaging/_one.html", line=one_line(who, found.said, more=place.more),
        may_write=may_write,
        part="answer" if place.thread else "message", editing=False, acts=None if is_part() else acts_of(who, found),
    )  # fmt: skip


def _stale(message_id: int) -> Response:
    """It was changed elsewhere while this was typed: both are shown, and saving once more replaces what it says now."""
    said = queries.message(actor(), message_id).said
    reasons = [_(STALE), spoken(said.text, said.called_names)]
    held = _form(message_id, str(entered().get("text", "")), reasons, status=412, of=sign_of(said.text))
    held.headers["HX-Reswap"] = "outerHTML"
    return held


def _form(message_id: int, typed: str, reasons: list[str], status: int = 200, of: str | None = None) -> Response:
    return show(
        "messaging/message.html",
        fragment="messaging/_edit.html",
        status=status,
        message_id=message_id,
        query=_query(known_of(InPlace)),  # without scripts the address names its method as well
        text=typed,
        of=of if of is not None else str(entered().get("of", ""))[:64],
        reasons=reasons,
        editing=True,
    )


def _query(place: InPlace) -> str:
    return "?thread=1" if place.thread else "?more=1" if place.more else ""
