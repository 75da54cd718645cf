"""Tables of what people hear of."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Notification(Base):
    """One line per person and subject, with its reasons and how many things happened since it was last read.

    `told` are the newest facts that were counted, so that telling one of them again changes nothing. `for_id` is the
    absent person for whom somebody who stands in hears of it, None when it also concerns themselves. `untold` are the
    reasons that a letter will still tell of, at `mail_at`: alone when `at_once`, else gathered in the day's digest.
    `push_at` is when it pops up in the browsers of a person who turned that on, None when it did or need not.
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
    muted_at: Mapped[datetime | None]
    for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    untold: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}", default=list)
    at_once: Mapped[bool] = mapped_column(server_default="false", default=False)
    mail_at: Mapped[datetime | None]
    push_at: Mapped[datetime | None]

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
        Index("ix_notification_mail", "mail_at", postgresql_where="mail_at is not null"),
        Index("ix_notification_push", "push_at", postgresql_where="push_at is not null"),
        Index("ix_notification_snoozed", "snoozed_until", postgresql_where="snoozed_until is not null"),
    )


class HearingChoice(Base):
    """How one person wants to hear of one topic on one kind of item; without a row the usual way holds (topics.py)."""

    __tablename__ = "hearing_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]

    __table_args__ = (CheckConstraint("channel in ('never','inbox','digest','push','mail')", name="channel"),)


class HearingManner(Base):
    """When letters may come to one person: hours of their own clock; without a row the usual hours hold (manner.py).

    From `quiet_from` to `quiet_until` letters wait; the same hour twice means no quiet hours.
    """

    __tablename__ = "hearing_manner"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    mails: Mapped[bool] = mapped_column(server_default="true", default=True)
    digest_hour: Mapped[int] = mapped_column(server_default="8", default=8)
    quiet_from: Mapped[int] = mapped_column(server_default="19", default=19)
    quiet_until: Mapped[int] = mapped_column(server_default="7", default=7)
    working_days: Mapped[bool] = mapped_column(server_default="true", default=True)
    inbox_by: Mapped[str] = mapped_column(server_default="day", default="day")

    __table_args__ = (
        CheckConstraint("digest_hour between 0 and 23", name="digest_hour"),
        CheckConstraint("quiet_from between 0 and 23", name="quiet_from"),
        CheckConstraint("quiet_until between 0 and 23", name="quiet_until"),
        CheckConstraint("inbox_by in ('day','unit')", name="inbox_by"),
    )
