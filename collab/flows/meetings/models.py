"""Meetings: when and where, who is invited and came, what is on the agenda, and what came of each point."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Meeting(Base):
    """What a meeting has beyond every work item. The quorum is counted of `quorum_base`, or of all those invited."""

    __tablename__ = "meeting"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(server_default="planned", default="planned")
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(server_default="", default="")
    chair_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    secretary_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    quorum: Mapped[str] = mapped_column(server_default="none", default="none")
    quorum_base: Mapped[int | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("stage in ('planned','running','minutes','closed','cancelled')", name="stage"),
        CheckConstraint("quorum in ('none','third','half','two-thirds')", name="quorum"),
        CheckConstraint("quorum_base between 1 and 100000", name="quorum_base"),
        CheckConstraint("(approved_at is null) = (approved_by is null)", name="approved"),
        Index("ix_meeting_starts", "starts_at", "item_id"),
    )


class MeetingPerson(Base):
    """Somebody invited, and whether they are there; `presence` is empty until it was noted."""

    __tablename__ = "meeting_person"

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting.item_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    presence: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("presence in ('present','remote','excused','absent')", name="presence"),
        Index("ix_meeting_person", "person_id", "item_id"),
    )


class MeetingPoint(Base):
    """A point of the agenda with its minutes. `about_id`: the work item it is about; each reader sees it or not."""

    __tablename__ = "meeting_point"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("meeting.item_id"))
    position: Mapped[int]
    title: Mapped[str]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    minutes: Mapped[int] = mapped_column(server_default="10", default=10)
    state: Mapped[str] = mapped_column(server_default="accepted", default="accepted")
    added_by: Mapped[int] = mapped_column(ForeignKey("party.id"))
    notes: Mapped[str] = mapped_column(server_default="", default="")
    outcome: Mapped[str] = mapped_column(server_default="", default="")
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("state in ('proposed','accepted','put-off')", name="state"),
        CheckConstraint("minutes between 1 and 600", name="minutes"),
        Index("ix_meeting_point", "item_id", "position"),
    )


class MeetingTask(Base):
    """A task that was made of a point."""

    __tablename__ = "meeting_task"

    point_id: Mapped[int] = mapped_column(ForeignKey("meeting_point.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)

    __table_args__ = (Index("ix_meeting_task", "task_id"),)
