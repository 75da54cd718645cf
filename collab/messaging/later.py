"""Doors of messages that are sent later: from the composer, on a page of their own, and over the API."""

import json
from datetime import datetime
from typing import Any, Final

from flask import Response, make_response, render_template

from collab.core import dates
from collab.core.actor import Actor
from collab.core.errors import Conflict, Invalid
from collab.core.forms import Flag, PartyId, parse, wrong
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.api import endpoint
from collab.web.doors import door
from collab.web.pages import entered, go, reasons_of, show

from . import commands, queries
from .api import api
from .forms import Later, Nonce
from .mentions import in_short
from .named import names_of, page, title_of
from .pages import is_part
from .queries import About, Waiting
from .talk import empty, new_nonce
from .views import talks

PLACE: Final = "/conversations/later"
KEPT: Final = N_("It will be sent: %(when)s.")
TAKEN_BACK: Final = N_("It will not be sent.")
WITH_WORDS: Final = N_("A message with files, an urgent one, or one that asks for confirmation can only be sent now.")
UNREADABLE: Final = N_("A conversation that you no longer read")


class Composed(Later):
    """As it comes from the composer, with all that stands there."""

    nonce: Nonce | None = None
    files: list[PartyId] = []
    asks_receipt: Flag = False
    urgent: Flag = False


@door(talks, "GET /conversations/later")
def later() -> Response:
    """What you wrote and what will be sent at its time."""
    return show("messaging/later.html", lines=_lines(actor(), queries.waiting_of(actor())))


@door(talks, "GET /conversations/<id:conversation_id>/later")
def new_later(conversation_id: int) -> Response:
    """Choose when a message is sent; what was written so far stands there."""
    about = queries.about(actor(), conversation_id)
    return _form(conversation_id, {"text": about.draft or ""}, {}, 200)


@door(talks, "POST /conversations/<id:conversation_id>/later", takes=Composed)
def send_later(conversation_id: int) -> Response:
    """Keep a message until its time."""
    typed = entered()
    try:
        due = commands.send_later(actor(), conversation_id, _worded(parse(Composed, typed)))
    except Invalid as problem:
        return _not_kept(conversation_id, typed, reasons_of(problem))
    told = _(KEPT, when=when_words(actor(), datetime.fromisoformat(due)))
    if not is_part():
        return go(page(conversation_id), told)
    about = queries.about(actor(), conversation_id)
    found = empty(about.head, f"{page(about.id)}/messages", new_nonce(), waits=about.waits, **_kind(about))
    trigger = {"toast": {"text": told, "href": PLACE, "act": _("Open")}}
    return make_response(render_template("messaging/_kept.html", talk=found), 200, {"HX-Trigger": json.dumps(trigger)})


@door(talks, "DELETE /later-messages/<id:later_id>")
def take_back(later_id: int) -> Response:
    """Not send a message after all; its text is your draft again."""
    try:
        talk = commands.take_back(actor(), later_id)
    except Conflict as problem:
        return go(PLACE, problem.sentence())
    readable = any(one.id == talk for one in queries.conversations_of(actor()))
    return go(page(talk) if readable else PLACE, _(TAKEN_BACK))


@endpoint(api, "GET /later-messages", gives="LaterMessageList")
def list_later() -> Any:
    """What you wrote and what will be sent at its time, the next first. `refused`: it could not be sent."""
    found = queries.waiting_of(actor())
    texts = queries.as_read([one.text for one in found])
    return {
        "items": [
            {
                "id": one.id, "conversation": one.talk.id, "text": text, "reply_to": one.reply_to,
                "due_at": one.due_at.isoformat(), "refused": one.refused,
            }
            for one, text in zip(found, texts, strict=True)
        ]
    }  # fmt: skip


@endpoint(api, "POST /conversations/<id:conversation_id>/later", takes=Later, gives="LaterMessage")
def post_later(conversation_id: int, form: Later) -> Any:
    """Say something later: in an hour, tomorrow or on Monday at eight, or on a day at an hour of your own clock."""
    due = commands.send_later(actor(), conversation_id, form)
    return {"conversation": conversation_id, "due_at": due}, 201


@endpoint(api, "DELETE /later-messages/<id:later_id>")
def delete_later(later_id: int) -> Any:
    """Not send a message after all; its text becomes your draft in that conversation."""
    commands.take_back(actor(), later_id)
    return None, 204


def _worded(form: Composed) -> Later:
    """Raises Invalid for what cannot wait: files would be gone by then, a confirmation is asked in the open, and
    what is urgent is so now."""
    if form.files or form.asks_receipt or form.urgent:
        raise wrong("text", _(WITH_WORDS))
    return Later(text=form.text, reply_to=form.reply_to, when=form.when, day=form.day, hour=form.hour)


def _kind(about: About) -> dict[str, bool]:
    return {"announces": about.kind == "announcement"}


def _not_kept(conversation_id: int, typed: dict[str, Any], reasons: dict[str, list[str]]) -> Response:
    """The composer, or the page, once more with what was typed and why not."""
    if not is_part():
        return _form(conversation_id, typed, reasons, 422)
    about = queries.about(actor(), conversation_id)
    found = empty(
        about.head, f"{page(about.id)}/messages", str(typed.get("nonce", ""))[:64] or new_nonce(), waits=about.waits,
        **_kind(about),
        text=str(typed.get("text", "")), reasons=[text for some in reasons.values() for text in some],
    )  # fmt: skip
    headers = {"HX-Reswap": "outerMorph"}
    return make_response(render_template("messaging/_composer.html", talk=found), 422, headers)


def _form(conversation_id: int, typed: dict[str, Any], reasons: dict[str, list[str]], status: int) -> Response:
    who = actor()
    about = queries.about(who, conversation_id)
    hours = [(hour, dates.digits(f"{hour:02}:00")) for hour in range(24)]
    return show(
        "messaging/later_new.html", status=status, about=about, name=title_of(who, about), typed=typed,
        reasons=reasons, hours=hours,
    )  # fmt: skip


def _lines(who: Actor, found: list[Waiting]) -> list[dict[str, Any]]:
    names = names_of(who, [one.talk for one in found if one.readable])
    texts = queries.as_read([one.text for one in found])
    return [
        {
            "id": one.id, "text": in_short(text, None), "when": when_words(who, one.due_at), "refused": one.refused,
            "name": names.get(one.talk.id, ("", ""))[0] or _(UNREADABLE),
            "href": page(one.talk.id) if one.readable else "",
        }
        for one, text in zip(found, texts, strict=True)
    ]  # fmt: skip


def when_words(who: Actor, due: datetime) -> str:
    """The day and hour at which something will come, by the reader's calendar and clock."""
    return dates.shown_instant(due, who.time_zone, "weekday", calendar=who.calendar)  # type: ignore[arg-type]
