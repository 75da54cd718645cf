"""What somebody missed: in each conversation what calls them and how the rest begins. Nothing is counted."""

from typing import Any, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, Boolean, and_, bindparam, select, text, union_all

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.prepared import Prepared

from ..models import Conversation, Message, ReadState
from .conversations import ENTRY, MOST, NEVER, Entry, mine, of_work_of, place, unread
from .talks import Said, messages_query

MOST_TALKS: Final = 40
MOST_EACH: Final = 3
MOST_CALLS: Final = 10

# Of the conversations, newest first, those that call the reader or what they stand for, then those heard otherwise; of
# each the newest calls, the first unread messages and the first that ask the reader to confirm them.
_FIRST: Final = text(
    """
    with talk as (
      select * from unnest(:talks, :reads, :silent) with ordinality as t(id, seen, silent, place)),
    calling as (
      select id, talk from (
        select m.id, t.id as talk, row_number() over (partition by t.id order by m.id desc) as nth
        from talk t join message m on m.conversation_id = t.id and m.seq > t.seen and m.deleted_at is null
        join message_mention c on c.message_id = m.id and c.party_id = any(:parties)
        where m.hidden_reason is null and m.author_id <> :me) found
      where nth <= :calls),
    chosen as (
      select talk.*, calls from talk
      cross join lateral (select exists (select from calling where calling.talk = talk.id) as calls) also
      where calls or not silent order by calls desc, place limit :most)
    select m.id, false as calls
    from chosen cross join lateral (
      select id from message
      where conversation_id = chosen.id and seq > chosen.seen and author_id <> :me
        and deleted_at is null and hidden_reason is null order by seq limit :each) m
    union all
    select m.id, false
    from chosen cross join lateral (
      select id from message
      where conversation_id = chosen.id and seq > chosen.seen and author_id <> :me and asks_receipt
        and deleted_at is null and hidden_reason is null
        and id not in (select message_id from message_receipt where person_id = :me) order by id limit :each) m
    union all
    select calling.id, true from calling join chosen on chosen.id = calling.talk
    """
).bindparams(
    *(bindparam(name, type_=ARRAY(BigInteger)) for name in ("talks", "reads", "parties")),
    bindparam("silent", type_=ARRAY(Boolean)),
)


class Missed(NamedTuple):
    """One conversation with what is unread in it: `calls` are the messages that call the reader, `first` the first and
    those that are to be confirmed."""

    entry: Entry
    calls: list[Said]
    first: list[Said]

    @property
    def more(self) -> int:
        """How many more are unread there."""
        return max(0, self.entry.unread - len(self.calls) - len(self.first))


class Gathered(NamedTuple):
    """What was missed; `more`: in so many conversations that the rest comes up once these are read."""

    talks: list[Missed]
    more: bool


def _unread(actor: Actor) -> Any:
    """Conversations with something unread, those that are heard first: silent ones may hold a call."""
    wanted = (unread(), Conversation.archived_at.is_(None))
    silent = ReadState.hears.is_not_distinct_from("muted")
    own = [
        select(*ENTRY)
        .outerjoin(ReadState, place(actor, Conversation))
        .where(criterion, *wanted)
        .order_by(silent, Conversation.last_at.desc().nulls_last())
        .limit(MOST)
        .subquery()
        for criterion in mine(actor)
    ]
    of_work = [
        part.subquery()
        for heard in (~silent, silent)
        for part in of_work_of(actor, ENTRY, and_(*wanted, heard), MOST_TALKS * 2)
    ]
    return union_all(*(select(part) for part in [*own, *of_work]))


_UNREAD: Final = Prepared(_unread)


def missed(actor: Actor) -> Gathered:
    """What is unread, conversations that call the reader first, then the newest; silent ones only if they call.
    Three queries."""
    rows = [Entry(*row) for row in _UNREAD.rows(actor)]
    entries = {one.id: one for one in sorted(rows, key=lambda one: one.last_at or NEVER, reverse=True)}
    if not entries:
        return Gathered([], more=False)
    said = _said(actor, list(entries.values()))
    found = [Missed(one, *said[one.id]) for one in entries.values() if one.id in said]
    more = sum(not one.muted or one.id in said for one in entries.values()) > MOST_TALKS
    return Gathered(sorted(found, key=lambda one: not one.calls)[:MOST_TALKS], more)


def _said(actor: Actor, entries: list[Entry]) -> dict[int, tuple[list[Said], list[Said]]]:
    rows = db.session.execute(
        _FIRST,
        {
            "talks": [one.id for one in entries], "reads": [one.read_seq or 0 for one in entries],
            "silent": [one.muted for one in entries], "me": actor.person_id, "parties": sorted(actor.parties),
            "each": MOST_EACH, "calls": MOST_CALLS, "most": MOST_TALKS + 1,
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
