"""Reminders that people set for themselves."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Reminder(Base):
    """Somebody wants to be reminded of an item at an instant; nobody else sees it.

    With `before` it is so many days before the due day, at `clock` on the person's own; `due_on` is the day from which
    `at` was reckoned, so that a due day that moved is seen; `at` is empty while there is none. `done_at`: it came,
    or the item was closed before.
    """

    __tablename__ = "reminder"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    at: Mapped[datetime | None]
    before: Mapped[int | None]
    clock: Mapped[time | None]
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(before is null) = (clock is null)", name="relative"),
        Index("ix_reminder_at", "at", postgresql_where="done_at is null and at is not null"),
        Index("ix_reminder_own", "item_id", "person_id", postgresql_where="done_at is null"),
        Index("ix_reminder_relative", "item_id", postgresql_where="done_at is null and before is not null"),
    )
