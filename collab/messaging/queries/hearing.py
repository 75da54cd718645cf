"""Who hears of a message without being called: whoever hears everything of its talk, those of its thread, and those to
whom a direct talk speaks."""

from typing import Final, NamedTuple

from sqlalchemy import BigInteger, bindparam, exists, or_, select, text
from sqlalchemy.orm import Session

from collab.core.actor import Actor
from collab.core.db import db

from ..models import Conversation, Message, ReadState, ThreadHearing

MOST_ANSWERS: Final = 1_000
"""The newest answers of a thread: whoever wrote only before them is asked to follow it."""

# Whoever has read as far already, at a page that is open, is told nothing.
_LISTENING: Final = text(
    """
    with said as (select conversation_id as talk, seq, root_id as root from message where id = :message),
    chosen as (select t.person_id, t.follows from thread_hearing t join said on t.message_id = said.root),
    part as (
      select m.author_id as person_id from message m join said on m.id = said.root
      union
      select newest.author_id from said cross join lateral (
        select author_id from message where root_id = said.root order by seq desc limit :answers) newest),
    listening as (
      select person_id, true as thread, false as direct, true as chose from chosen where follows
      union all
      select person_id, true, false, false from part where person_id not in (select person_id from chosen)
      union all
      select r.person_id, false, false, true from read_state r join said on r.conversation_id = said.talk
      where r.hears = 'all' and r.person_id not in (select person_id from chosen where not follows)
      union all
      select m.party_id, false, true, false from said
      join conversation c on c.id = said.talk and c.kind = 'direct'
      join conversation_member m on m.conversation_id = c.id
      where m.party_id not in (select person_id from chosen where not follows))
    select l.person_id, bool_or(l.thread) as thread, bool_or(l.direct) as direct
    from listening l cross join said
    join person p on p.id = l.person_id and p.active and p.kind = 'person'
    left join read_state r on r.conversation_id = said.talk and r.person_id = l.person_id
    where coalesce(r.read_seq, 0) < said.seq and (l.chose or r.hears is distinct from 'muted')
    group by l.person_id
    """
).bindparams(bindparam("message", type_=BigInteger))


class Listening(NamedTuple):
    """Who hears of one message: as somebody spoken to in a direct talk, of the answers in its thread, or of all that is
    said there. Nobody is in two of them."""

    direct: frozenset[int]
    thread: frozenset[int]
    talk: frozenset[int]


def listening(reading: Session, message_id: int) -> Listening:
    """Who wants to hear of a message though it calls them not; whether they may read it is asked apart. One query."""
    rows = reading.execute(_LISTENING, {"message": message_id, "answers": MOST_ANSWERS}).all()
    direct = frozenset(row.person_id for row in rows if row.direct)
    thread = frozenset(row.person_id for row in rows if row.thread) - direct
    return Listening(direct, thread, frozenset(row.person_id for row in rows) - thread - direct)


def hears_thread(actor: Actor, root_id: int) -> bool:
    """Whether somebody hears of the next answer in a thread of a talk they may read."""
    me = actor.person_id
    chosen = select(ThreadHearing.follows).where(ThreadHearing.message_id == root_id, ThreadHearing.person_id == me)
    hears = (
        select(ReadState.hears)
        .join(Message, Message.conversation_id == ReadState.conversation_id)
        .where(Message.id == root_id, ReadState.person_id == me)
    )
    kind = (
        select(Conversation.kind).join(Message, Message.conversation_id == Conversation.id).where(Message.id == root_id)
    )
    wrote = exists(
        select(Message.id).where(or_(Message.id == root_id, Message.root_id == root_id), Message.author_id == me)
    )
    row = db.session.execute(
        select(
            chosen.scalar_subquery().label("chosen"),
            hears.scalar_subquery().label("hears"),
            kind.scalar_subquery().label("kind"),
            wrote.label("wrote"),
        )
    ).one()
    if row.chosen is not None:
        return bool(row.chosen)
    return row.hears == "all" or bool((row.wrote or row.kind == "direct") and row.hears != "muted")
