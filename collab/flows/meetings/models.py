"""Meetings: when and where, who is invited and came, what is on the agenda, and what came of each point."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Meeting(Base):
    """What a meeting has beyond every work item. The quorum is counted of `quorum_base`, or of all those invited.

    `open`: citizens hand in questions, and a version of the minutes goes out to them. `series_on`: the day on which the
    series lets it fall, wherever it was moved to.
    """

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
    open: Mapped[bool] = mapped_column(server_default="false", default=False)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_series.id"))
    series_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint("stage in ('planned','running','minutes','closed','cancelled')", name="stage"),
        CheckConstraint("quorum in ('none','third','half','two-thirds')", name="quorum"),
        CheckConstraint("quorum_base between 1 and 100000", name="quorum_base"),
        CheckConstraint("(approved_at is null) = (approved_by is null)", name="approved"),
        CheckConstraint("(series_id is null) = (series_on is null)", name="series_day"),
        CheckConstraint("(published_at is null) = (published_by is null)", name="published"),
        Index("ix_meeting_starts", "starts_at", "item_id"),
        Index("ix_meeting_series", "series_id", "series_on", unique=True, postgresql_where="series_id is not null"),
    )


class MeetingPerson(Base):
    """Somebody invited: whether they say that they come, and whether they are there, each empty until it is known."""

    __tablename__ = "meeting_person"

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting.item_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    presence: Mapped[str | None]
    answer: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("answer in ('yes','remote','no')", name="answer"),
        CheckConstraint("presence in ('present','remote','excused','absent')", name="presence"),
        Index("ix_meeting_person", "person_id", "item_id"),
    )


class MeetingLetter(Base):
    """What letters said of a meeting to somebody, which is what stands in their own calendar: `told` is empty where
    none was sent, or the last one took it out again. At `due_at` it is looked at whether another one is to go; it goes
    `at_once`, or at the hour of their daily mail."""

    __tablename__ = "meeting_letter"

    item_id: Mapped[int] = mapped_column(ForeignKey("meeting.item_id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    due_at: Mapped[datetime | None]
    at_once: Mapped[bool] = mapped_column(server_default="false", default=False)
    told: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    __table_args__ = (
        Index("ix_meeting_letter_due", "due_at", postgresql_where="due_at is not null"),
        Index("ix_meeting_letter_person", "person_id", postgresql_where="due_at is not null"),
    )


class MeetingPoint(Base):
    """A point of the agenda with its minutes. `about_id`: the work item it is about; each reader sees it or not.

    `version` counts what is written in the minutes, `edition` what is said on the agenda. `internal`: it does not go
    into public minutes. `standing`: it stands on every agenda of the series. `carried_from`: the point of an earlier
    meeting that was not dealt with there.
    """

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
    edition: Mapped[int] = mapped_column(server_default="1", default=1)
    internal: Mapped[bool] = mapped_column(server_default="false", default=False)
    standing: Mapped[bool] = mapped_column(server_default="false", default=False)
    carried_from: Mapped[int | None] = mapped_column(ForeignKey("meeting_point.id"))

    __table_args__ = (
        CheckConstraint("state in ('proposed','accepted','put-off')", name="state"),
        CheckConstraint("minutes between 1 and 600", name="minutes"),
        Index("ix_meeting_point", "item_id", "position"),
        Index("ix_meeting_point_carried", "carried_from", postgresql_where="carried_from is not null"),
    )


class MeetingTask(Base):
    """A task that was made of a point."""

    __tablename__ = "meeting_task"

    point_id: Mapped[int] = mapped_column(ForeignKey("meeting_point.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)

    __table_args__ = (Index("ix_meeting_task", "task_id"),)


class MeetingVote(Base):
    """A vote that was begun at a point, while the meeting ran."""

    __tablename__ = "meeting_vote"

    point_id: Mapped[int] = mapped_column(ForeignKey("meeting_point.id"), primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)

    __table_args__ = (Index("ix_meeting_vote", "decision_id"),)


class MeetingSeries(Base):
    """A rule by which a meeting comes again, as RFC 5545 writes it. What the next is like is taken from the newest.

    `clock`: the hour in the town, wherever a single meeting was moved to. `begin_on` is where intervals are counted
    from, `last_on` the day of the newest one `last_item_id`, `next_on` that of the next and `make_on` when it is made.
    `times_left`: so many more. `not_before`: when to try again after a failure.
    """

    __tablename__ = "meeting_series"

    id: Mapped[Id]
    rule: Mapped[str]
    clock: Mapped[str]
    roll: Mapped[str] = mapped_column(server_default="no", default="no")
    ahead: Mapped[int] = mapped_column(server_default="30", default=30)
    begin_on: Mapped[date]
    last_on: Mapped[date]
    last_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    next_on: Mapped[date | None]
    make_on: Mapped[date | None]
    times_left: Mapped[int | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("roll in ('no','next','previous')", name="roll"),
        CheckConstraint("ended_how is null or ended_how in ('stopped','over','failed')", name="ended_how"),
        CheckConstraint("(ended_at is null) = (ended_how is null)", name="ended"),
        Index("ix_meeting_series_make", "make_on", postgresql_where="ended_at is null and make_on is not null"),
    )


class MeetingQuestion(Base):
    """A question taken in before the meeting, put on its agenda, answered there. `named`: whoever asks agrees to be
    named in public. `reason`: why it is not dealt with."""

    __tablename__ = "meeting_question"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("meeting.item_id"))
    asker: Mapped[str]
    asker_kind: Mapped[str]
    named: Mapped[bool] = mapped_column(server_default="false", default=False)
    channel: Mapped[str]
    question: Mapped[str]
    received_on: Mapped[date]
    entered_by: Mapped[int] = mapped_column(ForeignKey("party.id"))
    state: Mapped[str] = mapped_column(server_default="received", default="received")
    point_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_point.id"))
    answer: Mapped[str] = mapped_column(server_default="", default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(server_default="", default="")
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("asker_kind in ('citizen','staff')", name="asker_kind"),
        CheckConstraint("channel in ('in-person','phone','letter','email','form','staff')", name="channel"),
        CheckConstraint("state in ('received','agenda','answered','declined')", name="state"),
        Index("ix_meeting_question", "item_id", "id"),
        Index("ix_meeting_question_point", "point_id", postgresql_where="point_id is not null"),
    )
