"""The addresses through which other systems speak in a conversation."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Webhook(Base):
    """A secret address: whoever knows it may say something in one conversation, as the bot that belongs to it.

    Only the secret's hash is kept; `hint` are its first characters, so that people can tell addresses apart.
    """

    __tablename__ = "webhook"

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    bot_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    hint: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_webhook_conversation", "conversation_id"),)
