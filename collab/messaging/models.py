"""Tables of every talk."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Conversation(Base):
    """A talk: of a unit, a group, two people, or a work item. Those of units and items begin with the first message.

    `owner_kind` and `owner_id` say whose talk it is; the owner's package says who may read it; a group owns itself.
    `last_seq` is the gapless number of the newest message, taken under this row's lock. `open`: a group anybody may
    join. `audience_id`: the unit whose people, with all below, read an announcement (None: everybody). `into_id`: the
    unit that took over a unit that was closed. `direct_key`: the people of a direct talk, so that there is one of it.
    """

    __tablename__ = "conversation"

    id: Mapped[Id]
    kind: Mapped[str]
    owner_kind: Mapped[str | None]
    owner_id: Mapped[int | None]
    title: Mapped[str | None]
    topic: Mapped[str | None]
    open: Mapped[bool] = mapped_column(server_default="false", default=False)
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    direct_key: Mapped[str | None]
    last_seq: Mapped[int] = mapped_column(server_default="0", default=0)
    last_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("kind in ('item','unit','group','direct','announcement')", name="kind"),
        Index("ix_conversation_owner", "owner_kind", "owner_id", unique=True),
        Index("ix_conversation_direct", "direct_key", unique=True),
        Index("ix_conversation_into", "into_id", postgresql_where="into_id is not null"),
        Index("ix_conversation_announced", "id", postgresql_where="kind = 'announcement'"),
        Index("ix_conversation_open", "id", postgresql_where="open and archived_at is null"),
    )


class ConversationMember(Base):
    """Who takes part in a group: a person, a unit with whoever belongs to it, or a post with whoever holds it.

    In an announcement members are those who write. `keeper`: may let in, put out and archive.
    """

    __tablename__ = "conversation_member"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    keeper: Mapped[bool] = mapped_column(server_default="false", default=False)
    since: Mapped[datetime]

    __table_args__ = (Index("ix_conversation_member_party", "party_id", "conversation_id"),)


class Message(Base):
    """What somebody said. Gapless per conversation; a client's nonce makes sending exactly once.

    `kind` is post, question or answer (of a wait). A deleted message keeps its place without its text. `root_id` is
    the message under which a thread of answers hangs; the root knows how many there are and when the last one came.
    `asks_receipt`: whoever reads it says so; `nudged_at`: those who had not were last reminded then. `urgent`: whoever
    it calls hears of it at once. `vector` are its words as they are searched.

    A hidden one keeps its text for its author and auditors alone. `removed_at`: a rule of retention took its text; it
    is then deleted as well.
    """

    __tablename__ = "message"

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    seq: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    on_behalf_of: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    kind: Mapped[str] = mapped_column(server_default="post", default="post")
    text: Mapped[str]
    nonce: Mapped[str]
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    answers: Mapped[int] = mapped_column(server_default="0", default=0)
    answered_at: Mapped[datetime | None]
    asks_receipt: Mapped[bool] = mapped_column(server_default="false", default=False)
    nudged_at: Mapped[datetime | None]
    urgent: Mapped[bool] = mapped_column(server_default="false", default=False)
    wait_id: Mapped[int | None]
    pinned_at: Mapped[datetime | None]
    pinned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None]
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]
    meta: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)
    vector: Mapped[str | None] = mapped_column(TSVECTOR, deferred=True)

    __table_args__ = (
        CheckConstraint("kind in ('post','question','answer')", name="kind"),
        Index("ix_message_seq", "conversation_id", "seq", unique=True),
        Index("ix_message_nonce", "conversation_id", "author_id", "nonce", unique=True),
        Index("ix_message_author", "author_id", "id"),
        Index("ix_message_urgent", "author_id", "created_at", postgresql_where="urgent"),
        Index("ix_message_reply", "reply_to_id", postgresql_where="reply_to_id is not null"),
        Index("ix_message_root", "root_id", "seq", postgresql_where="root_id is not null"),
        Index("ix_message_pinned", "conversation_id", "pinned_at", postgresql_where="pinned_at is not null"),
        Index("ix_message_vector", "vector", postgresql_using="gin"),
        Index("ix_message_kept", "conversation_id", "created_at", postgresql_where="removed_at is null"),
        Index(
            "ix_message_asks",
            "conversation_id",
            "id",
            postgresql_where="asks_receipt and deleted_at is null and hidden_reason is null",
        ),
    )


class MessageMention(Base):
    """Who a message calls: a person, a unit or a post."""

    __tablename__ = "message_mention"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)

    __table_args__ = (Index("ix_message_mention_party", "party_id", "message_id"),)


class ReadState(Base):
    """How far somebody has read a talk, and what they hear of it. Unread is a subtraction, never a count.

    `hears`: all (every message is told them), usual (what calls them, and threads they take part in or follow), or
    muted (only what calls them, and threads they chose to follow; nothing counts as unread).
    """

    __tablename__ = "read_state"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    read_seq: Mapped[int]
    hears: Mapped[str] = mapped_column(server_default="usual")
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("hears in ('all','usual','muted')", name="hears"),
        Index("ix_read_state_person", "person_id"),
        Index("ix_read_state_all", "conversation_id", postgresql_where="hears = 'all'"),
    )


class ThreadHearing(Base):
    """Whether somebody chose to hear of the answers under a message, or not to, whatever else would follow."""

    __tablename__ = "thread_hearing"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    follows: Mapped[bool]
    at: Mapped[datetime]


class MessageReaction(Base):
    """A sign somebody put on a message."""

    __tablename__ = "message_reaction"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    sign: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]


class MessageDraft(Base):
    """What somebody has written in a talk and not sent yet."""

    __tablename__ = "message_draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    owner_kind: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]


class MessageFormer(Base):
    """What a message said before it was changed, the first text as number 1. Gone when the message is deleted."""

    __tablename__ = "message_former"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]


class MessageReceipt(Base):
    """Somebody says that they have read a message that asks for it."""

    __tablename__ = "message_receipt"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_message_receipt_person", "person_id", "message_id"),)


class MessageReminder(Base):
    """When somebody wants to hear of a message again; gone once they did."""

    __tablename__ = "message_reminder"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    due_at: Mapped[datetime]

    __table_args__ = (Index("ix_message_reminder_due", "due_at"),)


class MessageToSend(Base):
    """A message to be sent later, as if its author said it then. `refused_at`: it could not be, and waits for them."""

    __tablename__ = "message_to_send"

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    due_at: Mapped[datetime]
    refused_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_message_to_send_person", "person_id", "conversation_id"),
        Index("ix_message_to_send_due", "due_at", postgresql_where="refused_at is null"),
    )
