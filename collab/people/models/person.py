"""People, where they belong, and when they are away."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Person(Base):
    """Somebody with an account. `access_version` grows whenever their rights may have changed.

    `roles` are organisation-wide: administrator, auditor, secretary. `kind` is person or bot.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(server_default="person", default="person")
    password_hash: Mapped[str | None]
    password_version: Mapped[int] = mapped_column(server_default="1", default=1)  # grows with each new password
    locale: Mapped[str]
    calendar: Mapped[str] = mapped_column(server_default="gregorian", default="gregorian")
    time_zone: Mapped[str]
    theme: Mapped[str] = mapped_column(server_default="auto", default="auto")
    title: Mapped[str | None]
    phone: Mapped[str | None]
    roles: Mapped[list[str]] = mapped_column(ARRAY(TEXT), server_default="{}", default=list)
    active: Mapped[bool] = mapped_column(server_default="true", default=True)
    invited_at: Mapped[datetime | None]
    deactivated_at: Mapped[datetime | None]
    shows_presence: Mapped[bool] = mapped_column(server_default="true", default=True)
    looked_at: Mapped[datetime | None]  # when My day was last looked at
    access_version: Mapped[int] = mapped_column(server_default="1", default=1)
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("kind in ('person','bot')", name="kind"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )


class Bot(Base):
    """A program with an account that an administrator made: what it is for, and whether it may hold work."""

    __tablename__ = "bot"

    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    purpose: Mapped[str | None]
    holds: Mapped[bool] = mapped_column(server_default="false", default=False)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class Membership(Base):
    """A person belongs to a unit while `valid_from <= day < valid_to`: as member, head, deputy or acting head.

    With a post it says who holds the post. People may belong to several units; one membership is their main one.
    """

    __tablename__ = "membership"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"), index=True)
    kind: Mapped[str]
    main: Mapped[bool] = mapped_column(server_default="false", default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("kind in ('head','deputy','acting','member')", name="kind"),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="dates"),
        Index("ix_membership_person", "person_id"),
        Index("ix_membership_unit", "unit_id", "kind"),
    )


class Absence(Base):
    """A person is away from a day to a day (both included); the substitute acts on their behalf."""

    __tablename__ = "absence"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    note: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="dates"),
        CheckConstraint("substitute_id is null or substitute_id <> person_id", name="not_self"),
    )
