"""Talks over the API. `listing` and `sent` also answer for the talks of work items."""

from typing import Any

from collab.core.i18n import in_language
from collab.files import api as files
from collab.files.queries import File, files_on
from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint

from . import commands, queries
from .forms import Edit, ReadUpTo, Say, Stretch
from .mentions import spoken
from .owners import MESSAGE
from .queries import Head, Said
from .reading_told import tell_place

api = api_blueprint("messaging")


@endpoint(api, "GET /conversations/<id:conversation_id>/messages", query=Stretch, gives="MessageList")
def messages(conversation_id: int, query: Stretch) -> Any:
    """What was said after a number, before one, or last, in order."""
    return listing(queries.head(actor(), conversation_id), query)


@endpoint(api, "POST /conversations/<id:conversation_id>/messages", takes=Say, gives="Sent")
def post_message(conversation_id: int, form: Say) -> Any:
    """Say something in a conversation; the same nonce again sends nothing twice, and says `deleted` of what was
    deleted since."""
    return sent(commands.post(actor(), conversation_id, form))


@endpoint(api, "PUT /conversations/<id:conversation_id>/read-state", takes=ReadUpTo, gives="ReadState")
def put_read_state(conversation_id: int, form: ReadUpTo) -> Any:
    """Note how far you have read; it never goes backwards."""
    return {"seq": tell_place(actor(), conversation_id, commands.read(actor(), conversation_id, form))}


@endpoint(api, "GET /messages/<id:message_id>", gives="Message")
def message(message_id: int) -> Any:
    """One message."""
    found = queries.message(actor(), message_id)
    return {
        "conversation": found.conversation_id,
        **as_json(found.said, found.called, _files([found.said]).get(found.said.id, [])),
    }


@endpoint(api, "PATCH /messages/<id:message_id>", takes=Edit, gives="Message")
def patch_message(message_id: int, form: Edit) -> Any:
    """Change what you said."""
    return message(commands.edit(actor(), message_id, form))


@endpoint(api, "DELETE /messages/<id:message_id>")
def delete_message(message_id: int) -> Any:
    """Delete what you said; its place in the conversation stays."""
    commands.remove(actor(), message_id)
    return None, 204


def listing(head: Head, stretch: Stretch) -> dict[str, Any]:
    """A stretch of a talk as JSON. `next` is the number to ask `after` when more follows."""
    page = queries.page_of(head, stretch)
    called = queries.called_in([said.id for said in page.messages])
    attached = _files(page.messages)
    return {
        "conversation": head.id,
        "items": [as_json(said, called.get(said.id, []), attached.get(said.id, [])) for said in page.messages],
        "last_seq": head.last_seq,
        "next": page.messages[-1].seq if page.later else None,
    }


def sent(result: dict[str, Any]) -> Any:
    """The answer to something said."""
    return result, 201, {"Location": f"/api/v1/messages/{result['id']}"}


def _files(messages: list[Said]) -> dict[int, list[File]]:
    return files_on(actor(), MESSAGE, [said.id for said in messages if not said.gone])


def as_json(said: Said, called: list[int], attached: list[File]) -> dict[str, Any]:
    """A message as the API shows it. `text` is Markdown with mentions as `@[Name](party:ID)`, each under their
    name in the caller's language; null once deleted or hidden. `written_at`: where it could not be sent when it was
    written, null otherwise."""
    gone = said.gone
    return {
        "id": said.id,
        "seq": said.seq,
        "kind": said.kind,
        "author": {"id": said.author_id, "name": in_language(said.names, said.label), "bot": said.bot},
        "on_behalf_of": _behalf(said),
        "text": None if gone else spoken(said.text, said.called_names),
        "called": [] if gone else called,
        "files": [] if gone else [files.as_json(each) for each in attached],
        "reply_to": said.reply_to_id,
        "root": said.root_id,
        "answers": said.answers,
        "answered_at": said.answered_at.isoformat() if said.answered_at else None,
        "signs": {} if gone else said.signs or {},
        "urgent": said.urgent,
        "pinned_at": said.pinned_at.isoformat() if said.pinned_at else None,
        "wait": said.wait_id,
        "written_at": said.written,
        "created_at": said.created_at.isoformat(),
        "edited_at": said.edited_at.isoformat() if said.edited_at else None,
        "deleted_at": said.deleted_at.isoformat() if said.deleted_at else None,
        "removed_at": said.removed_at.isoformat() if said.removed_at else None,
        "hidden": said.hidden,
        "hidden_by": _hidden(said),
    }


def _behalf(said: Said) -> dict[str, Any] | None:
    """Somebody outside whose words the author wrote down."""
    if said.behalf_id is None:
        return None
    return {"id": said.behalf_id, "name": in_language(said.behalf_names or {}, said.behalf_label or "")}


def _hidden(said: Said) -> dict[str, Any] | None:
    """Who hid a message, when and why; None where it is not hidden."""
    if not said.hidden or said.hidden_at is None:
        return None
    by = {"id": said.hidden_by, "name": in_language(said.hidden_names, said.hidden_label or "")}
    return {"person": by, "at": said.hidden_at.isoformat(), "reason": said.hidden_reason}
