"""What is done with a whole list: changes and sheets that a worker carries out, and calendars that others read."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class ListJob(Base):
    """Something asked of a whole list, and how far it is. `asked` says what; `place` is how far an undoing came;
    `file` the name under which a sheet lies in the data folder."""

    __tablename__ = "list_job"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    act: Mapped[str]
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(server_default="due", default="due")
    total: Mapped[int] = mapped_column(server_default="0", default=0)
    passed: Mapped[int] = mapped_column(server_default="0", default=0)
    changed: Mapped[int] = mapped_column(server_default="0", default=0)
    refused: Mapped[int] = mapped_column(server_default="0", default=0)
    place: Mapped[int] = mapped_column(server_default="0", default=0)
    file: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("act in ('edit','undo','csv','xlsx')", name="act"),
        CheckConstraint("state in ('due','done','failed')", name="state"),
        Index("ix_list_job_person", "person_id", "id"),
        Index("ix_list_job_due", "id", postgresql_where="state = 'due'"),
    )


class ListJobItem(Base):
    """An item of such a change. Its outcome is written with its effect: whoever goes on after a fall begins where
    none stands."""

    __tablename__ = "list_job_item"

    job_id: Mapped[int] = mapped_column(ForeignKey("list_job.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    outcome: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (Index("ix_list_job_item_due", "job_id", "item_id", postgresql_where="outcome is null"),)


class ViewFeed(Base):
    """The secret address under which somebody's calendar program reads a view, with that person's rights."""

    __tablename__ = "view_feed"

    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_view_feed_person", "person_id"),)
