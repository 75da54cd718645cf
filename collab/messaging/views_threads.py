"""Around one message: the answers to it, what it said before, its place, signs, pins, and what may be done with it."""

from dataclasses import replace
from typing import Annotated, get_args

from flask import Response, make_response, render_template
from pydantic import Field

from collab.core import clock, dates
from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, filled, go, show

from . import commands, queries
from .acts import acts_of
from .forms import Draft, InPlace, Stretch
from .list_shown import listed
from .named import page, title_of
from .pages import is_part, said_in
from .rendering import rendered
from .signs import Sign
from .talk import LIVE, Talk, thread_of
from .views import after, talks


class Answers(Stretch):
    """A stretch of the answers to a message: as many as an open page asks for anew, so that none stands twice."""

    limit: Annotated[int, Field(ge=1, le=LIVE)] = LIVE


@door(talks, "GET /messages/<id:message_id>/thread", query=Answers)
def thread(message_id: int) -> Response:
    """What was answered to a message, read alone."""
    who = actor()
    found, about = _thread(message_id, asked(Answers))
    if found.lines[0].id != message_id:
        return go(f"/messages/{found.lines[0].id}/thread")
    found = replace(found, text=queries.draft_in(who, message_id))
    if asked(Answers).before is not None and is_part():
        earlier = replace(found, lines=found.lines[1:])
        return make_response(render_template("messaging/_earlier.html", talk=earlier))
    return show(
        "messaging/thread.html", fragment="messaging/_thread.html", talk=found, about=about, name=title_of(who, about),
        list=listed(who, about.id), root=found.lines[0], follows=queries.hears_thread(who, message_id),
    )  # fmt: skip


@door(talks, "GET /messages/<id:message_id>/thread/answers")
def answers(message_id: int) -> Response:
    """The thread as it is now, for an open page."""
    found, _about = _thread(message_id, Answers())
    return make_response(render_template("messaging/_answers.html", talk=found))


@door(talks, "POST /messages/<id:message_id>/thread")
def answer(message_id: int) -> Response:
    """Answer in a thread."""
    found = queries.message(actor(), message_id)
    root = found.said.root_id or message_id
    home = f"/messages/{root}/thread"
    said = said_in(actor(), found.owner, home, home=home, answers=message_id)
    if is_part() and said.status_code == 200:  # whoever answers hears of the next
        said.data = said.get_data(as_text=True) + _line(root, queries.hears_thread(actor(), root), beside=True)
    return said


@door(talks, "PUT /messages/<id:message_id>/thread/following")
def follow(message_id: int) -> Response:
    """Hear of the answers in a thread."""
    return _following(commands.follow_thread(actor(), message_id, follows=True), follows=True)


@door(talks, "DELETE /messages/<id:message_id>/thread/following")
def end_following(message_id: int) -> Response:
    """Hear of the answers in a thread no more."""
    return _following(commands.follow_thread(actor(), message_id, follows=False), follows=False)


def _following(root: int, *, follows: bool) -> Response:
    if not is_part():
        return go(f"/messages/{root}/thread")
    return make_response(_line(root, follows))


def _line(root: int, follows: bool, *, beside: bool = False) -> str:
    return render_template("messaging/_following.html", root_id=root, follows=follows, beside=beside)


@door(talks, "GET /messages/<id:message_id>/place")
def place(message_id: int) -> Response:
    """A message in its place in the talk."""
    found = queries.message(actor(), message_id)
    return go(f"{page(found.conversation_id)}?at={found.said.seq}#message-{message_id}")


@door(talks, "GET /messages/<id:message_id>/versions")
def versions(message_id: int) -> Response:
    """What a message said before it was changed."""
    who = actor()
    found = queries.message(who, message_id)
    said = found.said
    if said.gone:
        raise NotFound
    now = clock.now()
    about = None if is_part() else queries.about(who, found.conversation_id)
    before = queries.former(message_id)
    last, *texts = queries.as_read([said.text, *(one.text for one in before)])
    former = [
        (dates.near_instant(one.at, now, who.time_zone, calendar=who.calendar), rendered(text))  # type: ignore[arg-type]
        for one, text in zip(before, texts, strict=True)
    ]
    return show(
        "messaging/versions.html", fragment="messaging/_versions_beside.html", former=former, message_id=message_id,
        now=rendered(last), list=None if is_part() else listed(who, found.conversation_id),
        about=about, name=title_of(who, about) if about else "",
    )  # fmt: skip


@door(talks, "GET /messages/<id:message_id>/acts", query=InPlace)
def acts(message_id: int) -> Response:
    """What may be done with a message: its menu."""
    who = actor()
    found = acts_of(who, queries.message(who, message_id))
    return make_response(render_template("messaging/_acts.html", acts=found, place=asked(InPlace)))


@door(talks, "PUT /messages/<id:message_id>/signs/<sign>", query=InPlace)
def put_sign(message_id: int, sign: str) -> Response:
    """Put a sign on a message."""
    return after(commands.put_sign(actor(), message_id, known_sign(sign)))


@door(talks, "DELETE /messages/<id:message_id>/signs/<sign>", query=InPlace)
def take_sign(message_id: int, sign: str) -> Response:
    """Take a sign off a message."""
    return after(commands.take_sign(actor(), message_id, known_sign(sign)))


@door(talks, "PUT /messages/<id:message_id>/pin", query=InPlace)
def pin(message_id: int) -> Response:
    """Keep a message at hand for everybody in the talk."""
    return after(commands.pin(actor(), message_id))


@door(talks, "DELETE /messages/<id:message_id>/pin", query=InPlace)
def unpin(message_id: int) -> Response:
    """Take a message off the pins."""
    return after(commands.unpin(actor(), message_id))


@door(talks, "PUT /conversations/<id:conversation_id>/draft", takes=Draft)
def keep_draft(conversation_id: int) -> Response:
    """Keep what is written so far."""
    commands.keep_draft(actor(), conversation_id, filled(Draft))
    return Response(status=204)


@door(talks, "PUT /messages/<id:message_id>/thread/draft", takes=Draft)
def keep_answer(message_id: int) -> Response:
    """Keep what is written so far in a thread."""
    commands.keep_answer(actor(), message_id, filled(Draft))
    return Response(status=204)


def known_sign(sign: str) -> str:
    """One of the signs there are. Raises NotFound."""
    if sign not in get_args(Sign):
        raise NotFound
    return sign


def _thread(message_id: int, stretch: Stretch) -> tuple[Talk, queries.About]:
    who = actor()
    found = queries.thread(who, message_id, stretch)
    about = queries.about(who, found.conversation_id)
    return thread_of(who, about.head, found), about
