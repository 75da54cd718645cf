"""Tables of every talk."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Conversation(Base):
    """A talk: of a unit, a group, two people, or a work item. Created at its first message.

    `owner_kind` and `owner_id` say whose talk it is; the owner's package says who may read it. `last_seq` is the
    gapless number of the newest message, taken under this row's lock.
    """

    __tablename__ = "conversation"

    id: Mapped[Id]
    kind: Mapped[str]
    owner_kind: Mapped[str | None]
    owner_id: Mapped[int | None]
    title: Mapped[str | None]
    last_seq: Mapped[int] = mapped_column(server_default="0", default=0)
    last_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("kind in ('item','unit','group','direct','announcement')", name="kind"),
        Index("ix_conversation_owner", "owner_kind", "owner_id", unique=True),
    )


class Message(Base):
    """What somebody said. Gapless per conversation; a client's nonce makes sending exactly once.

    `kind` is post, question or answer (of a wait). A deleted message keeps its place without its text.
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
    wait_id: Mapped[int | None]
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None]
    meta: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)

    __table_args__ = (
        CheckConstraint("kind in ('post','question','answer')", name="kind"),
        Index("ix_message_seq", "conversation_id", "seq", unique=True),
        Index("ix_message_nonce", "conversation_id", "author_id", "nonce", unique=True),
        Index("ix_message_author", "author_id", "id"),
        Index("ix_message_reply", "reply_to_id", postgresql_where="reply_to_id is not null"),
    )


class MessageMention(Base):
    """Who a message calls: a person, a unit or a post."""

    __tablename__ = "message_mention"

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)

    __table_args__ = (Index("ix_message_mention_party", "party_id", "message_id"),)


class ReadState(Base):
    """How far somebody has read a talk. Unread is a subtraction, never a count."""

    __tablename__ = "read_state"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    read_seq: Mapped[int]
    muted: Mapped[bool] = mapped_column(server_default="false", default=False)
    at: Mapped[datetime]
