"""Questions about talks. Unread is a subtraction, and a page of messages is two queries however long the talk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Integer, Select, and_, bindparam, exists, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.prepared import Fixed, Prepared
from collab.people.models import Party, Person, Post, Unit

from ..belated import WRITTEN
from ..forms import Stretch
from ..mentions import MOST_READ
from ..models import Conversation, Message, MessageDraft, MessageMention, ReadState
from ..owners import Owner, keeps, reads, visible_to, writes
from ..policy import message_visible_to


def may_write(actor: Actor, owner: Owner) -> bool:
    """Whether the actor may write in the talk of `owner`, begun or not, and not closed."""
    mine = (Conversation.owner_kind == owner.kind) & (Conversation.owner_id == owner.id)
    closed = select(Conversation.id).where(mine, Conversation.archived_at.is_not(None)).exists()
    return bool(db.session.scalar(select(and_(writes(actor, owner), ~closed))))


def announces(owner: Owner) -> bool:
    """Whether what is said there may ask everybody to confirm it; a query for groups alone, which they are kept as."""
    if owner.kind != "group":
        return False
    mine = (Conversation.owner_kind == owner.kind) & (Conversation.owner_id == owner.id)
    return db.session.scalar(select(Conversation.kind).where(mine)) == "announcement"


class Head(NamedTuple):
    """Where a talk stands for one reader. `id` is None while nothing was said yet; `draft`: what they are writing."""

    id: int | None
    owner: Owner
    last_seq: int
    read_seq: int | None
    may_write: bool
    draft: str = ""

    @property
    def unread(self) -> int:
        return self.last_seq - (self.read_seq or 0)


class Said(NamedTuple):
    """One message as it stands in the database, with its author's names.

    `called_names`: of those whom it calls, or whom the message it answers calls, id → names. `file_names`: of its
    files, where it has no words; `answered_file_names`: of those of the message that it answers.
    """

    id: int
    seq: int
    author_id: int
    label: str
    names: dict[str, str]
    kind: str
    text: str
    reply_to_id: int | None
    wait_id: int | None
    created_at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    hidden_reason: str | None
    root_id: int | None = None
    answers: int = 0
    answered_at: datetime | None = None
    pinned_at: datetime | None = None
    asks_receipt: bool = False
    signs: dict[str, list[int]] | None = None
    answered_text: str | None = None
    answered_label: str | None = None
    answered_names: dict[str, str] | None = None
    answered_gone: bool | None = None
    made: bool = False
    removed_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_by: int | None = None
    hidden_label: str | None = None
    hidden_names: dict[str, str] | None = None
    behalf_id: int | None = None
    behalf_label: str | None = None
    behalf_names: dict[str, str] | None = None
    bot: bool = False
    called_names: dict[str, dict[str, str]] | None = None
    urgent: bool = False
    written: str | None = None
    file_names: list[str] | None = None
    answered_file_names: list[str] | None = None

    @property
    def written_at(self) -> datetime | None:
        """When it was written, where it could not be sent then."""
        return datetime.fromisoformat(self.written) if self.written else None

    @property
    def gone(self) -> bool:
        """Whether it was deleted, removed by a rule of retention, or hidden."""
        return self.deleted_at is not None or self.hidden_reason is not None

    @property
    def hidden(self) -> bool:
        """Whether it stands hidden, its text kept."""
        return self.hidden_reason is not None and self.deleted_at is None


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a talk in order, and whether there is more on either side of it."""

    messages: list[Said]
    earlier: bool
    later: bool


MOST_QUOTED: Final = MOST_READ + 1
"""One more than is looked at, so that a text which goes on is known to."""

_ANSWERED = aliased(Message, name="answered")
_ANSWERED_BY = aliased(Party, name="answered_by")
_HIDDEN_BY = aliased(Party, name="hidden_by")
_BEHALF = aliased(Party, name="behalf")
# Who put which sign on a message, the first sign first.
_SIGNS: Final = literal_column(
    "(select jsonb_object_agg(r.sign, r.people) from (select sign, jsonb_agg(person_id order by at) as people"
    " from message_reaction where message_id = message.id group by sign) r)",
    JSONB,
).label("signs")
# What those are called, in each language, whom a message or the one it answers calls.
_CALLED: Final = literal_column(
    "(case when position('](party:' in message.text || coalesce(answered.text, '')) > 0 then"
    " (select jsonb_object_agg(c.id, c.names) from message_mention m join party c on c.id = m.party_id"
    " where m.message_id in (message.id, message.reply_to_id)) end)",
    JSONB,
).label("called_names")
NAMES_CALLED: Final = literal_column(
    "(case when position('](party:' in message.text) > 0 then (select jsonb_object_agg(c.id, c.names)"
    " from message_mention m join party c on c.id = m.party_id where m.message_id = message.id) end)",
    JSONB,
).label("called_names")
"""The same of whom the message itself calls, where what it answers is not read."""
MOST_FILES: Final = 20


def _file_names(message: str) -> Any:
    """The names of the files of a message without words, each once, in the order in which they came."""
    return literal_column(
        f"(case when {message}.text = '' then (select jsonb_agg(f.name order by f.id) from"  # noqa: S608 only constants
        " (select name, min(id) as id from attachment where owner_kind = 'message'"
        f" and owner_id = {message}.id group by name order by min(id) limit {MOST_FILES}) f) end)",
        JSONB,
    )


FILE_NAMES: Final = _file_names("message").label("file_names")

COLUMNS = (
    Message.id, Message.seq, Message.author_id, Party.label, Party.names, Message.kind, Message.text,
    Message.reply_to_id, Message.wait_id, Message.created_at, Message.edited_at, Message.deleted_at,
    Message.hidden_reason, Message.root_id, Message.answers, Message.answered_at, Message.pinned_at,
    Message.asks_receipt, _SIGNS,
    func.left(_ANSWERED.text, MOST_QUOTED).label("answered_text"), _ANSWERED_BY.label.label("answered_label"),
    _ANSWERED_BY.names.label("answered_names"),
    or_(_ANSWERED.deleted_at.is_not(None), _ANSWERED.hidden_reason.is_not(None)).label("answered_gone"),
    Message.meta.has_key("work").label("made"), Message.removed_at, Message.hidden_at, Message.hidden_by,
    _HIDDEN_BY.label.label("hidden_label"), _HIDDEN_BY.names.label("hidden_names"),
    Message.on_behalf_of.label("behalf_id"), _BEHALF.label.label("behalf_label"), _BEHALF.names.label("behalf_names"),
    exists(select(Person.id).where(Person.id == Message.author_id, Person.kind == "bot")).label("bot"),
    _CALLED, Message.urgent, Message.meta[WRITTEN].astext.label("written"),
    FILE_NAMES, _file_names("answered").label("answered_file_names"),
)  # fmt: skip


def head_of(actor: Actor, owner: Owner) -> Head:
    """Where the talk of `owner` stands for this reader, begun or not. Raises NotFound when it is not theirs to read."""
    [row] = _head_of(owner.kind).rows(actor, owner=owner.id)
    if not row.read:
        raise NotFound
    readings.note(actor, owner.kind, owner.id)
    may_write = bool(row.write) and row.archived_at is None
    return Head(row.id, owner, row.last_seq or 0, row.read_seq, may_write, row.draft or "")


@cache
def _head_of(kind: str) -> Prepared:
    """One statement for each kind of owner."""
    owner, at = Owner(kind, 0), bindparam("owner", type_=BigInteger)

    def build(actor: Actor) -> Any:
        one = select(literal_column("1").label("one")).subquery()
        return (
            select(
                reads(actor, owner, at=at).label("read"), writes(actor, owner, at=at).label("write"),
                Conversation.id, Conversation.last_seq, Conversation.archived_at, ReadState.read_seq,
                MessageDraft.text.label("draft"),
            )
            .select_from(one)
            .outerjoin(Conversation, and_(Conversation.owner_kind == kind, Conversation.owner_id == at))
            .outerjoin(ReadState, _my_place(actor))
            .outerjoin(MessageDraft, my_draft(actor, kind, at))
        )  # fmt: skip

    return Prepared(build)


def head(actor: Actor, conversation_id: int) -> Head:
    """Where a talk stands for this reader. Raises NotFound when it is not theirs to read."""
    row = db.session.execute(
        select(Conversation.owner_kind, Conversation.owner_id).where(
            Conversation.id == conversation_id, visible_to(actor)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return head_of(actor, Owner(row.owner_kind or "", row.owner_id or 0))


def unread(actor: Actor, kind: str, owner_ids: Iterable[int]) -> dict[int, int]:
    """Owner id → messages this reader has not read, for those of `owner_ids` with a talk they may read."""
    rows = db.session.execute(
        select(Conversation.owner_id, Conversation.last_seq, ReadState.read_seq)
        .outerjoin(ReadState, _my_place(actor))
        .where(Conversation.owner_kind == kind, Conversation.owner_id.in_(list(owner_ids)), visible_to(actor))
    )
    return {row.owner_id: row.last_seq - (row.read_seq or 0) for row in rows}


def my_draft(actor: Actor, kind: Any, owner_id: Any) -> Any:
    """That a draft is the actor's own, in the talk of this owner."""
    mine = MessageDraft.person_id == actor.person_id
    return and_(mine, MessageDraft.owner_kind == kind, MessageDraft.owner_id == owner_id)


def _my_place(actor: Actor) -> Any:
    return and_(ReadState.conversation_id == Conversation.id, ReadState.person_id == actor.person_id)


def page_of(head: Head, stretch: Stretch) -> Page:
    """A stretch of the talk behind `head`, which was asked for by its reader."""
    if head.id is None:
        return Page([], earlier=False, later=False)
    if stretch.after is None and stretch.before is None:
        rows = [Said(*row) for row in NEWEST.rows(talk=head.id, rows=stretch.limit + 1)]
        return Page(rows[: stretch.limit][::-1], earlier=len(rows) > stretch.limit, later=False)
    query = messages_query().where(Message.conversation_id == head.id).limit(stretch.limit + 1)
    if stretch.after is not None:
        rows = all_of(query.where(Message.seq > stretch.after).order_by(Message.seq))
        kept = rows[: stretch.limit]
        return Page(kept, earlier=stretch.after > 0 and bool(kept), later=len(rows) > stretch.limit)
    if stretch.before is not None:
        query = query.where(Message.seq < stretch.before)
    rows = all_of(query.order_by(Message.seq.desc()))
    kept = rows[: stretch.limit][::-1]
    return Page(kept, earlier=len(rows) > stretch.limit, later=bool(kept) and kept[-1].seq < head.last_seq)


class Found(NamedTuple):
    """One message with the talk it stands in and whom it calls."""

    said: Said
    conversation_id: int
    owner: Owner
    called: list[int]


def message(actor: Actor, message_id: int) -> Found:
    """One message. Raises NotFound when its talk is not this actor's to read."""
    talk = aliased(Conversation)
    row = db.session.execute(
        messages_query()
        .add_columns(Message.conversation_id, talk.owner_kind, talk.owner_id)
        .join(talk, talk.id == Message.conversation_id)
        .where(Message.id == message_id, message_visible_to(actor))
    ).one_or_none()
    if row is None:
        raise NotFound
    called = db.session.scalars(
        select(MessageMention.party_id).where(MessageMention.message_id == message_id).order_by(MessageMention.party_id)
    )
    owner = Owner(row.owner_kind or "", row.owner_id or 0)
    readings.note(actor, owner.kind, owner.id)
    return Found(Said(*row[: len(COLUMNS)]), row.conversation_id, owner, list(called))


def keeps_order(actor: Actor, owner: Owner) -> bool:
    """Whether the actor keeps order in a talk that was found for them."""
    return bool(db.session.scalar(select(keeps(actor, owner))))


def called_in(message_ids: list[int]) -> dict[int, list[int]]:
    """Message id → ids of the parties it calls, for messages that were read already."""
    found: dict[int, list[int]] = {}
    if message_ids:
        rows = db.session.execute(
            select(MessageMention.message_id, MessageMention.party_id)
            .where(MessageMention.message_id.in_(message_ids))
            .order_by(MessageMention.message_id, MessageMention.party_id)
        )
        for message_id, party_id in rows:
            found.setdefault(message_id, []).append(party_id)
    return found


def messages_query() -> Select[Any]:
    """Messages with their authors and what they answer, to be narrowed."""
    return (
        select(*COLUMNS)
        .join(Party, Party.id == Message.author_id)
        .outerjoin(_ANSWERED, _ANSWERED.id == Message.reply_to_id)
        .outerjoin(_ANSWERED_BY, _ANSWERED_BY.id == _ANSWERED.author_id)
        .outerjoin(_HIDDEN_BY, _HIDDEN_BY.id == Message.hidden_by)
        .outerjoin(_BEHALF, _BEHALF.id == Message.on_behalf_of)
    )


def _newest() -> Any:
    talk, most = bindparam("talk", type_=BigInteger), bindparam("rows", type_=Integer)
    return messages_query().where(Message.conversation_id == talk).order_by(Message.seq.desc()).limit(most)


NEWEST: Final = Fixed(_newest)


def all_of(query: Select[Any]) -> list[Said]:
    """The messages that a narrowed `messages_query` gives."""
    return [Said(*row) for row in db.session.execute(query)]


def called_address(party_id: int) -> str:
    """Where the page of a person, unit or post is. Raises NotFound for anybody else."""
    row = db.session.execute(
        select(Party.kind, Unit.code)
        .outerjoin(Post, Post.id == Party.id)
        .outerjoin(Unit, (Unit.id == Party.id) | (Unit.id == Post.unit_id))
        .where(Party.id == party_id, Party.kind.in_(("person", "unit", "post")))
    ).one_or_none()
    if row is None:
        raise NotFound
    return f"/people/{party_id}" if row.kind == "person" else f"/units/{row.code}"
