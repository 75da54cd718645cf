"""Tables of what people hear of."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Notification(Base):
    """One line per person and subject, with its reasons and how many things happened since it was last read.

    `told` are the newest facts that were counted, so that telling one of them again changes nothing.
    """

    __tablename__ = "notification"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    count: Mapped[int]
    first_fact_id: Mapped[int]
    last_fact_id: Mapped[int]
    told: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    actor_id: Mapped[int]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_notification_subject", "person_id", "subject_kind", "subject_id", unique=True),
        Index("ix_notification_inbox", "person_id", "at", "id", postgresql_where="archived_at is null"),
        Index(
            "ix_notification_unread",
            "person_id",
            "at",
            "id",
            postgresql_where="archived_at is null and read_at is null",
        ),
    )
