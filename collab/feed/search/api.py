"""Search over the API."""

from typing import Any

from collab.core.actor import Actor
from collab.core.i18n import in_language
from collab.people.queries.parties import Choice
from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint, listed

from .forms import ApiQuestion
from .found import FoundFile, FoundItem, FoundMessage
from .lines import talks_of
from .marking import plain_snippet
from .results import Results, search

api = api_blueprint("search")


@endpoint(api, "GET /search", query=ApiQuestion, gives="SearchResults")
def find(query: ApiQuestion) -> Any:
    """Find items, messages, people and files by their words; a few of each kind, or one kind page by page."""
    found = search(actor(), query.q, query.kind, query.after, query.limit)
    return listed(as_json(actor(), found), found.next) | {
        "loosely": found.loosely,
        "suggestions": [_party(one) for one in found.near],
    }


def as_json(actor: Actor, found: Results) -> list[dict[str, Any]]:
    """Everything that was found, people first, then items, messages and files. `text` is the part that answers."""
    called = talks_of(actor, found)
    return [
        *(_party(one) for one in found.parties),
        *(_item(found, one) for one in found.items.items),
        *(_message(found, one, called) for one in found.messages.items),
        *(_file(one) for one in found.files.items),
    ]


def _party(one: Choice) -> dict[str, Any]:
    return {"type": one.kind, "id": one.id, "name": one.name, "hint": one.hint, "away": one.away}


def _item(found: Results, one: FoundItem) -> dict[str, Any]:
    return {
        "type": "item",
        "id": one.id,
        "kind": one.kind,
        "reference": one.reference,
        "title": one.title,
        "text": plain_snippet(one.body, found.asked),
        "state_kind": one.state_kind,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "unit": one.unit_code,
        "holder": {
            "id": one.holder_id,
            "kind": one.holder_kind,
            "name": in_language(one.holder_names or {}, one.holder_label or ""),
        }
        if one.holder_id
        else None,
    }


def _message(found: Results, one: FoundMessage, called: dict[int, str]) -> dict[str, Any]:
    return {
        "type": "message",
        "id": one.id,
        "text": plain_snippet(one.spoken, found.asked),
        "author": {"id": one.author_id, "name": in_language(one.author_names, one.author_label)},
        "at": one.created_at.isoformat(),
        "reference": one.reference,
        "conversation": {"id": one.talk_id, "title": one.title or called.get(one.talk_id, "")},
    }


def _file(one: FoundFile) -> dict[str, Any]:
    return {
        "type": "file",
        "id": one.id,
        "name": one.name,
        "at": one.added_at.isoformat(),
        "owner": {"kind": one.owner_kind, "id": one.owner_id},
        "reference": one.reference,
    }
