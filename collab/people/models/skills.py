"""Skills: the list of the organisation, what people can do, and what posts require."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Skill(Base):
    """Something that can be able to be done: a licence, a language, a training. `folded` holds every name of it.

    `expires`: holders must say until when it holds. `evidence`: they must give number and issuer of the certificate.
    """

    __tablename__ = "skill"

    id: Mapped[Id]
    label: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    sort_key: Mapped[str] = mapped_column(Text(collation="C"), server_default="", default="")
    folded: Mapped[str] = mapped_column(server_default="", default="")
    family: Mapped[str]
    expires: Mapped[bool] = mapped_column(server_default="false", default=False)
    evidence: Mapped[bool] = mapped_column(server_default="false", default=False)
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("family in ('licence','language','training','safety','other')", name="family"),
        Index("ix_skill_label", "label", unique=True, postgresql_where="retired_at is null"),
        Index("ix_skill_sort", "sort_key", "id"),
    )


class PersonSkill(Base):
    """Somebody can do it, at a level from 1 (basic) to 4 (teaches others). Self-declared until confirmed."""

    __tablename__ = "person_skill"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[int]
    since: Mapped[date | None]
    number: Mapped[str | None]
    issuer: Mapped[str | None]
    expires_on: Mapped[date | None]  # the last day on which it holds
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    told: Mapped[str | None]  # the last notice of its end that went out, as "day/days before"
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("level between 1 and 4", name="level"),
        CheckConstraint("(confirmed_by is null) = (confirmed_at is null)", name="confirmed"),
        CheckConstraint("confirmed_by <> person_id", name="not_by_oneself"),
        Index("ix_person_skill_once", "person_id", "skill_id", unique=True, postgresql_where="withdrawn_at is null"),
        Index("ix_person_skill_who", "skill_id", "level", postgresql_where="withdrawn_at is null"),
        Index("ix_person_skill_ends", "expires_on", postgresql_where="withdrawn_at is null and expires_on is not null"),
    )


class PostSkill(Base):
    """What a post requires: a skill at a least level, a must or good to have."""

    __tablename__ = "post_skill"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), primary_key=True)
    level: Mapped[int]
    must: Mapped[bool]

    __table_args__ = (CheckConstraint("level between 1 and 4", name="level"),)
