"""The verb: bring the conversations of another system in, all of them or none."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, text, update

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import long_statements
from collab.core.envelope import open_command, record, session
from collab.people.importing.report import Outcome, refuse_unless
from collab.people.models import Outsider
from collab.people.organisation import parties
from collab.people.policy import may_administer

from ..belated import WRITTEN
from ..commands.words import vector_of
from ..events import ChatImported
from ..mentions import written
from ..models import Conversation, ConversationMember, Message, MessageMention, ReadState
from ..origin import ChatOrigin
from .planning import ChatPlan, RoomPlan, direct_key, nonce_of, plan_chat
from .shapes import CALLED, Chat, Spoken

AT_ONCE: Final = 2_000
_ANSWERS: Final = text(
    """
    update message root set answers = root.answers + new.number,
      answered_at = greatest(root.answered_at, new.last)
    from (select root_id, count(*) as number, max(created_at) as last from message
      where conversation_id = :talk and seq > :after and root_id is not null group by root_id) new
    where root.id = new.root_id
    """
)
_NUMBERS: Final = text("select nextval(pg_get_serial_sequence('message', 'id')) from generate_series(1, :number)")


@open_command(may_administer)
def bring_in_chat(
    actor: Actor, chat: Chat, skip_bad: bool = False, progress: Callable[[int], Any] = lambda _messages: None
) -> Outcome:
    """Bring conversations in with their own times and order; nobody is notified and nothing is unread because of it.

    Nothing at all while a line is bad, unless bad lines are to be left out: raises Invalid then. What was brought in
    before stays as it is here. What is new in a conversation that went on here follows what was said here.
    """
    long_statements(session())
    plan = plan_chat(session(), chat, None if actor.is_system else actor.person_id)
    refuse_unless(skip_bad, plan.outcome)
    _write_down_outsiders(chat, plan)
    for room in plan.rooms:
        _bring(actor, chat, plan, room, progress)
    return plan.outcome


def _write_down_outsiders(chat: Chat, plan: ChatPlan) -> None:
    made = parties.add_parties(session(), "outsider", [parties.Naming(one.name) for one in plan.outsiders])
    if made:
        rows = [
            {"id": id_, "email": one.email, "phone": None, "address": None, "note": None}
            for id_, one in zip(made, plan.outsiders, strict=True)
        ]
        session().execute(insert(Outsider), rows)
    plan.parties |= {one.key: id_ for one, id_ in zip(plan.outsiders, made, strict=True)}
    known = set(
        session().scalars(
            select(ChatOrigin.external).where(ChatOrigin.source == chat.source, ChatOrigin.kind == "author")
        )
    )
    used = {one.author for room in plan.rooms for one in room.new} - known
    if used:
        session().execute(
            insert(ChatOrigin),
            [{"source": chat.source, "kind": "author", "external": key, "party_id": plan.parties[key],
              "conversation_id": None} for key in sorted(used)],
        )  # fmt: skip


def _bring(actor: Actor, chat: Chat, plan: ChatPlan, room: RoomPlan, progress: Callable[[int], Any]) -> None:
    talk = room.here if room.here is not None else _begin(actor, chat, room)
    # This lock hands out the numbers, as when somebody says something.
    last = session().execute(
        update(Conversation)
        .where(Conversation.id == talk)
        .values(last_seq=Conversation.last_seq + len(room.new))
        .returning(Conversation.last_seq, Conversation.last_at)
    ).one()  # fmt: skip
    seq = last.last_seq - len(room.new)
    newest = max([room.new[-1].at, *([last.last_at] if last.last_at else [])])
    session().execute(update(Conversation).where(Conversation.id == talk).values(last_at=newest))
    ids = session().scalars(_NUMBERS, {"number": len(room.new)}).all()
    placed = _placed(chat.source, room, ids)
    for begin in range(0, len(room.new), AT_ONCE):
        some = range(begin, min(begin + AT_ONCE, len(room.new)))
        rows, called = [], []
        for at in some:
            row, mentioned = _row(plan, room.new[at])
            rows.append({**row, **placed[at], "conversation_id": talk, "seq": seq + at + 1})
            called += [{"message_id": ids[at], "party_id": party} for party in mentioned]
        session().connection().execute(_MESSAGES, rows)
        if called:
            session().connection().execute(insert(MessageMention.__table__), called)  # type: ignore[arg-type]
        progress(len(some))
    session().execute(_ANSWERS, {"talk": talk, "after": seq})
    if room.here is None:
        _read_by(talk, room, last.last_seq)
    record(ChatImported(subject=talk, number=len(room.new), source=chat.source))


_MESSAGES: Final = insert(Message.__table__).values(  # type: ignore[arg-type]
    {
        name: bindparam(name, type_=Message.__table__.c[name].type)
        for name in (
            "id", "conversation_id", "seq", "author_id", "kind", "text", "nonce", "reply_to_id", "root_id",
            "created_at", "edited_at", "meta", "vector",
        )
    }
)  # fmt: skip


def _begin(actor: Actor, chat: Chat, room: RoomPlan) -> int:
    """The conversation itself, with those who take part; whoever is first among them keeps it."""
    talk = Conversation(
        kind="direct" if room.direct else "group", owner_kind="group",
        title=None if room.direct else room.title, topic=room.room.topic, open=room.room.open and not room.direct,
        direct_key=direct_key(room.members) if room.direct else None, created_at=room.new[0].at,
        archived_at=clock.now() if room.room.archived else None,
    )  # fmt: skip
    session().add(talk)
    session().flush()
    talk.owner_id = talk.id
    session().flush()
    keeper = actor.person_id if actor.person_id in room.members else next(iter(room.members), 0)
    if room.members:
        since = room.new[0].at
        session().execute(
            insert(ConversationMember),
            [{"conversation_id": talk.id, "party_id": id_, "keeper": id_ == keeper, "since": since}
             for id_ in room.members],
        )  # fmt: skip
    session().execute(
        insert(ChatOrigin),
        [{"source": chat.source, "kind": "conversation", "external": room.room.key, "party_id": None,
          "conversation_id": talk.id}],
    )  # fmt: skip
    return talk.id


def _read_by(talk: int, room: RoomPlan, seq: int) -> None:
    """What was said before is there to be read, and is not counted as unread."""
    at = clock.now()
    if room.members:
        session().execute(
            insert(ReadState),
            [{"conversation_id": talk, "person_id": id_, "read_seq": seq, "at": at} for id_ in room.members],
        )


def _row(plan: ChatPlan, spoken: Spoken) -> tuple[dict[str, Any], list[int]]:
    """A message as it is kept, and whom it calls: people with an account; others are called by name alone."""
    called: dict[int, None] = {}

    def call(match: re.Match[str]) -> str:
        party = plan.parties.get(match[1], 0)
        if party not in plan.names:
            return f"@{plan.there.get(match[1], match[1])}"
        called[party] = None
        return written(plan.names[party], party)

    kept = CALLED.sub(call, spoken.text)
    row = {
        "author_id": plan.parties[spoken.author], "kind": "post", "text": kept, "created_at": spoken.at,
        "edited_at": spoken.edited_at, "meta": _meta(spoken), "vector": vector_of(kept),
    }  # fmt: skip
    return row, list(called)


def _meta(spoken: Spoken) -> dict[str, str]:
    """When it was written, where that was said apart."""
    return {WRITTEN: spoken.written_at.isoformat(timespec="seconds")} if spoken.written_at else {}


def _placed(source: str, room: RoomPlan, ids: Sequence[int]) -> list[dict[str, Any]]:
    """For each new message its id, its nonce, what it answers and under what it hangs.

    Only what stands before it can be answered; an answer to what is not there stands by itself.
    """
    here: dict[str, tuple[int, int]] = {}
    placed = []
    for id_, spoken in zip(ids, room.new, strict=True):
        answered = None
        if spoken.reply_to is not None:
            known = room.known.get(nonce_of(source, room.room.key, spoken.reply_to))
            answered = here.get(spoken.reply_to) or known
        here[spoken.key] = (id_, answered[1] if answered else id_)
        nonce = nonce_of(source, room.room.key, spoken.key)
        parent, root = answered or (None, None)
        placed.append({"id": id_, "nonce": nonce, "reply_to_id": parent, "root_id": root})
    return placed
