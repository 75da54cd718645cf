"""What is planned for units: closings and moves that can be taken back, and units that become several."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class UnitPlan(Base):
    """A closing or a move planned for a later day. It stands in the dated tables at once; `journal` holds the rows that
    it changed, before and after, so that it can be taken back until its day."""

    __tablename__ = "unit_plan"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    on_day: Mapped[date]
    into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    planned_at: Mapped[datetime]
    journal: Mapped[dict[str, Any]]
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("kind in ('close', 'move')", name="kind"),
        Index("ix_unit_plan_unit", "unit_id", postgresql_where="taken_back_at is null"),
        Index("ix_unit_plan_into", "into_id", postgresql_where="taken_back_at is null and into_id is not null"),
    )


class UnitSplit(Base):
    """A unit becomes several on a day: nothing of it stands in the dated tables until then.

    `carried_at`: units, posts and people are where they go; `followed_at`: the work too, up to item `followed_to`
    meanwhile. `refused`: why it could not be carried out on its day.
    """

    __tablename__ = "unit_split"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    on_day: Mapped[date]
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    planned_at: Mapped[datetime]
    carried_at: Mapped[datetime | None]
    refused: Mapped[str | None]
    followed_to: Mapped[int] = mapped_column(server_default="0", default=0)
    followed_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        Index(
            "ix_unit_split_standing", "unit_id", unique=True,
            postgresql_where="carried_at is null and taken_back_at is null",
        ),
        Index("ix_unit_split_open", "id", postgresql_where="followed_at is null and taken_back_at is null"),
    )  # fmt: skip


class UnitSplitPart(Base):
    """One of the units that take a part over: one there is, or a new one that is made on the day."""

    __tablename__ = "unit_split_part"

    id: Mapped[Id]
    split_id: Mapped[int] = mapped_column(ForeignKey("unit_split.id"))
    position: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    new: Mapped[bool]
    code: Mapped[str | None]
    name: Mapped[str | None]
    names: Mapped[dict[str, Any]] = mapped_column(server_default="{}", default=dict)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint(
            "case when new then code is not null and name is not null else unit_id is not null end", name="what"
        ),
        Index("ix_unit_split_part_position", "split_id", "position", unique=True),
        Index("ix_unit_split_part_unit", "unit_id"),
    )


class UnitSplitLine(Base):
    """One thing of the unit that goes to a part. `made_id`: the post that was made for it there."""

    __tablename__ = "unit_split_line"

    split_id: Mapped[int] = mapped_column(ForeignKey("unit_split.id"), primary_key=True)
    sort: Mapped[str] = mapped_column(primary_key=True)
    thing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("unit_split_part.id"))
    made_id: Mapped[int | None]
