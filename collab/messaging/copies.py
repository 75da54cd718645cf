"""Doors of copies: asking for one, seeing how far it is, fetching it."""

from typing import Any, Final

from flask import Response, send_file

from collab.core import dates
from collab.core.errors import Conflict, Forbidden, NotFound
from collab.core.i18n import N_, _
from collab.files.shown import size_words
from collab.web.actors import actor
from collab.web.api import endpoint
from collab.web.doors import door
from collab.web.pages import go, show

from . import commands, queries
from .api import api
from .named import page, title_of
from .queries.copies import Copy, copies_of, find_copy, may_copy
from .taking_away import jobs
from .views import talks

BEING_MADE: Final = N_("being made")
FAILED: Final = N_("could not be made")


@door(talks, "GET /conversations/<id:conversation_id>/copies")
def copies(conversation_id: int) -> Response:
    """Copies of a conversation that you asked for, and how to ask for one."""
    return _page(conversation_id, "", 200)


@door(talks, "POST /conversations/<id:conversation_id>/copies")
def make_copy(conversation_id: int) -> Response:
    """Ask for a copy of a conversation, with its files."""
    try:
        jobs.ask(commands.want_copy(actor(), conversation_id))
    except Conflict as problem:
        return _page(conversation_id, problem.sentence(), 409)
    return go(f"{page(conversation_id)}/copies")


@door(talks, "GET /conversation-copies/<id:copy_id>/content")
def fetch_copy(copy_id: int) -> Response:
    """The zip of a copy you asked for."""
    return _content(copy_id)


@endpoint(api, "GET /conversations/<id:conversation_id>/copies", gives="ConversationCopyList")
def list_copies(conversation_id: int) -> Any:
    """Copies of a conversation that you asked for; made ones stay for two days."""
    _allowed(conversation_id)
    return {"items": [_json(one) for one in copies_of(actor(), conversation_id)]}


@endpoint(api, "POST /conversations/<id:conversation_id>/copies", gives="ConversationCopy")
def create_copy(conversation_id: int) -> Any:
    """Ask for a copy of a conversation: a page to be read, lines that `collab import chat` reads, files; one zip."""
    made = commands.want_copy(actor(), conversation_id)
    jobs.ask(made)
    return _json(find_copy(actor(), made)), 201


@endpoint(api, "GET /conversation-copies/<id:copy_id>/content", gives="bytes")
def get_copy(copy_id: int) -> Any:
    """The zip of a copy you asked for; 404 while it is being made."""
    return _content(copy_id)


def _allowed(conversation_id: int) -> queries.About:
    about = queries.about(actor(), conversation_id)
    if not may_copy(actor(), about):
        raise Forbidden
    return about


def _content(copy_id: int) -> Response:
    copy = find_copy(actor(), copy_id)
    _allowed(copy.conversation_id)
    path = jobs.path_of(copy_id)
    if copy.done_at is None or copy.failed or not path.is_file():
        raise NotFound
    name = f"conversation-{copy.conversation_id}-{copy.wanted_at:%Y-%m-%d}.zip"
    answer = send_file(path, mimetype="application/zip", as_attachment=True, download_name=name, max_age=0)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _page(conversation_id: int, problem: str, status: int) -> Response:
    who, about = actor(), _allowed(conversation_id)
    found = copies_of(who, about.id)
    lines = [
        {
            "id": one.id,
            "at": dates.shown_instant(one.wanted_at, who.time_zone, "long", calendar=who.calendar),  # type: ignore[arg-type]
            "state": _(FAILED) if one.failed else size_words(one.size or 0) if one.done_at else _(BEING_MADE),
            "ready": one.done_at is not None and not one.failed,
        }
        for one in found
    ]
    return show(
        "messaging/copies.html", fragment="messaging/_copies.html", status=status, about=about, problem=problem,
        name=title_of(who, about), copies=lines, due=any(one.done_at is None for one in found),
    )  # fmt: skip


def _json(one: Copy) -> dict[str, Any]:
    return {
        "id": one.id, "conversation": one.conversation_id, "wanted_at": one.wanted_at.isoformat(), "upto": one.upto,
        "done_at": one.done_at.isoformat() if one.done_at else None, "failed": one.failed, "size": one.size,
    }  # fmt: skip
