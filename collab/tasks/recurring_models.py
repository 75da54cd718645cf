"""Series of tasks that come again, and the days on which they came."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Recurrence(Base):
    """A rule by which a task comes again, as RFC 5545 writes it.

    `begin_on` is where its intervals are counted from, `last_on` the day of its newest task `last_item_id`, `next_on`
    the day of the next one and `make_on` when that is made (none of both where it is counted from when the last one is
    finished). `times_left`: so many more; None: no end by number. `not_before`: when to try again after a failure.
    """

    __tablename__ = "recurrence"

    id: Mapped[Id]
    rule: Mapped[str]
    mode: Mapped[str]
    roll: Mapped[str]
    ahead: Mapped[int] = mapped_column(server_default="0", default=0)
    times_left: Mapped[int | None]
    begin_on: Mapped[date]
    last_on: Mapped[date]
    next_on: Mapped[date | None]
    make_on: Mapped[date | None]
    last_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("mode in ('on-date','on-done')", name="mode"),
        CheckConstraint("roll in ('no','next','previous')", name="roll"),
        CheckConstraint("ended_how is null or ended_how in ('stopped','over','failed')", name="ended_how"),
        CheckConstraint("(ended_at is null) = (ended_how is null)", name="ended"),
        Index("ix_recurrence_make", "make_on", postgresql_where="ended_at is null and make_on is not null"),
        Index("ix_recurrence_last", "last_item_id"),
        Index("ix_recurrence_done", "id", postgresql_where="ended_at is null and mode = 'on-done'"),
    )


class RecurrenceItem(Base):
    """One task of a series. A series has one task for a day, whoever makes it and however often it is tried."""

    __tablename__ = "recurrence_item"

    recurrence_id: Mapped[int] = mapped_column(ForeignKey("recurrence.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))

    __table_args__ = (Index("ix_recurrence_item_item", "item_id"),)
