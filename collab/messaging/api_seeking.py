"""Finding what was said, and what was missed, over the API."""

from typing import Annotated, Any

from pydantic import Field

from collab.core.forms import Form, PartyId, Search, wrong
from collab.files.queries import files_on
from collab.web.actors import actor
from collab.web.api import endpoint

from . import queries
from .api import api, as_json
from .meant import meant
from .named import names_of
from .owners import MESSAGE
from .places import places_of
from .queries import Said
from .seeking import asked_by


class SeekMessages(Form):
    """What is looked for: words and `from:`, `in:`, `unit:`, `before:`, `since:`, `has:file`, days as people say them
    (`before:yesterday`); `talk`: in one conversation."""

    q: Search = ""
    talk: PartyId | None = None
    after: Annotated[str, Field(max_length=400)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 25


@endpoint(api, "GET /messages", query=SeekMessages, gives="MessagesFound")
def seek(query: SeekMessages) -> Any:
    """Find messages in everything you may read, the newest first."""
    who = actor()
    wanted = asked_by(who, query.q or "")
    if wanted.wrong:
        raise wrong("q", " ".join(wanted.wrong))
    if query.talk is not None:
        queries.about(who, query.talk)
    places = places_of(who, wanted, query.talk)
    found = queries.seek(who, wanted, places.ids, query.after, query.limit)
    names = names_of(who, [hit.entry for hit in found.items])
    shown = _shown([hit.said for hit in found.items])
    items = [
        {**shown[hit.said.id], "conversation": {"id": hit.entry.id, "name": names.get(hit.entry.id, ("", ""))[0]}}
        for hit in found.items
    ]
    return {
        "items": items,
        "next": found.next,
        "instead": [*queries.instead(who, wanted), *places.instead],
        "notes": wanted.notes,
        "meant": "" if items or query.after else meant(who, wanted, places),
    }


@endpoint(api, "GET /conversations/missed", gives="MissedList")
def list_missed() -> Any:
    """What is unread, by conversation: the messages that call you, and the first ones; those that call you first.

    `more`: others are unread as well, and come up once these are read."""
    who = actor()
    found = queries.missed(who)
    names = names_of(who, [one.entry for one in found.talks])
    shown = _shown([said for one in found.talks for said in (*one.calls, *one.first)])
    return {
        "items": [
            {
                "conversation": {"id": one.entry.id, "name": names.get(one.entry.id, ("", ""))[0]},
                "unread": one.entry.unread,
                "last_seq": one.entry.last_seq,
                "calls": [shown[said.id] for said in one.calls],
                "first": [shown[said.id] for said in one.first],
            }
            for one in found.talks
        ],
        "more": found.more,
    }


def _shown(messages: list[Said]) -> dict[int, dict[str, Any]]:
    ids = [said.id for said in messages]
    called, attached = queries.called_in(ids), files_on(actor(), MESSAGE, ids)
    return {said.id: as_json(said, called.get(said.id, []), attached.get(said.id, [])) for said in messages}
