"""What somebody missed: in each conversation what calls them and how the rest begins. Nothing is counted."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, bindparam, text

from collab.core.actor import Actor
from collab.core.db import db

from ..models import Message
from .conversations import Entry, conversations_of
from .talks import Said, messages_query

MOST_TALKS: Final = 40
MOST_EACH: Final = 3
MOST_CALLS: Final = 60

# The first unread messages of each conversation, and those that call the reader or what they stand for.
_FIRST: Final = text(
    """
    select m.id, false as calls
    from unnest(:talks, :reads) as t(talk, seen)
    cross join lateral (
      select id from message where conversation_id = t.talk and seq > t.seen and author_id <> :me
        and deleted_at is null and hidden_reason is null order by seq limit :each) m
    union all
    (select m.id, true from unnest(:talks, :reads) as t(talk, seen)
     join message m on m.conversation_id = t.talk and m.seq > t.seen and m.deleted_at is null
     join message_mention c on c.message_id = m.id and c.party_id = any(:parties)
     where m.hidden_reason is null and m.author_id <> :me
     order by m.id desc limit :calls)
    """
).bindparams(*(bindparam(name, type_=ARRAY(BigInteger)) for name in ("talks", "reads", "parties")))


class Missed(NamedTuple):
    """One conversation with what is unread in it: `calls` are the messages that call the reader, `first` the first."""

    entry: Entry
    calls: list[Said]
    first: list[Said]


def missed(actor: Actor) -> list[Missed]:
    """What is unread, conversations that call the reader first, then the newest; silent ones only if they call.
    Three queries."""
    unread = [one for one in conversations_of(actor) if one.unread and one.archived_at is None]
    unread.sort(key=lambda one: one.last_at.timestamp() if one.last_at else 0, reverse=True)
    unread = unread[:MOST_TALKS]
    if not unread:
        return []
    said = _said(actor, unread)
    found = [Missed(one, *said.get(one.id, ([], []))) for one in unread]
    shown = [one for one in found if one.calls or (one.first and not one.entry.muted)]
    return sorted(shown, key=lambda one: not one.calls)


def _said(actor: Actor, unread: Iterable[Entry]) -> dict[int, tuple[list[Said], list[Said]]]:
    talks = list(unread)
    rows = db.session.execute(
        _FIRST,
        {
            "talks": [one.id for one in talks], "reads": [one.read_seq or 0 for one in talks], "me": actor.person_id,
            "parties": sorted(actor.parties), "each": MOST_EACH, "calls": MOST_CALLS,
        },
    ).all()  # fmt: skip
    calling = {row.id for row in rows if row.calls}
    ids = {row.id for row in rows}
    found: dict[int, tuple[list[Said], list[Said]]] = {}
    if not ids:
        return found
    query = messages_query().add_columns(Message.conversation_id).where(Message.id.in_(ids)).order_by(Message.seq)
    for *columns, talk in db.session.execute(query):
        said = Said(*columns)
        calls, first = found.setdefault(talk, ([], []))
        (calls if said.id in calling else first).append(said)
    return found
