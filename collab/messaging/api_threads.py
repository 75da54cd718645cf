"""Around one message over the API: the answers to it, what it said before, signs, pins, drafts."""

from typing import Any

from collab.core.errors import NotFound
from collab.files.queries import files_on
from collab.web.actors import actor
from collab.web.api import endpoint

from . import commands, queries
from .api import api, as_json, message
from .forms import Draft, Stretch
from .owners import MESSAGE
from .views_threads import known_sign


@endpoint(api, "GET /messages/<id:message_id>/thread", query=Stretch, gives="Thread")
def thread(message_id: int, query: Stretch) -> Any:
    """The message under which this one hangs, or itself, with the answers to it; the newest, or those `before`."""
    found = queries.thread(actor(), message_id, query)
    shown = [found.root, *found.answers.messages]
    ids = [said.id for said in shown]
    called, attached = queries.called_in(ids), files_on(actor(), MESSAGE, [said.id for said in shown if not said.gone])
    items = [as_json(said, called.get(said.id, []), attached.get(said.id, [])) for said in shown]
    return {
        "conversation": found.conversation_id, "root": items[0], "items": items[1:], "earlier": found.answers.earlier,
        "follows": queries.hears_thread(actor(), found.root.id),
    }  # fmt: skip


@endpoint(api, "PUT /messages/<id:message_id>/thread/following", gives="Following")
def put_following(message_id: int) -> Any:
    """Hear of the answers in a thread, also of one in which you wrote nothing."""
    return {"root": commands.follow_thread(actor(), message_id, follows=True), "follows": True}


@endpoint(api, "DELETE /messages/<id:message_id>/thread/following")
def delete_following(message_id: int) -> Any:
    """Hear of the answers in a thread no more."""
    commands.follow_thread(actor(), message_id, follows=False)
    return None, 204


@endpoint(api, "GET /messages/<id:message_id>/versions", gives="MessageVersions")
def versions(message_id: int) -> Any:
    """What a message said before it was changed, the oldest text first; whoever is called under their name in the
    caller's language."""
    if queries.message(actor(), message_id).said.gone:
        raise NotFound
    found = queries.former(message_id)
    texts = queries.as_read([one.text for one in found])
    return {
        "items": [
            {"number": one.number, "text": text, "at": one.at.isoformat()}
            for one, text in zip(found, texts, strict=True)
        ]
    }


@endpoint(api, "GET /messages/<id:message_id>/signs", gives="SignList")
def signs(message_id: int) -> Any:
    """Who put which sign on a message."""
    if queries.message(actor(), message_id).said.gone:
        raise NotFound
    return {
        "items": [
            {"sign": one.sign, "person": {"id": one.person_id, "name": one.name}} for one in queries.signed(message_id)
        ]
    }


@endpoint(api, "PUT /messages/<id:message_id>/signs/<sign>", gives="Message")
def put_sign(message_id: int, sign: str) -> Any:
    """Put a sign on a message: agree, done, seen, thanks, question, well-done."""
    return message(commands.put_sign(actor(), message_id, known_sign(sign)))


@endpoint(api, "DELETE /messages/<id:message_id>/signs/<sign>", gives="Message")
def take_sign(message_id: int, sign: str) -> Any:
    """Take your sign off a message."""
    return message(commands.take_sign(actor(), message_id, known_sign(sign)))


@endpoint(api, "PUT /messages/<id:message_id>/pin", gives="Message")
def pin(message_id: int) -> Any:
    """Keep a message at hand for everybody in the conversation."""
    return message(commands.pin(actor(), message_id))


@endpoint(api, "DELETE /messages/<id:message_id>/pin", gives="Message")
def unpin(message_id: int) -> Any:
    """Take a message off the pins."""
    return message(commands.unpin(actor(), message_id))


@endpoint(api, "GET /conversations/<id:conversation_id>/pins", gives="MessageList")
def list_pins(conversation_id: int) -> Any:
    """The pinned messages of a conversation, fifty at most, the newest pin first."""
    about = queries.about(actor(), conversation_id)
    found = queries.pins(about.id)
    called = queries.called_in([said.id for said in found])
    attached = files_on(actor(), MESSAGE, [said.id for said in found])
    items = [as_json(said, called.get(said.id, []), attached.get(said.id, [])) for said in found]
    return {"conversation": about.id, "items": items, "last_seq": about.last_seq, "next": None}


@endpoint(api, "GET /messages/<id:message_id>/thread/draft", gives="Draft")
def answer_draft(message_id: int) -> Any:
    """What you have written in the thread of a message and not sent."""
    said = queries.message(actor(), message_id).said
    return {"text": queries.draft_in(actor(), said.root_id or said.id)}


@endpoint(api, "PUT /messages/<id:message_id>/thread/draft", takes=Draft, gives="Draft")
def put_answer_draft(message_id: int, form: Draft) -> Any:
    """Keep what is written so far in a thread; an empty text keeps nothing."""
    root = commands.keep_answer(actor(), message_id, form)
    return {"text": queries.draft_in(actor(), root)}


@endpoint(api, "GET /conversations/<id:conversation_id>/draft", gives="Draft")
def draft(conversation_id: int) -> Any:
    """What you have written in a conversation and not sent."""
    return {"text": queries.about(actor(), conversation_id).draft or ""}


@endpoint(api, "PUT /conversations/<id:conversation_id>/draft", takes=Draft, gives="Draft")
def put_draft(conversation_id: int, form: Draft) -> Any:
    """Keep what is written so far; an empty text keeps nothing."""
    commands.keep_draft(actor(), conversation_id, form)
    return {"text": form.text or ""}
