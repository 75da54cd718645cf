"""Units, the dated tree they form, and posts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Unit(Base):
    """A node of the organisation tree. Open on a day when `valid_from <= day < valid_to`.

    `into_id`: the unit that takes over what lies here when it is closed; `followed_at`: when all of it had gone there.
    """

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    level: Mapped[str] = mapped_column(server_default="department", default="department")
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))  # None: as the unit above
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    followed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="dates"),
        CheckConstraint("into_id is null or (valid_to is not null and into_id <> id)", name="into"),
        Index("ix_unit_code_lower", text("lower(code)"), unique=True),
        Index("ix_unit_closed", "valid_to", postgresql_where="valid_to is not null"),
    )


class UnitEdge(Base):
    """Under which unit a unit stood, from a day to a day. Dated edges are the truth about the tree.

    No parent means a top unit. Those of one unit never overlap, by law; the command that writes edges keeps them from
    circles. The unit stands in that law as a range of one number, which needs no extension of the database.
    """

    __tablename__ = "unit_edge"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("unit_id <> parent_id", name="not_own_parent"),
        CheckConstraint("valid_to is null or valid_to > valid_from", name="dates"),
        ExcludeConstraint(
            (text("int8range(unit_id, unit_id, '[]')"), "&&"),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="ex_unit_edge_one_place",
        ),
        Index("ix_unit_edge_unit", "unit_id", "valid_from", unique=True),
        Index("ix_unit_edge_parent", "parent_id"),
    )


class UnitClosure(Base):
    """Today's tree, flattened: every unit below every unit, itself included at depth 0. A cache."""

    __tablename__ = "unit_closure"

    ancestor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    depth: Mapped[int]

    __table_args__ = (Index("ix_unit_closure_up", "descendant_id", "depth"),)


class Post(Base):
    """A position in a unit: head, deputy or an ordinary one. Work may belong to a post, whoever holds it."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)

    __table_args__ = (
        CheckConstraint("kind in ('head','deputy','member')", name="kind"),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="dates"),
        Index("ix_post_head", "unit_id", unique=True, postgresql_where="kind = 'head' and valid_to is null"),
    )
