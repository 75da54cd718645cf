"""The conversations of somebody, and what one of them is. Unread is a subtraction: no message is ever counted."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, and_, bindparam, case, false, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import aliased

from collab.core import readings
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language
from collab.core.package import READABLE
from collab.core.prepared import Fixed, Prepared
from collab.people.models import Party, Person

from ..models import Conversation, ConversationMember, MessageDraft, MessageToSend, ReadState
from ..owners import Owner, visible_to
from ..readers import among, hears, joinable, reads_unit
from .talks import Head, my_draft

MOST: Final = 300
NEVER: Final = datetime.min.replace(tzinfo=UTC)
MOST_WORK: Final = 12
MOST_WORK_UNREAD: Final = 100
"""Talks of work with something unread that stand in a list; one more is read, so that it can say there are others."""
MOST_BADGE: Final = 100


class About(NamedTuple):
    """What a conversation is, for one reader."""

    id: int
    kind: str
    owner_kind: str
    owner_id: int
    title: str | None
    topic: str | None
    open: bool
    audience_id: int | None
    into_id: int | None
    archived_at: datetime | None
    last_seq: int
    version: int
    read_seq: int | None
    hears: str | None
    draft: str | None
    waits: int
    may_write: bool

    @property
    def muted(self) -> bool:
        return self.hears == "muted"

    @property
    def head(self) -> Head:
        """Where it stands for its reader."""
        owner = Owner(self.owner_kind, self.owner_id)
        may_write = self.may_write and self.archived_at is None
        return Head(self.id, owner, self.last_seq, self.read_seq, may_write)


class Entry(NamedTuple):
    """A conversation in somebody's list. `drafted`: something of theirs waits there to be sent."""

    id: int
    kind: str
    owner_id: int
    title: str | None
    last_seq: int = 0
    last_at: datetime | None = None
    archived_at: datetime | None = None
    read_seq: int | None = None
    hears: str | None = None
    drafted: bool = False

    @property
    def muted(self) -> bool:
        return self.hears == "muted"

    @property
    def unread(self) -> int:
        return max(0, self.last_seq - (self.read_seq or 0))

    @property
    def waits(self) -> bool:
        """Whether something unread counts: silent and closed ones do not."""
        return bool(self.unread) and self.archived_at is None and not self.muted


class Member(NamedTuple):
    """Who takes part in a group. `kind`: person, bot, unit or post."""

    id: int
    kind: str
    name: str
    keeper: bool


def place(actor: Actor, talk: Any) -> Any:
    return and_(ReadState.conversation_id == talk.id, ReadState.person_id == actor.person_id)


def unread() -> Any:
    """That something in it is unread, as SQL: a subtraction, beside the reader's place (`place`)."""
    return Conversation.last_seq > func.coalesce(ReadState.read_seq, 0)


def waits() -> Any:
    """The same as `Entry.waits` in SQL."""
    return and_(unread(), Conversation.archived_at.is_(None), ReadState.hears.is_distinct_from("muted"))


def _about(actor: Actor) -> Any:
    writing = [
        and_(
            Conversation.owner_kind == kind,
            (rule.writes or rule.criterion)(actor, Conversation.owner_id),  # type: ignore[arg-type]
        )
        for kind, rule in sorted(READABLE.items())
    ]
    return (
        select(
            Conversation.id, Conversation.kind, Conversation.owner_kind, Conversation.owner_id, Conversation.title,
            Conversation.topic, Conversation.open, Conversation.audience_id, Conversation.into_id,
            Conversation.archived_at, Conversation.last_seq, Conversation.version, ReadState.read_seq,
            ReadState.hears, MessageDraft.text.label("draft"),
            select(func.count())
            .where(MessageToSend.person_id == actor.person_id, MessageToSend.conversation_id == Conversation.id)
            .scalar_subquery()
            .label("waits"),
            or_(false(), *writing).label("may_write"),
        )
        .outerjoin(ReadState, place(actor, Conversation))
        .outerjoin(MessageDraft, my_draft(actor, Conversation.owner_kind, Conversation.owner_id))
        .where(Conversation.id == bindparam("talk", type_=BigInteger), visible_to(actor))
    )  # fmt: skip


_ABOUT: Final = Prepared(_about)


def about(actor: Actor, conversation_id: int) -> About:
    """What a conversation is and where it stands for this reader. Raises NotFound when it is not theirs to read."""
    rows = _ABOUT.rows(actor, talk=conversation_id)
    if not rows:
        raise NotFound
    found = About(*rows[0])
    readings.note(actor, found.owner_kind, found.owner_id)
    return found


def mine(actor: Actor) -> Any:
    """Groups and direct talks that list the actor, units they live in or above, what is announced to them."""
    member = aliased(ConversationMember)
    party = or_(member.party_id == among(actor.named_parties), member.party_id == among(actor.reach))
    listed = select(member.conversation_id).where(party)
    unit = and_(Conversation.owner_kind == "unit", Conversation.last_seq > 0)
    return [
        and_(unit, reads_unit(actor, Conversation.owner_id)),  # type: ignore[arg-type]
        Conversation.id.in_(listed),
        and_(Conversation.kind == "announcement", hears(actor, Conversation), Conversation.id.not_in(listed)),
    ]


ENTRY: Final = (
    Conversation.id, Conversation.kind, Conversation.owner_id, Conversation.title, Conversation.last_seq,
    Conversation.last_at, Conversation.archived_at, ReadState.read_seq, ReadState.hears,
)  # fmt: skip
"""What an `Entry` is made of."""


def near(actor: Actor, columns: Sequence[Any]) -> Any:
    """These columns of the conversations that stand in somebody's list: their own, and those of work they spoke in.

    What is unread comes first and falls out of no list while anything read stands in it.
    """
    own = [
        select(*columns)
        .outerjoin(ReadState, place(actor, Conversation))
        .where(criterion)
        .order_by(waits().desc(), Conversation.last_at.desc().nulls_last(), Conversation.id.desc())
        .limit(MOST)
        .subquery()
        for criterion in mine(actor)
    ]
    of_work = [
        part.subquery()
        for wanted, most in ((waits(), MOST_WORK_UNREAD + 1), (not_(waits()), MOST_WORK))
        for part in of_work_of(actor, columns, wanted, most)
    ]
    return union_all(*(select(part) for part in [*own, *of_work]))


def of_work_of(actor: Actor, columns: Sequence[Any], wanted: Any, most: int) -> list[Any]:
    """So many of the newest talks of work in which the actor spoke or read and which are `wanted`, kind by kind.

    Who may read an item is asked of the newest first, until there are enough (`offset 0` keeps it behind the order):
    somebody may have spoken in thousands.
    """
    found = []
    for kind in sorted(READABLE):
        if kind in ("unit", "group"):
            continue
        placed = (
            select(*columns, Conversation.owner_id.label("of"), Conversation.last_at.label("newest"))
            .select_from(ReadState)
            .join(Conversation, Conversation.id == ReadState.conversation_id)
            .where(ReadState.person_id == actor.person_id, Conversation.owner_kind == kind, wanted)
            .order_by(Conversation.last_at.desc())
            .offset(0)
            .subquery()
        )
        shown = list(placed.c)[: len(columns)]
        may_read = READABLE[kind].criterion(actor, placed.c.of)
        found.append(select(*shown).where(may_read).order_by(placed.c.newest.desc()).limit(most))
    return found


def _list(actor: Actor) -> Any:
    draft = my_draft(actor, Conversation.owner_kind, Conversation.owner_id)
    return near(actor, (*ENTRY, select(MessageDraft.at).where(draft).exists().label("drafted")))


_LIST: Final = Prepared(_list)


def conversations_of(actor: Actor) -> list[Entry]:
    """Everything somebody takes part in, the newest first; of work whatever is unread before the newest that was read.
    One query."""
    found = [Entry(*row) for row in _LIST.rows(actor)]
    found.sort(key=lambda one: one.last_at or NEVER, reverse=True)
    return sorted(found, key=lambda one: one.kind == "item" and not one.waits)


def _count(actor: Actor) -> Any:
    own = [
        select(literal(1).label("one"))
        .select_from(Conversation)
        .outerjoin(ReadState, place(actor, Conversation))
        .where(criterion, waits())
        .limit(MOST_BADGE)
        .subquery()
        for criterion in mine(actor)
    ]
    one = (literal(1).label("one"),)
    work = [part.subquery() for part in of_work_of(actor, one, waits(), MOST_BADGE)]
    every = union_all(*(select(part) for part in [*own, *work])).subquery()
    return select(func.count()).select_from(every)


_UNREAD: Final = Prepared(_count)


def unread_count(actor: Actor) -> int:
    """In how many conversations of the list something is unread, silent and
    closed ones left out; counting stops at a hundred."""
    return int(_UNREAD.rows(actor)[0][0])


def _open_talk() -> Any:
    return select(Conversation.id).where(
        Conversation.owner_kind == "unit", Conversation.owner_id == bindparam("unit", type_=BigInteger)
    )


_OPEN_TALK: Final = Fixed(_open_talk)


def open_talk(unit_id: int) -> int | None:
    """The conversation of a unit, once something was said there; whether it may be read is asked apart."""
    rows = _OPEN_TALK.rows(unit=unit_id)
    return rows[0].id if rows else None


def members_of(conversation_ids: list[int]) -> dict[int, list[Member]]:
    """Conversation id → who is listed in it, for conversations that were read already; one query."""
    found: dict[int, list[Member]] = {}
    if conversation_ids:
        rows = db.session.execute(
            select(ConversationMember.conversation_id, Party.id, case((Person.kind == "bot", "bot"), else_=Party.kind),
                   Party.label, Party.names, ConversationMember.keeper)
            .join(Party, Party.id == ConversationMember.party_id)
            .outerjoin(Person, Person.id == Party.id)
            .where(ConversationMember.conversation_id.in_(conversation_ids))
            .order_by(ConversationMember.conversation_id, Party.sort_key, Party.id)
        )  # fmt: skip
        for talk, id_, kind, label, names, keeper in rows:
            found.setdefault(talk, []).append(Member(id_, kind, in_language(names, label), keeper))
    return found


def alone(actor: Actor, conversation_id: int) -> bool:
    """Whether it is a direct talk of the actor with themselves, of those that were read already."""
    listed = select(ConversationMember.party_id).where(ConversationMember.conversation_id == Conversation.id)
    others = listed.where(ConversationMember.party_id != actor.person_id).exists()
    query = select(Conversation.id).where(Conversation.id == conversation_id, Conversation.kind == "direct", ~others)
    return db.session.scalar(query) is not None


class Joinable(NamedTuple):
    """A group one may join, and whether one is in it already."""

    id: int
    title: str
    topic: str | None


def joinable_groups(actor: Actor) -> list[Joinable]:
    """Open groups in which the actor does not take part yet."""
    member = aliased(ConversationMember)
    mine = select(member.conversation_id).where(member.party_id.in_(sorted(actor.named_parties | actor.reach)))
    rows = db.session.execute(
        select(Conversation.id, Conversation.title, Conversation.topic)
        .where(joinable(actor), Conversation.id.not_in(mine))
        .order_by(Conversation.title, Conversation.id)
        .limit(MOST)
    )
    return [Joinable(row.id, row.title or "", row.topic) for row in rows]
