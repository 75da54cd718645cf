"""Templates of tasks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id

HOLDERS = ("user", "nobody", "party")


class TaskTemplate(Base):
    """What a task of one sort begins with, for a unit and those below.

    `holder`: whoever uses it, nobody (the unit's tray), or the party `holder_id`. `due_after`: working days from the
    day on which it is used. `checklist` and `parts` are lines of text, each part a task below.
    """

    __tablename__ = "task_template"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(server_default="", default="")
    labels: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}", default=list)
    priority: Mapped[int] = mapped_column(SmallInteger, server_default="0", default=0)
    effort_minutes: Mapped[int | None]
    due_after: Mapped[int | None]
    holder: Mapped[str] = mapped_column(server_default="user", default="user")
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    checklist: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}", default=list)
    parts: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}", default=list)
    created_by: Mapped[int] = mapped_column(ForeignKey("party.id"))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("holder in ('user','nobody','party')", name="holder"),
        CheckConstraint("(holder = 'party') = (holder_id is not null)", name="held"),
        CheckConstraint("priority between 0 and 4", name="priority"),
        Index("ix_task_template_standing", "unit_id", "id", postgresql_where="retired_at is null"),
    )
