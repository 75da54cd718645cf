"""Conversations begun, named, joined, left, closed and opened again."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import Forbidden
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Party, Person

from ..arriving import begin_reading
from ..events import (
    ConversationArchived,
    ConversationChanged,
    ConversationOpened,
    ConversationReopened,
    MemberJoined,
    MemberLeft,
    TopicSet,
)
from ..forms import ConversationForm, NewConversation, NewMember, ReadUpTo
from ..keepers import pass_on
from ..models import Conversation, ConversationMember, ReadState
from ..policy import (
    conversations,
    joinables,
    may_announce,
    may_begin,
    may_close,
    may_leave,
    may_name,
    may_read,
    may_take_part,
)
from .reading import read_up_to

NOT_THERE = N_("Somebody chosen here does not exist or has left.")
ONLY_PEOPLE = N_("A direct talk is among people. Begin a group for units and posts.")
TOO_MANY = N_("A direct talk is among at most %(limit)s people. Begin a group for more.")
NOT_YOUR_UNIT = N_("Announcements to a unit are begun by whoever heads it.")
UNIT_NAME = N_("This conversation is called after its unit.")
MOST_DIRECT = 9


@open_command(may_begin)
def open_conversation(actor: Actor, form: NewConversation) -> int:
    """Begin a group, a direct talk or announcements. Gives its id; a direct talk among the same people is one."""
    members = list(dict.fromkeys([actor.person_id, *form.members]))
    kinds = _kinds(members)
    key = None
    if form.kind == "direct":
        if any(kind != "person" for kind in kinds.values()):
            raise wrong("members", _(ONLY_PEOPLE))
        if len(members) > MOST_DIRECT:
            raise wrong("members", _(TOO_MANY, limit=MOST_DIRECT))
        key = "-".join(map(str, sorted(members)))
    if form.kind == "announcement" and not may_announce(actor, form.audience):
        raise wrong("audience", _(NOT_YOUR_UNIT))
    at = clock.now()
    row = {
        "kind": form.kind, "owner_kind": "group", "title": None if form.kind == "direct" else form.title,
        "topic": form.topic, "open": form.open and form.kind == "group", "direct_key": key, "created_at": at,
        "audience_id": form.audience if form.kind == "announcement" else None,
    }  # fmt: skip
    made = session().scalar(
        insert(Conversation)
        .values(row)
        .on_conflict_do_nothing(index_elements=["direct_key"])
        .returning(Conversation.id)
    )
    if made is None:
        return session().scalars(select(Conversation.id).where(Conversation.direct_key == key)).one()
    talk = session().get_one(Conversation, made)
    talk.owner_id = talk.id
    _add(made, members, keeper=actor.person_id)
    record(ConversationOpened(subject=made, talk=form.kind, title=form.title or ""))
    for party in members[1:]:
        record(MemberJoined(subject=made, member=party))
    session().flush()
    return talk.id


@command(may_name, on=conversations)
def change(actor: Actor, talk: Conversation, form: ConversationForm) -> int:
    """Give a conversation another name and topic. Of a unit's only the topic, by whoever heads the unit."""
    if talk.kind == "unit":
        if form.title is not None:
            raise wrong("title", _(UNIT_NAME))
    else:
        membership(actor, talk.id)
        if form.title is None:
            raise wrong("title", _(N_("This is needed.")))
    if (talk.title, talk.topic) == (form.title, form.topic):
        return talk.id
    named = talk.title != form.title
    talk.title, talk.topic = form.title, form.topic
    record(
        ConversationChanged(subject=talk.id, title=form.title or "", topic=form.topic or "")
        if named
        else TopicSet(subject=talk.id, topic=form.topic or "—")
    )
    return talk.id


@command(may_take_part, on=conversations)
def let_in(actor: Actor, talk: Conversation, form: NewMember) -> int:
    """Let a person, a unit or a post into a group; in announcements: let them write.

    What was said before is there to be read, and is not counted as unread.
    """
    mine = membership(actor, talk.id)
    if talk.kind == "announcement" and not mine:
        raise Forbidden
    _kinds([form.party])
    if _add(talk.id, [form.party], keeper=None):
        begin_reading(talk.id, [form.party])
        record(MemberJoined(subject=talk.id, member=form.party))
    return talk.id


@command(may_take_part, on=joinables)
def join(actor: Actor, talk: Conversation) -> int:
    """Take part in a group that is open to all."""
    if _add(talk.id, [actor.person_id], keeper=None):
        # What was said before is there to be read, and is not counted as unread.
        read_up_to(talk.id, actor.person_id, talk.last_seq, clock.now())
        record(MemberJoined(subject=talk.id, member=actor.person_id))
    return talk.id


@command(may_leave, on=conversations)
def put_out(actor: Actor, talk: Conversation, party_id: int) -> int:
    """Leave a group, or put somebody out of it as its keeper. With the last one who is here it is closed."""
    keeper = membership(actor, talk.id)
    if party_id != actor.person_id and not keeper:
        raise Forbidden
    member = session().get(ConversationMember, (talk.id, party_id))
    if member is None:
        return talk.id
    session().delete(member)
    session().flush()
    record(MemberLeft(subject=talk.id, member=party_id))
    if not pass_on(talk.id) and talk.archived_at is None:
        talk.archived_at = clock.now()
        record(ConversationArchived(subject=talk.id, into=None))
    return talk.id


@command(may_close, on=conversations)
def archive(actor: Actor, talk: Conversation) -> int:
    """Close a group for writing; it stays to be read."""
    if not membership(actor, talk.id):
        raise Forbidden
    if talk.archived_at is None:
        talk.archived_at = clock.now()
        record(ConversationArchived(subject=talk.id, into=None))
    return talk.id


@command(may_close, on=conversations)
def reopen(actor: Actor, talk: Conversation) -> int:
    """Open a group again."""
    if not membership(actor, talk.id):
        raise Forbidden
    if talk.archived_at is not None:
        talk.archived_at = None
        record(ConversationReopened(subject=talk.id))
    return talk.id


@command(may_read, on=conversations, lock=False)
def mark_unread(actor: Actor, talk: Conversation, form: ReadUpTo) -> int:
    """Come back to a conversation later: what follows `seq` is unread again. Returns the number noted."""
    seq = min(form.seq, talk.last_seq)
    row = {"conversation_id": talk.id, "person_id": actor.person_id, "read_seq": seq, "at": clock.now()}
    session().execute(
        insert(ReadState)
        .values(row)
        .on_conflict_do_update(index_elements=["conversation_id", "person_id"], set_={"read_seq": seq, "at": row["at"]})
    )
    return seq


def _kinds(party_ids: list[int]) -> dict[int, str]:
    """Party id → person, unit or post. Raises Invalid when one does not exist or has left."""
    rows = session().execute(
        select(Party.id, Party.kind)
        .outerjoin(Person, Person.id == Party.id)
        .where(Party.id.in_(party_ids), Party.kind.in_(("person", "unit", "post")))
        .where(Person.id.is_(None) | Person.active)
    )
    found = {row.id: row.kind for row in rows}
    if found.keys() != set(party_ids):
        raise wrong("members" if len(party_ids) > 1 else "party", _(NOT_THERE))
    return found


def _add(talk_id: int, party_ids: list[int], keeper: int | None) -> int:
    """List these in a conversation; how many were not listed yet."""
    at = clock.now()
    rows = [
        {"conversation_id": talk_id, "party_id": party, "keeper": party == keeper, "since": at} for party in party_ids
    ]
    added = session().scalars(
        insert(ConversationMember)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["conversation_id", "party_id"])
        .returning(ConversationMember.party_id)
    )
    return len(added.all())


def membership(actor: Actor, talk_id: int) -> bool:
    """Whether the actor is a keeper of a conversation. Raises Forbidden when they only read it."""
    parties = sorted(actor.named_parties | actor.reach)
    kept = session().scalars(
        select(ConversationMember.keeper).where(
            ConversationMember.conversation_id == talk_id, ConversationMember.party_id.in_(parties)
        )
    )
    rows = kept.all()
    if not rows:
        raise Forbidden
    return any(rows)
