"""What was brought in from another system and what it became here, so that an export is brought in once."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base


class ChatOrigin(Base):
    """`external` is what `source` calls an author or a conversation that is known here as a party or a conversation."""

    __tablename__ = "chat_origin"

    source: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    external: Mapped[str] = mapped_column(primary_key=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))

    __table_args__ = (
        CheckConstraint("kind in ('author','conversation')", name="kind"),
        CheckConstraint("num_nonnulls(party_id, conversation_id) = 1", name="one"),
        Index("ix_chat_origin_party", "party_id", postgresql_where="party_id is not null"),
        Index("ix_chat_origin_conversation", "conversation_id", postgresql_where="conversation_id is not null"),
    )
