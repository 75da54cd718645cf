"""What is still to be told. A row per fact and reaction, written with the fact, deleted with the effect."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, Xid8


class OutboxRow(Base):
    """A consequence that is due. `next_at` moves on when a try fails or a worker has been asked."""

    __tablename__ = "outbox"

    fact_id: Mapped[int] = mapped_column(ForeignKey("facts.id"), primary_key=True)
    reaction: Mapped[str] = mapped_column(Text, primary_key=True)
    xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    lane: Mapped[str]
    tries: Mapped[int] = mapped_column(server_default="0")
    next_at: Mapped[datetime]
    error: Mapped[str | None]

    __table_args__ = (
        Index("ix_outbox_due", "next_at"),
        Index("ix_outbox_order", "reaction", "subject_kind", "subject_id", "xid", "fact_id"),
    )
